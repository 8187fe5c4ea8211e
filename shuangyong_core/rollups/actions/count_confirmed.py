"""Automatic targets of the rule `confirmed` (年度任务确认): counted from the assignments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    insert,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import Assignment, HoldStatus, ReportStatus
from shuangyong_core.db import table_of
from shuangyong_core.plans.models import Target, TargetReporter, TargetVersion
from shuangyong_core.reports.actions.count import COLUMNS, KEYS, NUMBERS, keep_counted
from shuangyong_core.reports.models import Counted
from shuangyong_core.rollups.actions.statements.tables import (
    COUNTED_NOW,
    DIRTY_LEAF,
    MARKED,
    clear,
)
from shuangyong_core.units.models import Unit

HOLD_OPEN = (HoldStatus.ISSUED.value, HoldStatus.ACKNOWLEDGED.value)
REPORT_OPEN = (ReportStatus.ISSUED.value,)


def count_confirmed(
    session: Session, *, plans: Sequence[int], at: datetime, only_marked: bool
) -> None:
    """This function will count who has confirmed the year, and name what it counted dirty."""
    clear(session, (COUNTED_NOW,))
    rows = _confirmed(plans=plans, at=at, only_marked=only_marked).subquery("counted_now")
    now, kept = rows.c, table_of(Counted)
    same = and_(*(kept.c[name] == now[name] for name in KEYS))
    unchanged = and_(*(kept.c[name] == now[name] for name in NUMBERS))
    since = case((unchanged, kept.c.at), else_=now.at)
    counted = select(*(now[name] for name in COLUMNS[:-1]), since)
    session.execute(
        insert(COUNTED_NOW).from_select(COLUMNS, counted.select_from(rows.outerjoin(kept, same)))
    )
    if only_marked:
        keys = [COUNTED_NOW.c[name] for name in ("target", "unit", "round")]
        known = select(DIRTY_LEAF.c.target, DIRTY_LEAF.c.unit, DIRTY_LEAF.c.round)
        new_keys = select(*keys).where(tuple_(*keys).not_in(known))
        session.execute(insert(DIRTY_LEAF).from_select(["target", "unit", "round"], new_keys))


def keep_confirmed(session: Session) -> None:
    """This function will write down what was counted, where it is not what is kept."""
    keep_counted(session, select(*(COUNTED_NOW.c[name] for name in COLUMNS)))


def _confirmed(*, plans: Sequence[int], at: datetime, only_marked: bool) -> Select[Any]:
    rows = (
        select(Assignment.target, Assignment.unit, TargetReporter.round)
        .add_columns(case((_is_open(), 0), else_=1).label("numerator"))
        .add_columns(literal(1).label("denominator"), literal(at, Counted.at.type).label("at"))
        .select_from(Assignment)
        .join(Target, Target.id == Assignment.target)
        .join(Unit, Unit.id == Assignment.unit)
        .join(
            TargetVersion,
            and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None)),
        )
        .join(
            TargetReporter,
            and_(
                TargetReporter.target == Target.id,
                TargetReporter.from_version == TargetVersion.from_version,
                or_(TargetReporter.who == Unit.kind, TargetReporter.who == Unit.code),
            ),
        )
        .where(TargetVersion.automatic == "confirmed", Target.plan.in_(plans))
        .where(Assignment.report_status != ReportStatus.WITHDRAWN.value)
        .distinct()
    )
    return rows.where(Assignment.unit.in_(select(MARKED.c.unit))) if only_marked else rows


def _is_open() -> ColumnElement[bool]:
    held = Assignment.__table__.alias("held")
    task = Target.__table__.alias("held_target")
    content = TargetVersion.__table__.alias("held_version")

    def some(condition: ColumnElement[bool]) -> ColumnElement[bool]:
        return (
            exists()
            .where(held.c.unit == Assignment.unit, held.c.target == task.c.id)
            .where(task.c.plan == Target.plan, content.c.target == task.c.id)
            .where(content.c.to_version.is_(None), content.c.automatic.is_(None), condition)
            .correlate(Assignment, Target)
        )

    waits = some(held.c.hold_status.in_(HOLD_OPEN))
    unread = some(held.c.report_status.in_(REPORT_OPEN))
    # A unit that passes nothing on confirms by taking note of what it reports.
    return or_(waits, and_(~some(held.c.hold_status.is_not(None)), unread))
