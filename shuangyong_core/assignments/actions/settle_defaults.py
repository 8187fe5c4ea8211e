"""After the holders' deadline the default split stands: 按默认方案下达, 街道可改."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import SYSTEM
from shuangyong_core.assignments.models import Quota
from shuangyong_core.assignments.queries.moves import SPLIT
from shuangyong_core.audit.actions import record
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.clock import end_of_day, shanghai_date
from shuangyong_core.db import UtcDateTime
from shuangyong_core.marks.models import Step
from shuangyong_core.plans.models import Node, Plan, Target
from shuangyong_core.units.models import Tree

NOTE = "按默认方案下达，可以再改"


def settle_defaults(session: Session, plan: Plan, *, at: datetime) -> int:
    """This function will let overdue proposals stand as automatic and give how many; repeatable.

    What the holder has to sign stays open: only the quotas stop waiting for it.
    """
    days = plan.within_acknowledge + plan.within_decompose
    since = _latest_day(get_calendar(session), shanghai_date(at), days)
    targets = select(Target.id).where(Target.plan == plan.id)
    overdue = (
        Quota.target.in_(targets),
        Quota.state == "proposed",
        Quota.valid_to.is_(None),
        Quota.valid_from < end_of_day(since),
    )
    # Taken hold of first: who confirms meanwhile, or settles too, has been first or waits.
    taken = select(Quota.target).where(*overdue).with_for_update().subquery()
    count = session.scalar(select(func.count()).select_from(taken)) or 0
    if not count:
        return 0
    tree = Node.tree == str(Tree.RESPONSIBILITY)
    holders = (
        select(
            literal(SPLIT), Quota.target, Node.parent, literal("proposed"), literal("automatic"),
            literal(at, UtcDateTime), literal(SYSTEM.key), literal(NOTE),
        )
        .join(Node, Node.unit == Quota.unit)
        .where(*overdue, Node.plan == plan.id, tree, Node.to_edition.is_(None))
        .where(Node.parent.is_not(None))
        .distinct()
    )  # fmt: skip
    names = ["subject_kind", "subject_id", "unit", "from_status", "to_status", "at", "actor"]
    session.execute(insert(Step).from_select([*names, "note"], holders, include_defaults=False))
    session.connection().execute(update(Quota).where(*overdue).values(state="automatic"))
    subject, detail, act = plan.code, {"quotas": count}, "assignment.settle"
    record(session, act=act, subject=subject, actor=SYSTEM.key, at=at, detail=detail)
    return count


def _latest_day(calendar: Calendar, today: date, days: int) -> date:
    """The latest day of which `days` working days have wholly passed before today."""
    day = today
    while calendar.add_workdays(day, days) >= today:
        day -= timedelta(days=1)
    return day
