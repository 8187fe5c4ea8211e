"""Which units a cascade works on: a whole subtree, or those directly under the issuer."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, Executable, Select, bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.actions.launch.work import UNITS, integer, run
from shuangyong_core.plans.models import LAST_BELOW, LEVEL, LONGEST_PATH, Node, Plan
from shuangyong_core.units.models import Tree, Unit

COLUMNS = [column.name for column in UNITS.columns]
DEEPEST = LONGEST_PATH // LEVEL


def take_units(session: Session, plan: Plan, *, path: str, deepest: int = DEEPEST) -> int:
    """This function will take a unit and all under it down to a depth; gives how many."""
    values = {"path": path, "last": path + LAST_BELOW, "deepest": deepest}
    return run(session, _subtree(), plan=plan.id, **values)


def take_direct_units(session: Session, plan: Plan) -> int:
    """This function will take the units directly under the issuer that have none below."""
    return run(session, _direct(), plan=plan.id, issuer=plan.issuer)


@cache
def _subtree() -> Executable:
    within = Node.path.between(bindparam("path"), bindparam("last"))
    high_enough = Node.depth <= integer("deepest")
    return UNITS.insert().from_select(COLUMNS, _nodes().where(within, high_enough))


@cache
def _direct() -> Executable:
    below = aliased(Node)
    has_child = exists().where(*standing(below), below.parent == Node.unit)
    direct = _nodes().where(Node.parent == bindparam("issuer"), ~has_child)
    return UNITS.insert().from_select(COLUMNS, direct)


def _nodes() -> Select[tuple[int, int | None, int, str, str]]:
    return (
        select(Node.unit, Node.parent, Node.depth, Unit.code, Unit.kind)
        .join(Unit, Unit.id == Node.unit)
        .where(*standing(Node))
    )


def standing(node: type[Node]) -> list[ColumnElement[bool]]:
    """This function will give what holds for the nodes of a plan's responsibility tree."""
    tree = node.tree == str(Tree.RESPONSIBILITY)
    # 已撤并: it keeps its figures and is given nothing more.
    stands = (node.to_edition.is_(None), node.is_silent.is_(False))
    return [node.plan == bindparam("plan"), tree, *stands]
