"""Who may see, write or review a report: one line upward in the responsibility tree decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.db import table_of
from shuangyong_core.errors import Refused
from shuangyong_core.plans.models import LEVEL, Node
from shuangyong_core.plans.queries.authority import OutOfReach
from shuangyong_core.reports.queries.known import known_in
from shuangyong_core.reports.queries.place import Place
from shuangyong_core.reports.rules.review import MayNotReview, is_reviewer
from shuangyong_core.units.models import Tree

BUSINESS = (Role.ISSUER, Role.MANAGER, Role.REVIEWER, Role.REPORTER, Role.VIEWER)
WRITERS = (Role.REPORTER, Role.MANAGER)


# Built once. Two looks, each by its index: left to itself, SQLite reads the whole tree.
_node = table_of(Node).c
_now = (
    _node.plan == bindparam("of_plan"),
    _node.tree == Tree.RESPONSIBILITY.value,
    _node.to_edition.is_(None),
)
PATH = select(_node.path).where(*_now, _node.unit == bindparam("of_unit"))
ABOVE = (
    select(_node.unit)
    .where(*_now, _node.path.in_(bindparam("paths", expanding=True)))
    .order_by(_node.depth.desc())
    .with_hint(table_of(Node), "INDEXED BY ix_node_plan_tree_path", "sqlite")
)


PATHS = select(_node.unit, _node.path).where(
    *_now, _node.unit.in_(bindparam("units", expanding=True))
)
ALL_ABOVE = (
    select(_node.path, _node.unit)
    .where(*_now, _node.path.in_(bindparam("paths", expanding=True)))
    .with_hint(table_of(Node), "INDEXED BY ix_node_plan_tree_path", "sqlite")
)


class MayNotWrite(Refused):
    """The actor sees the report but may not write it."""

    message = "您的账号在这里可以查看，不能填报。"
    code = "may_not_write"


def line_of(session: Session, plan: int, unit: int) -> tuple[int, ...]:
    """This function will give a unit and all above it, nearest first; empty if not in the plan."""
    known = known_in(session).lines.get((plan, unit))
    if known is not None:
        return known
    path = session.scalar(PATH, {"of_plan": plan, "of_unit": unit})
    if path is None:
        return ()
    return tuple(session.scalars(ABOVE, {"of_plan": plan, "paths": _upward(path)}))


def lines_of(session: Session, plan: int, units: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """This function will give the lines of many units of a plan in two looks."""
    paths = session.execute(PATHS, {"of_plan": plan, "units": units}).all()
    wanted = {above for _, path in paths for above in _upward(path)}
    at = session.execute(ALL_ABOVE, {"of_plan": plan, "paths": sorted(wanted)}).all()
    units_at: dict[str, list[int]] = defaultdict(list)
    for path, unit in at:
        units_at[path].append(unit)
    lines = {unit: [u for above in _upward(path) for u in units_at[above]] for unit, path in paths}
    return {unit: tuple(lines.get(unit, ())) for unit in units}


def _upward(path: str) -> list[str]:
    return [path[:end] for end in range(len(path), 0, -LEVEL)]


def require_reader(session: Session, place: Place, actor: Actor) -> tuple[int, ...]:
    """This function will give the unit's line if the actor may see it; raises NotFound."""
    return require_unit_reader(session, plan=place.plan, unit=place.unit, actor=actor)


def require_unit_reader(session: Session, *, plan: int, unit: int, actor: Actor) -> tuple[int, ...]:
    """This function will give a unit's line in a plan if the actor may see it; NotFound."""
    line = line_of(session, plan, unit)
    # Whose subtree holds the unit stands in its line; an empty line is no unit of this plan.
    if not line or not (actor.is_unlimited or actor.units_with(*BUSINESS) & set(line)):
        raise OutOfReach
    return line


def require_writer(session: Session, place: Place, actor: Actor) -> int | None:
    """This function will give the unit above that acts for this one (代填), nothing when it writes
    for itself; raises NotFound, MayNotWrite."""
    line = require_reader(session, place, actor)
    if actor.is_unlimited:
        return None
    holds = actor.units_with(*WRITERS) & set(line)
    if not holds:
        raise MayNotWrite
    return None if place.unit in holds else next(unit for unit in line if unit in holds)


def require_reviewer(session: Session, place: Place, actor: Actor) -> None:
    """This function will refuse whoever does not review the unit; NotFound or MayNotReview."""
    line = require_reader(session, place, actor)
    if not is_reviewer(actor, line=line, issuer=place.issuer):
        raise MayNotReview


def counts_at_once(session: Session, place: Place, actor: Actor) -> bool:
    """This function will say whether what this actor types for a unit counts as reviewed.

    A person has looked; neither a token nor the operator at the machine has.
    """
    writes_for_itself = place.unit in actor.units_with(*WRITERS)
    if actor.kind != "user" or writes_for_itself or not actor.units_with(*WRITERS):
        return False
    line = line_of(session, place.plan, place.unit)
    # Nobody reviews their own by delegation: what a delegate types waits for another's look.
    return is_reviewer(actor.alone, line=line, issuer=place.issuer)
