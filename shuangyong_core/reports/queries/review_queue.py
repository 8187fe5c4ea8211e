"""What waits for a reviewer: reports of the units right below, the oldest due first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.plans.models import Node, Plan, Round
from shuangyong_core.reports.models import Figure, Report, ReviewReturn, Submission, UnitReply
from shuangyong_core.reports.rules.required import FigureState
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.units.models import Tree, Unit

WAITING = (Status.SUBMITTED, Status.CHECKED)
MOST_LINES = 200
ACTING = aliased(Unit)


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One report in the queue."""

    report: int
    plan: str
    round_code: str
    round_title: str
    due_date: date
    unit_code: str
    unit_name: str
    status: Status
    no: int
    submitted_at: datetime
    on_behalf: bool
    acting_unit: str | None
    reply: str | None
    not_involved: int
    returns: int
    is_own: bool  # sent by this very actor: somebody else must decide


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """What lies before a reviewer; `counts` hold all, `lines` the page asked for."""

    lines: tuple[QueueLine, ...]
    waiting: int
    reopened: int
    returned: int
    accepted: int


def review_queue(
    session: Session,
    *,
    actor: Actor,
    plan: str | None = None,
    statuses: Sequence[Status] = WAITING,
    is_deep: bool = False,
    limit: int = MOST_LINES,
    offset: int = 0,
) -> ReviewQueue:
    """This function will give an actor's queue; `is_deep` adds the units further below."""
    mine = [_reviewed_by(actor, is_deep=is_deep), Report.latest_no > 0]
    if plan is not None:
        mine.append(Plan.code == plan)
    each: tuple[Any, ...] = (Report.status, func.count())
    counted = session.execute(_joined(select(*each)).where(*mine).group_by(Report.status))
    counts = {row[0]: int(row[1]) for row in counted}
    rows = session.execute(
        _joined(_lines()).where(*mine, Report.status.in_(statuses))
        .order_by(Round.due_date, Unit.code, Report.id).limit(limit).offset(offset)
    )  # fmt: skip
    return ReviewQueue(
        lines=tuple(_line(row, actor) for row in rows),
        waiting=sum(counts.get(status, 0) for status in WAITING),
        reopened=counts.get(Status.REOPENED, 0),
        returned=counts.get(Status.RETURNED, 0),
        accepted=counts.get(Status.ACCEPTED, 0),
    )


def _lines() -> Select[Any]:
    not_involved = (
        select(func.count())
        .select_from(Figure)
        .where(
            Figure.report == Report.id,
            Figure.no == Report.latest_no,
            Figure.state == FigureState.NOT_INVOLVED,
        )
        .scalar_subquery()
    )
    returns = (
        select(func.count())
        .select_from(ReviewReturn)
        .where(ReviewReturn.report == Report.id)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        Report.id, Plan.code, Round.code, Round.title, Round.due_date, Unit.code, Unit.name,
        Report.status, Submission.no, Submission.at, Submission.on_behalf, ACTING.name,
        UnitReply.status, not_involved, returns,
        Submission.actor,
    )  # fmt: skip
    return select(*columns)


def _joined(query: Select[Any]) -> Select[Any]:
    here = and_(
        Node.plan == Round.plan,
        Node.unit == Report.unit,
        Node.tree == Tree.RESPONSIBILITY,
        Node.to_edition.is_(None),
    )
    latest = and_(Submission.report == Report.id, Submission.no == Report.latest_no)
    return (
        query.select_from(Report)
        .join(Round, Round.id == Report.round)
        .join(Plan, Plan.id == Round.plan)
        .join(Unit, Unit.id == Report.unit)
        .join(Node, here)
        .join(Submission, latest)
        .outerjoin(ACTING, ACTING.id == Submission.acting_unit)
        .outerjoin(UnitReply, and_(UnitReply.report == Report.id, UnitReply.no == Report.latest_no))
    )


def _reviewed_by(actor: Actor, *, is_deep: bool) -> ColumnElement[bool]:
    if actor.is_unlimited:
        return true()
    below = aliased(Node)
    reviewer, issuer = actor.units_with(Role.REVIEWER), actor.units_with(Role.ISSUER)

    def decides(unit: Any) -> ColumnElement[bool]:
        return or_(unit.in_(reviewer), and_(unit == Plan.issuer, unit.in_(issuer)))

    # The issuer has nobody above: a second user of its own decides.
    own = and_(Node.parent.is_(None), decides(Node.unit))
    if not is_deep:
        return or_(decides(Node.parent), own)
    above = select(below.unit).where(
        below.plan == Round.plan,
        below.tree == Tree.RESPONSIBILITY,
        below.to_edition.is_(None),
        below.depth < Node.depth,
        Node.path.startswith(below.path),
        decides(below.unit),
    )
    return or_(above.exists(), own)


def _line(row: Sequence[Any], actor: Actor) -> QueueLine:
    facts = [*row[:7], Status(row[7]), *row[8:15], row[15] == actor.key]
    return QueueLine(*facts)
