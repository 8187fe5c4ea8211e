"""What a password must be, when a log-in is locked, when a session is over; pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.errors import Refused
from shuangyong_core.guard.masking import mask

MIN_LENGTH = 10
MAX_LENGTH = 200
TRIES = 10
LOCK_FOR = timedelta(minutes=15)
IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
LOGIN = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.@-]{0,59}")
LONGEST_NAME = 60
ADMINISTRATOR_WORDS = {
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
}
COMMON = ("password", "1234567890", "qwertyuiop", "shuangyong", "双拥", "abcdefghij")


class PasswordTooWeak(Refused):
    """A new password that is too easily guessed."""

    message = "新口令至少 10 个字，不能含账号、单位编码和常见口令。"
    code = "password_too_weak"


class LogInRefused(Refused):
    """Unknown account, wrong password, disabled: one answer for all."""

    message = "账号或口令不对。忘记口令的，请找上级联络员重置。"
    code = "log_in_refused"


class LogInLocked(Refused):
    """Too many wrong passwords from one place."""

    message = "输错次数太多，请 15 分钟后再试，或请上级联络员重置口令。"
    code = "log_in_locked"


class LoginUnusable(Refused):
    """A login name that cannot be typed or kept."""

    message = "账号“{login}”不能用：请用字母、数字和 _ . @ -，以字母或数字开头，最多 60 位。"
    code = "login_unusable"


class NameUnusable(Refused):
    """The name of a post or of a token is empty, too long or unreadable."""

    message = "名称不能为空，最多 {longest} 个字，不能有换行等控制字符。"
    code = "name_unusable"


class NotAdministrator(Refused):
    """The act belongs to one of the three administrators."""

    message = "这一步由{post}办理。"
    code = "not_administrator"


def require_administrator(actor: Actor, role: Role) -> None:
    """This function will refuse all but the operator and one administrator; NotAdministrator."""
    if not actor.is_unlimited and actor.administrator is not role:
        raise NotAdministrator(post=ADMINISTRATOR_WORDS[role])


def check_login(login: str) -> None:
    """This function will refuse a login name with LoginUnusable."""
    if not LOGIN.fullmatch(login):
        raise LoginUnusable(login=mask(login))


def check_name(name: str, *, longest: int = LONGEST_NAME) -> None:
    """This function will refuse the name of a post or of a token with NameUnusable."""
    if not name.strip() or len(name) > longest or not name.isprintable():
        raise NameUnusable(longest=longest)


def check_password(password: str, *, login: str) -> None:
    """This function will refuse a weak password with PasswordTooWeak."""
    low = password.lower()
    weak = not MIN_LENGTH <= len(password) <= MAX_LENGTH or len(set(low)) < 5
    if weak or login.lower() in low or any(word in low for word in COMMON):
        raise PasswordTooWeak


def is_locked(failures: int) -> bool:
    """This function will say whether so many recent failures lock the log-in."""
    return failures >= TRIES


def is_over(*, seen_at: datetime, ends_at: datetime, at: datetime) -> bool:
    """This function will say whether a session is over: one hour idle, twelve hours in all."""
    return at >= ends_at or at - seen_at >= IDLE
