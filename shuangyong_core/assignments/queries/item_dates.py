"""The dates that a due item has by its round, its plan and what stands above it, as of today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from shuangyong_core.assignments.models import ChildDate, DueItem
from shuangyong_core.plans.models import Node, Round, Target, TargetReporter, TargetVersion
from shuangyong_core.units.models import Tree, Unit


@dataclass(frozen=True, slots=True)
class Dates:
    """When a due item is to be done, and due: first, and now."""

    done_by: Any
    first_due: Any
    due: Any


def dates_today() -> Dates:
    """This function will give the dates a due item would have if it were dated now.

    An item that was granted a later date keeps it, unless the round is now due later still.
    """
    here = (Round.id == DueItem.round, Round.closed_edition.is_(None))
    of_round = select(Round.due_date).where(*here).correlate(DueItem).scalar_subquery()
    first = func.coalesce(of_round, DueItem.first_due)
    granted = and_(DueItem.due > DueItem.first_due, DueItem.due > first)
    due = case((granted, DueItem.due), else_=func.coalesce(earliest_due(first=first), first))
    return Dates(_done_by(), first, due)


def earliest_due(item: Any = DueItem, *, first: Any = None) -> Any:
    """This function will give the earliest date that stands above an item, if there is one."""
    above, place = aliased(Node), aliased(Node)
    return (
        select(func.min(ChildDate.due))
        .select_from(ChildDate)
        .join(Target, Target.id == ChildDate.target)
        .join(above, and_(above.unit == ChildDate.unit, *in_tree(above, Target.plan)))
        .join(place, and_(place.unit == item.unit, *in_tree(place, Target.plan)))
        .where(ChildDate.target == item.target, ChildDate.round == item.round)
        .where(ChildDate.valid_to.is_(None))
        .where(ChildDate.due < (item.first_due if first is None else first))
        .where(place.path.startswith(above.path))
        .correlate_except(ChildDate, Target, above, place)
        .scalar_subquery()
    )


def in_tree(node: Any, plan: Any) -> list[Any]:
    """This function will tell of a node that it stands in the tree of responsibility today."""
    tree = node.tree == str(Tree.RESPONSIBILITY)
    return [node.plan == plan, tree, node.to_edition.is_(None)]


def _done_by() -> Any:
    """As at the launch: a group that names the unit by its code goes before its kind; what came
    from another unit keeps the day it had there."""
    reporter, version = TargetReporter, TargetVersion
    named = (
        select(func.coalesce(reporter.done_by, Round.done_by, Round.due_date))
        .select_from(reporter)
        .join(version, version.target == reporter.target)
        .join(Round, Round.id == reporter.round)
        .join(Unit, or_(Unit.code == reporter.who, Unit.kind == reporter.who))
        .where(version.from_version == reporter.from_version, version.to_version.is_(None))
        .where(reporter.target == DueItem.target, reporter.round == DueItem.round)
        .where(Unit.id == DueItem.unit)
        .order_by(case((Unit.code == reporter.who, 0), else_=1))
        .limit(1)
        .correlate_except(reporter, version, Round, Unit)
        .scalar_subquery()
    )
    return func.coalesce(named, DueItem.done_by)
