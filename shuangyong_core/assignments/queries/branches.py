"""The branches of a plan: one per child of the issuer that has children, one for 直属."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import Assignment, DueItem
from shuangyong_core.plans.models import Node, Plan, Target
from shuangyong_core.plans.queries.authority import subtree_of
from shuangyong_core.plans.queries.tree import children_of, get_node
from shuangyong_core.units.models import Tree


@dataclass(frozen=True, slots=True)
class Branch:
    """A child of the issuer with all under it; the issuer's own id stands for 直属."""

    unit: int
    code: str
    name: str
    units: int
    is_direct: bool = False


@dataclass(frozen=True, slots=True)
class BranchCount:
    """What has been written for a branch."""

    assignments: int
    due_items: int


def list_branches(session: Session, plan: Plan) -> Sequence[Branch]:
    """This function will list the branches with children by code, then 直属."""
    issuer = get_node(session, plan.id, plan.issuer)
    heads = func.substr(Node.path, 1, len(issuer.path) + 5)
    sizes: dict[str, int] = dict(
        session.execute(
            select(heads, func.count())
            .where(*in_the_plan(plan), Node.path.startswith(issuer.path))
            .group_by(heads)
        )
        .tuples()
        .all()
    )
    standing = children_of(session, plan.id, plan.issuer)
    children = [child for child in standing if child.path in sizes]
    branches = [
        Branch(child.unit, child.code, child.name, sizes[child.path])
        for child in children
        if sizes[child.path] > 1
    ]
    if len(branches) < len(children):
        alone = len(children) - len(branches)
        branches.append(Branch(issuer.unit, issuer.code, "直属", alone, is_direct=True))
    return branches


def count_branch(session: Session, plan: Plan, branch: Branch) -> BranchCount:
    """This function will count what a branch has been given so far."""
    units = direct_units(plan) if branch.is_direct else subtree_of(plan.id, branch.unit)
    targets = select(Target.id).where(Target.plan == plan.id)
    counts = [
        session.scalar(
            select(func.count())
            .select_from(table)
            .where(table.target.in_(targets), table.unit.in_(units))
        )
        or 0
        for table in (Assignment, DueItem)
    ]
    return BranchCount(*counts)


def direct_units(plan: Plan) -> Select[tuple[int]]:
    """This function will select the units directly under the issuer that have none below."""
    child = aliased(Node)
    has_child = exists().where(*in_the_plan(plan, child), child.parent == Node.unit)
    return select(Node.unit).where(*in_the_plan(plan), Node.parent == plan.issuer, ~has_child)


def in_the_plan(plan: Plan, node: type[Node] = Node) -> list[ColumnElement[bool]]:
    """This function will give what holds for the nodes of today's responsibility tree."""
    tree = node.tree == str(Tree.RESPONSIBILITY)
    return [node.plan == plan.id, tree, node.to_edition.is_(None), node.is_silent.is_(False)]
