"""What waits for a user, and what the user waits for: the ground of the to-do list and the menu."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.models import Assignment, HoldStatus
from shuangyong_core.assignments.queries.amended import AmendedTotal, list_amended
from shuangyong_core.assignments.queries.drafts import WaitingDraft, list_waiting_drafts
from shuangyong_core.assignments.queries.requests import RequestRow, list_asked, list_to_decide
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import Plan, Target, TargetVersion
from shuangyong_core.plans.queries.authority import units_directly_below
from shuangyong_core.reports.queries.reach import WRITERS
from shuangyong_core.reports.queries.standing import Standing, list_standings
from shuangyong_core.reports.queries.supports_waiting import WaitingSupport, list_to_support
from shuangyong_core.reports.rules.reply import Reply, stands_for_reply
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.supervision.queries.waiting import (
    WaitingPart,
    WaitingProblem,
    list_waiting_parts,
    list_waiting_problems,
)
from shuangyong_core.units.models import Unit
from shuangyong_core.web.desk import Desk

LOOK_FOR = timedelta(days=30)
UNDECIDED = (Status.SUBMITTED, Status.CHECKED)
TO_MEND = (Status.RETURNED, Status.REOPENED)
UNCONFIRMED = (HoldStatus.ISSUED, HoldStatus.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything on and beside a user's table."""

    own: tuple[Standing, ...] = ()  # every round of the units one reports for
    below: tuple[Standing, ...] = ()  # every round of the units one reviews
    splits: tuple[tuple[str, int], ...] = ()  # (unit's code, targets to confirm)
    requests: tuple[RequestRow, ...] = ()  # that one decides over
    asked: tuple[RequestRow, ...] = ()  # of the units one reports for, undecided
    amended: tuple[AmendedTotal, ...] = ()  # of these, what an amendment changed
    parts: tuple[WaitingPart, ...] = ()  # hand-outs to answer or to strike off
    problems: tuple[WaitingProblem, ...] = ()  # 需协调事项 that lie with one
    drafts: tuple[WaitingDraft, ...] = ()  # splits that were put aside

    def to_report(self, today: date) -> list[Standing]:
        """This function will list the reports one can and must write now."""
        return [one for one in self.own if is_writable(one, today)]

    def to_review(self) -> list[Standing]:
        """This function will list the reports that wait for one's decision."""
        return [one for one in self.below if one.status in UNDECIDED]

    def sent(self) -> list[Standing]:
        """This function will list the reports that wait for another's decision."""
        return [one for one in self.own if one.status in UNDECIDED]

    def to_look_at(self, today: date) -> list[Standing]:
        """This function will list what was typed for one's unit of late: to look at, not owed."""
        return [
            one
            for one in self.own
            if stands_for_reply(one.status, on_behalf=bool(one.on_behalf))
            and one.reply is None
            and one.sent_at is not None
            and today - shanghai_date(one.sent_at) <= LOOK_FOR
        ]

    def objections(self) -> list[Standing]:
        """This function will list the reports below whose unit objects to what was typed."""
        return [
            one for one in self.below
            if one.reply is Reply.OBJECTED and stands_for_reply(one.status, on_behalf=True)
        ]  # fmt: skip

    def count(self, today: date) -> int:
        """This function will count what one has to do."""
        to_decide = len(self.to_review()) + len(self.objections())
        beside = len(self.requests) + len(self.parts) + len(self.problems)
        splits = len(self.splits) + len(self.put_aside())
        return len(self.to_report(today)) + to_decide + splits + beside

    def put_aside(self) -> list[str]:
        """This function will list the units with a draft of a split where nothing else waits."""
        waiting = {unit for unit, _ in self.splits}
        return sorted({draft.unit for draft in self.drafts} - waiting)


def is_writable(standing: Standing, today: date) -> bool:
    """This function will say whether a report is to be written now: open, or to be mended."""
    if standing.status in TO_MEND:
        return True
    return standing.is_open(today)


def waiting_of(session: Session, desk: Desk, plan: Plan | None) -> Waiting:
    """This function will gather what waits for a user in a plan."""
    if plan is None:
        return Waiting()
    reports_for = sorted(desk.actor.units_with(Role.REPORTER))
    requests = list_to_decide(session, plan, actor=desk.actor)
    asked = list_asked(session, plan, units=reports_for) if reports_for else []
    return Waiting(
        tuple(list_standings(session, plan.id, reports_for)) if reports_for else (),
        tuple(list_standings(session, plan.id, units_reviewed(plan, desk.actor))),
        _splits(session, plan, desk.actor),
        tuple(requests),
        tuple(row for row in asked if row not in requests),
        tuple(list_amended(session, plan, units=sorted(desk.actor.units_with(Role.MANAGER)))),
        tuple(list_waiting_parts(session, plan.id, actor=desk.actor)),
        tuple(list_waiting_problems(session, plan.id, actor=desk.actor)),
        tuple(list_waiting_drafts(session, plan, actor=desk.actor)),
    )


def supported_by(session: Session, desk: Desk, plan: Plan) -> list[WaitingSupport]:
    """This function will list what the units one reports for may hand to their leads now."""
    units = desk.actor.units_with(*WRITERS)
    return list_to_support(session, plan, units=units, today=desk.today)


def units_reviewed(plan: Plan, actor: Actor) -> Select[tuple[int]]:
    """This function will select the units whose reports come to a user: directly below."""
    above = set(actor.units_with(Role.REVIEWER))
    if plan.issuer in actor.units_with(Role.ISSUER):
        above.add(plan.issuer)
    return units_below(plan, sorted(above))


def units_below(plan: Plan, above: list[int]) -> Select[tuple[int]]:
    """This function will select the units directly below some units."""
    return units_directly_below(plan.id, above)


def _splits(session: Session, plan: Plan, actor: Actor) -> tuple[tuple[str, int], ...]:
    rows = session.execute(
        select(Unit.code, func.count())
        .join(Assignment, Assignment.unit == Unit.id)
        .join(Target, Target.id == Assignment.target)
        .join(TargetVersion, TargetVersion.target == Target.id)
        .where(
            Target.plan == plan.id,
            TargetVersion.to_version.is_(None),
            TargetVersion.automatic.is_(None),
            Assignment.unit.in_(sorted(actor.units_with(Role.MANAGER))),
            Assignment.hold_status.in_(UNCONFIRMED),
        )
        .group_by(Unit.code)
        .order_by(Unit.code)
    )
    return tuple((code, count) for code, count in rows)
