"""Why an assignment is not closed: every thing below it that is still open, and who holds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import Assignment, DueItem, HoldStatus, Quota
from shuangyong_core.assignments.queries.held import status_of
from shuangyong_core.assignments.queries.unfulfilled import list_unfulfilled
from shuangyong_core.assignments.rules.statuses import MAY_CONFIRM
from shuangyong_core.completion.queries.reported import is_reported, is_settled
from shuangyong_core.completion.rules.stages import OpenThing, Stage
from shuangyong_core.plans.models import Node, Plan, Round, Target, TargetVersion
from shuangyong_core.plans.queries.authority import subtree_of
from shuangyong_core.reports.models import Report, Status
from shuangyong_core.units.models import Tree, Unit

SUSPENDED = str(HoldStatus.SUSPENDED)
ABOVE = aliased(Unit)


def list_open(
    session: Session, plan: Plan, *, unit: int, target: int | None = None
) -> list[OpenThing]:
    """This function will list what is open at a unit and below it, by target; a target that only
    the product counts is never closed by hand and is left out."""
    things = [
        *_items(session, plan, unit=unit, target=target),
        *_statuses(session, plan, unit=unit, target=target),
        *_unfulfilled(session, plan, unit=unit, target=target),
    ]
    order = {stage: place for place, stage in enumerate(Stage)}
    return sorted(
        things,
        key=lambda one: (one.target_code, order[one.stage], one.unit_code, str(one.due)),
    )


def open_targets(session: Session, plan: Plan, *, unit: int) -> set[int]:
    """This function will tell which targets of a unit have something open, without listing it."""
    units = subtree_of(plan.id, unit)
    owed = exists().where(
        DueItem.target == Target.id,
        DueItem.unit.in_(units),
        DueItem.valid_to.is_(None),
        ~is_settled(),
    )
    found = set(session.scalars(select(Target.id).where(Target.plan == plan.id, owed)))
    others = (_statuses, _unfulfilled)
    rest = {one.target for read in others for one in read(session, plan, unit=unit, target=None)}
    return found | rest


def _items(session: Session, plan: Plan, *, unit: int, target: int | None) -> Iterator[OpenThing]:
    found = (
        select(
            Target.id, Target.code, Unit.id, Unit.code, Unit.name, ABOVE.code, ABOVE.name,
            Round.code, Round.title, DueItem.due, Report.status, is_reported(),
        )
        .select_from(DueItem)
        .join(Round, Round.id == DueItem.round)
        .outerjoin(Report, and_(Report.unit == DueItem.unit, Report.round == DueItem.round))
        .where(DueItem.valid_to.is_(None), ~is_settled())
    )  # fmt: skip
    for row in session.execute(_within(found, DueItem, plan, unit=unit, target=target)):
        above, above_name, *of_round, status, is_there = row[5:]
        stage = _stage(status, is_there=is_there)
        holder = (above, above_name) if stage is Stage.REVIEW and above else row[3:5]
        facts: tuple[Any, ...] = (*row[:2], stage, *row[2:5], *holder, *of_round)
        yield OpenThing(*facts)


def _stage(status: str | None, *, is_there: bool) -> Stage:
    if status in (Status.RETURNED, Status.REOPENED):
        return Stage.CORRECT
    if is_there and status in (Status.SUBMITTED, Status.CHECKED):
        return Stage.REVIEW
    return Stage.REPORT


def _statuses(
    session: Session, plan: Plan, *, unit: int, target: int | None
) -> Iterator[OpenThing]:
    """Holders that have not sent on what they hold, and what is paused, the topmost alone."""
    status = status_of(Assignment)
    over = aliased(Assignment)
    is_over = and_(over.target == Assignment.target, over.unit == Node.parent)
    paused_above = func.coalesce(status_of(over), "") == SUSPENDED
    unsent = and_(Assignment.hold_status.in_(MAY_CONFIRM), _has_proposal(plan))
    found = (
        select(
            Target.id, Target.code, Unit.id, Unit.code, Unit.name, ABOVE.code, ABOVE.name, status
        )
        .select_from(Assignment)
        .where(or_(unsent, and_(status == SUSPENDED, ~paused_above)))
    )
    found = _within(found, Assignment, plan, unit=unit, target=target).outerjoin(over, is_over)
    for row in session.execute(found):
        stage = Stage.RESUME if row[7] == SUSPENDED else Stage.CONFIRM
        facts: tuple[Any, ...] = (*row[:2], stage, *row[2:5], *row[3:5])
        yield OpenThing(*facts)


def _has_proposal(plan: Plan) -> ColumnElement[bool]:
    child = aliased(Node)
    return exists().where(
        Quota.target == Assignment.target,
        Quota.state == "proposed",
        Quota.valid_to.is_(None),
        Quota.unit == child.unit,
        child.plan == plan.id,
        child.tree == str(Tree.RESPONSIBILITY),
        child.to_edition.is_(None),
        child.parent == Assignment.unit,
    )


def _unfulfilled(
    session: Session, plan: Plan, *, unit: int, target: int | None
) -> Iterator[OpenThing]:
    """Where there is a total to share out: what each unit owes for itself goes with the unit."""
    aside = [
        each
        for each in list_unfulfilled(session, plan, unit=unit, target=target, far=True)
        if each.status != SUSPENDED
    ]
    totals = {
        id_: code
        for id_, code in session.execute(
            select(Target.id, Target.code)
            .join(TargetVersion, TargetVersion.target == Target.id)
            .where(Target.plan == plan.id, TargetVersion.to_version.is_(None))
            .where(TargetVersion.goal_kind == "total")
        )
    } if aside else {}  # fmt: skip
    holders = _names(session, {each.holder for each in aside})
    for each in aside:
        if each.target in totals:
            yield OpenThing(
                each.target, totals[each.target], Stage.SPLIT, each.unit, each.code, each.name,
                *holders[each.holder],
            )  # fmt: skip


def _names(session: Session, units: set[int]) -> dict[int, tuple[str, str]]:
    rows = session.execute(select(Unit.id, Unit.code, Unit.name).where(Unit.id.in_(sorted(units))))
    return {id_: (code, name) for id_, code, name in rows}


def _within(
    found: Select[Any],
    of: type[DueItem] | type[Assignment],
    plan: Plan,
    *,
    unit: int,
    target: int | None,
) -> Select[Any]:
    """Of the plan's targets that are not counted by the product, at a unit and below it."""
    here = and_(Node.unit == of.unit, Node.plan == plan.id, Node.to_edition.is_(None))
    version = and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None))
    found = (
        found.join(Target, and_(Target.id == of.target, Target.plan == plan.id))
        .join(TargetVersion, version)
        .join(Unit, Unit.id == of.unit)
        .join(Node, and_(here, Node.tree == str(Tree.RESPONSIBILITY)))
        .outerjoin(ABOVE, ABOVE.id == Node.parent)
        .where(of.unit.in_(subtree_of(plan.id, unit)), TargetVersion.automatic.is_(None))
    )
    return found if target is None else found.where(of.target == target)
