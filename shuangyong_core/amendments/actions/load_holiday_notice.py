"""A year's holiday notice arrives: it is kept, and every date that hung on it is computed anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.actions.redate_items import redate_items
from shuangyong_core.audit.actions import record
from shuangyong_core.calendar import actions as calendar
from shuangyong_core.calendar.rules import NoticeDay
from shuangyong_core.errors import Refused
from shuangyong_core.plans.actions import recompute_dates


class MayNotLoadNotice(Refused):
    """The calendar belongs to the installation, so its keeper loads it."""

    message = "放假通知由系统管理员装入。"
    code = "may_not_load_notice"


@dataclass(frozen=True, slots=True)
class NoticeLoaded:
    """What a notice changed: counts of rounds, targets' own dates and due items."""

    year: int
    is_new: bool
    rounds: int
    own_dates: int
    items: int


def load_holiday_notice(
    session: Session,
    *,
    year: int,
    days: Sequence[NoticeDay],
    source: str,
    actor: Actor,
    at: datetime,
) -> NoticeLoaded:
    """This function will load a notice and recompute the dates of plans and due items.

    Raises NoticeRefused and MayNotLoadNotice; the same notice twice changes nothing.
    """
    if not actor.is_unlimited and actor.administrator is not Role.SYSTEM_ADMIN:
        raise MayNotLoadNotice
    is_new = calendar.load_notice(
        session, year=year, days=days, source=source, actor_key=actor.key, at=at
    )
    if not is_new:
        return NoticeLoaded(year, False, 0, 0, 0)
    moved = recompute_dates(session, actor=actor, at=at)
    items = redate_items(session, at=at)
    done = NoticeLoaded(year, True, len(moved.rounds), len(moved.done_by), items)
    detail = {"rounds": done.rounds, "own_dates": done.own_dates, "items": items}
    record(session, act="calendar.load", subject=str(year), actor=actor.key, at=at, detail=detail)
    return done
