"""Where the reports of units stand, round by round: the ground of to-do lists and queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, distinct, exists, func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Round, Target, TargetVersion
from shuangyong_core.reports.models import Draft, Figure, Report, Submission, UnitReply
from shuangyong_core.reports.rules.reply import Reply
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.units.models import Unit


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit in one round where something is due from it."""

    unit: int
    unit_code: str
    unit_name: str
    unit_kind: str
    round: int
    round_code: str
    round_title: str
    opens_on: date
    due: date  # of its first item to come, or of what is still to come once it was sent
    locks_on: date  # or the latest day that was granted
    done_by: date | None
    is_provisional: bool
    items: int
    backfilled: int  # of its items: 补录, never late
    unsent: int  # of those: in no submission yet
    status: Status
    latest_no: int  # 0: nothing was ever sent
    sent_at: datetime | None  # of the latest submission
    sent_by: str | None
    channel: str | None
    on_behalf: bool | None
    acting_unit: str | None  # who typed it for the unit
    reply: Reply | None  # what the unit says about what was typed for it
    objection: str | None
    filled: int  # figures in the draft
    waiting: int = 0  # of its items: put off (延期), and in no submission yet

    @property
    def is_reported(self) -> bool:
        """Whether a submission stands, whatever was decided over it."""
        return self.status is not Status.DRAFT

    @property
    def is_backfill(self) -> bool:
        """Whether all of it is 补录, so that nobody can be late with it."""
        return self.backfilled == self.items

    @property
    def is_put_off(self) -> bool:
        """Whether something is still to come that a later date was granted for."""
        return self.waiting > 0 and self.latest_no > 0

    def is_open(self, today: date) -> bool:
        """This function will say whether the unit has to write now: in the round, or 补录."""
        in_time = self.status is Status.DRAFT and self.opens_on <= today <= self.locks_on
        is_owed = self.unsent > 0 or (self.is_put_off and today <= self.locks_on)
        return in_time or (is_owed and self.status in (Status.DRAFT, Status.ACCEPTED))


NAMES = tuple(Standing.__dataclass_fields__)


def list_standings(
    session: Session,
    plan: int,
    units: Select[tuple[int]] | Sequence[int],
    *where: ColumnElement[bool],
) -> list[Standing]:
    """This function will list where the units' reports of a plan stand, by round and unit."""
    due, acting = _due(plan, units), aliased(Unit)
    rows = session.execute(
        select(
            due.c.unit, Unit.code, Unit.name, Unit.kind, Round.id, Round.code, Round.title,
            Round.opens_on, case((Report.latest_no > 0, due.c.latest), else_=due.c.earliest),
            case((due.c.latest > Round.locks_on, due.c.latest), else_=Round.locks_on),
            Round.done_by, Round.is_provisional,
            due.c["items"], due.c.backfilled, due.c.unsent,
            Report.status, func.coalesce(Report.latest_no, 0), Submission.at, Submission.actor,
            Submission.channel, Submission.on_behalf, acting.name,
            UnitReply.status, UnitReply.reason, Draft.body, due.c.waiting,
        )
        .join(Unit, Unit.id == due.c.unit)
        .join(Round, Round.id == due.c.round)
        .outerjoin(Report, and_(Report.unit == due.c.unit, Report.round == due.c.round))
        .outerjoin(
            Submission,
            and_(Submission.report == Report.id, Submission.no == Report.latest_no),
        )
        .outerjoin(acting, acting.id == Submission.acting_unit)
        .outerjoin(
            UnitReply, and_(UnitReply.report == Report.id, UnitReply.no == Report.latest_no)
        )
        .outerjoin(Draft, Draft.report == Report.id)
        .where(*where)
        .order_by(Round.due_date, Unit.code)
    )  # fmt: skip
    return [_standing(*row) for row in rows]


def _standing(*row: Any) -> Standing:
    facts, status, sent = row[:15], row[15], row[16:22]
    reply, objection, body, waiting = row[22:]
    said = (Reply(reply) if reply else None, objection, _filled(body))
    values = (*facts, Status(status or Status.DRAFT), *sent, *said, waiting)
    return Standing(**dict(zip(NAMES, values, strict=True)))


def _due(plan: int, units: Select[tuple[int]] | Sequence[int]) -> Any:
    return (
        select(
            DueItem.unit,
            DueItem.round,
            func.min(DueItem.due).label("earliest"),
            func.max(DueItem.due).label("latest"),
            func.count(distinct(Target.indicator)).label("items"),
            func.count(distinct(case((DueItem.is_backfill, Target.indicator)))).label("backfilled"),
            func.count(
                distinct(case((and_(DueItem.is_backfill, ~_was_sent()), Target.indicator)))
            ).label("unsent"),
            func.count(
                distinct(
                    case((and_(DueItem.due > DueItem.first_due, ~_was_sent()), Target.indicator))
                )
            ).label("waiting"),
        )
        .join(Target, Target.id == DueItem.target)
        .join(
            TargetVersion,
            and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None)),
        )
        .where(
            Target.plan == plan,
            TargetVersion.automatic.is_(None),
            DueItem.unit.in_(units),
            DueItem.valid_to.is_(None),
        )
        .group_by(DueItem.unit, DueItem.round)
        .subquery()
    )


def _was_sent() -> ColumnElement[bool]:
    """Whether the latest submission of its report has the item's figure."""
    here = and_(Report.unit == DueItem.unit, Report.round == DueItem.round)
    figure = and_(Figure.report == Report.id, Figure.no == Report.latest_no)
    return (
        exists()
        .where(here, figure, Figure.indicator == Target.indicator, Figure.state != "missing")
        .correlate(DueItem, Target)
    )


def _filled(body: Any) -> int:
    figures = body.get("figures") if isinstance(body, dict) else None
    return len(figures) if isinstance(figures, dict) else 0
