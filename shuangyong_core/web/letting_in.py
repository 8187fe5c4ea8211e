"""Whether a password opens: compared outside any transaction, counted and recorded inside one."""

from __future__ import annotations

from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts.actions import Opened, note_failure, open_session
from shuangyong_core.accounts.passwords import is_right
from shuangyong_core.accounts.queries import count_failures, find_user
from shuangyong_core.accounts.rules import (
    LogInLocked,
    LogInRefused,
    OneTimePasswordOver,
    is_locked,
    opens_until,
)
from shuangyong_core.audit.actions import record_refusal
from shuangyong_core.errors import Refused
from shuangyong_core.settings import Settings


def let_in(state: object, name: str, password: str, source: str) -> Opened:
    """This function will open a session for a right password, or count and record the failure."""
    settings: Settings = state.settings  # type: ignore[attr-defined]
    engine: Engine = state.engine  # type: ignore[attr-defined]
    at = settings.clock.now()
    with db.read(engine) as session:
        user = find_user(session, name)
        failures = count_failures(session, login=name, source=source, at=at)
    # The hash is compared outside any transaction: it is slow on purpose.
    locked = is_locked(failures)
    right = not locked and is_right(user.password_hash if user else None, password)
    with db.write(engine) as session:
        is_over = user is not None and not opens_until(user.one_time_until, at=at)
        if right and user is not None and not is_over:
            return open_session(session, user, at=at)
        refused = _why_refused(locked=locked, too_old=right and is_over)
        if not locked:
            note_failure(session, login=name, source=source, at=at)
        subject = f"user:{user.id}" if user else "user:unknown"
        record_refusal(
            session, act="log_in", subject=subject, actor=subject, at=at, refused=refused
        )
    raise refused


def _why_refused(*, locked: bool, too_old: bool) -> Refused:
    if locked:
        return LogInLocked()
    return OneTimePasswordOver() if too_old else LogInRefused()
