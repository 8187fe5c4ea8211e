"""Earlier dates that holders gave to units under them, and the date a holder itself has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import ChildDate, DueItem
from shuangyong_core.plans.models import LAST_BELOW, Node, Plan, Round, Target, TargetVersion
from shuangyong_core.plans.queries.tree import line_above
from shuangyong_core.units.models import Tree, Unit


@dataclass(frozen=True, slots=True)
class EarlierDate:
    """A unit's earlier date for a target in a round."""

    holder: str
    unit: str
    unit_code: str
    code: str
    title: str
    round: str
    own_due: date  # the round's
    due: date
    lead: int  # working days before the holder's own
    reason: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A target in a round that units under a holder owe."""

    target: int
    code: str
    title: str
    round: int
    round_code: str
    round_title: str
    opens_on: date
    due_date: date


def list_earlier_dates(
    session: Session, plan: Plan, *, holders: Select[tuple[int]] | Collection[int], limit: int = 200
) -> Sequence[EarlierDate]:
    """This function will list the earlier dates that stand, given by these holders."""
    holder, child, version = aliased(Unit), aliased(Unit), TargetVersion
    rows = session.execute(
        select(
            holder.name, child.name, child.code, Target.code, version.title, Round.code,
            Round.due_date, ChildDate.due, ChildDate.lead, ChildDate.reason, ChildDate.valid_from,
            ChildDate.actor,
        )
        .select_from(ChildDate)
        .join(holder, holder.id == ChildDate.holder)
        .join(child, child.id == ChildDate.unit)
        .join(Target, and_(Target.id == ChildDate.target, Target.plan == plan.id))
        .join(version, and_(version.target == Target.id, version.to_version.is_(None)))
        .join(Round, Round.id == ChildDate.round)
        .where(ChildDate.valid_to.is_(None), ChildDate.holder.in_(holders))
        .order_by(holder.code, Round.due_date, child.code, version.position)
        .limit(limit)
    )  # fmt: skip
    return [EarlierDate(*row) for row in rows]


def list_owed_below(session: Session, plan: Plan, *, unit: int) -> Sequence[Owed]:
    """This function will list what the units under a holder owe, by round and position."""
    top, below, version = aliased(Node), aliased(Node), TargetVersion
    here = [
        part
        for node in (top, below)
        for part in (
            node.plan == plan.id,
            node.tree == str(Tree.RESPONSIBILITY),
            node.to_edition.is_(None),
        )
    ]
    rows = session.execute(
        select(
            Target.id, Target.code, version.title, Round.id, Round.code, Round.title,
            Round.opens_on, Round.due_date,
        )
        .select_from(top)
        .join(below, and_(below.path > top.path, below.path <= top.path.concat(LAST_BELOW)))
        .join(DueItem, and_(DueItem.unit == below.unit, DueItem.valid_to.is_(None)))
        .join(Target, and_(Target.id == DueItem.target, Target.plan == plan.id))
        .join(version, and_(version.target == Target.id, version.to_version.is_(None)))
        .join(Round, Round.id == DueItem.round)
        .where(*here, top.unit == unit, version.automatic.is_(None))
        .distinct()
        .order_by(Round.due_date, version.position)
        .add_columns(version.position)
    )  # fmt: skip
    return [Owed(*row[:8]) for row in rows]


def own_dates(session: Session, plan: Plan, *, unit: int, round_id: int) -> dict[int, date]:
    """This function will give the earlier dates a holder was given itself, by target."""
    line = [node.unit for node in line_above(session, plan.id, unit)]
    rows = session.execute(
        select(ChildDate.target, func.min(ChildDate.due))
        .where(ChildDate.unit.in_(line), ChildDate.round == round_id)
        .where(ChildDate.valid_to.is_(None))
        .group_by(ChildDate.target)
    )
    return dict(rows.tuples().all())
