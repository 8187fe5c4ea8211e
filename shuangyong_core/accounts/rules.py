"""What passwords, names and delegations must be, when a log-in is locked or over; pure."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.errors import Refused
from shuangyong_core.guard.masking import mask
from shuangyong_core.guard.scanning import scan

MIN_LENGTH = 10
MAX_LENGTH = 200
TRIES = 10
LOCK_FOR = timedelta(minutes=15)
IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
# Slips are handed out in January; the first round opens in March.
ONE_TIME_FOR = timedelta(days=90)
LOGIN = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.@-]{0,59}")
LONGEST_NAME = 60
ADMINISTRATOR_WORDS = {
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
}
ROLE_WORDS = {
    Role.ISSUER: "下达",
    Role.MANAGER: "管理",
    Role.REVIEWER: "审核",
    Role.REPORTER: "填报",
    Role.VIEWER: "查看",
}
LONGEST_DELEGATION = 180  # days
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


class OneTimePasswordOver(Refused):
    """The one-time password was right, but too old."""

    message = "一次性口令已过有效期，请找上级联络员重置。"
    code = "one_time_password_over"


class LoginUnusable(Refused):
    """A login name that cannot be typed or kept."""

    message = "账号“{login}”不能用：请用字母、数字和 _ . @ -，以字母或数字开头，最多 60 位。"
    code = "login_unusable"


class NameUnusable(Refused):
    """The name of a post or of a token is empty, too long or unreadable."""

    message = "名称不能为空，最多 {longest} 个字，不能有换行等控制字符。"
    code = "name_unusable"


class NameHoldsHarm(Refused):
    """The name of a post holds a telephone or identity number, or what is secret."""

    message = "称呼里{why}请只写岗位，例如“联络员”。"
    code = "name_holds_harm"


class DaysUnusable(Refused):
    """The days of a delegation are in the past, the wrong way round, or too many."""

    message = "委托日期请填今天或以后，止日不早于起日，最长 {longest} 天。"
    code = "days_unusable"


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


def check_post_name(name: str) -> None:
    """This function will refuse a post's name with NameUnusable or NameHoldsHarm."""
    check_name(name)
    for hit in scan(name):
        raise NameHoldsHarm(why=hit.sentence)


def check_password(password: str, *, login: str) -> None:
    """This function will refuse a weak password with PasswordTooWeak."""
    low = password.lower()
    weak = not MIN_LENGTH <= len(password) <= MAX_LENGTH or len(set(low)) < 5
    if weak or login.lower() in low or any(word in low for word in COMMON):
        raise PasswordTooWeak


def is_locked(failures: int) -> bool:
    """This function will say whether so many recent failures lock the log-in."""
    return failures >= TRIES


def opens_until(one_time_until: datetime | None, *, at: datetime) -> bool:
    """This function will say whether a password still opens; only a one-time one ever stops."""
    return one_time_until is None or at < one_time_until


def is_over(*, seen_at: datetime, ends_at: datetime, at: datetime) -> bool:
    """This function will say whether a session is over: one hour idle, twelve hours in all."""
    return at >= ends_at or at - seen_at >= IDLE


def check_days(first_date: date, last_date: date, *, today: date) -> None:
    """This function will refuse the days of a delegation with DaysUnusable."""
    days = (last_date - first_date).days + 1
    if first_date < today or not 1 <= days <= LONGEST_DELEGATION:
        raise DaysUnusable(longest=LONGEST_DELEGATION)
