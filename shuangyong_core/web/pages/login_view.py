"""What the login page and the page for a new password need."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoginView:
    """The door: nobody is known yet, so there is no frame."""

    site: str
    sponsor: str
    csrf: str
    login: str = ""  # what was typed, kept after a failure
    error: str = ""
    next_href: str = "/"  # a path of this site
    kept: str = ""  # a form that came after its session had ended, carried through
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class PasswordView:
    """A new password, asked at the first login with a one-time one, or when the user wants."""

    site: str
    sponsor: str
    csrf: str
    who: str
    least_length: int  # characters
    is_first: bool = True  # with a one-time password: the old one is not asked again
    errors: tuple[str, ...] = ()
    login: str = ""  # for the browser's own memory of passwords
