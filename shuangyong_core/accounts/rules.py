"""What a password must be, when a log-in is locked, when a session is over; pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from shuangyong_core.errors import Refused

MIN_LENGTH = 10
MAX_LENGTH = 200
TRIES = 10
LOCK_FOR = timedelta(minutes=15)
IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
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
