"""What a branch still lacks of a launch, in batches of targets that are one transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.actions.launch.content import batches, list_contents
from shuangyong_core.assignments.models import Assignment
from shuangyong_core.assignments.queries.branches import direct_units, in_the_plan
from shuangyong_core.assignments.queries.launching import unfinished_targets
from shuangyong_core.plans.models import Node, Plan
from shuangyong_core.plans.queries.authority import subtree_of


def list_pending(session: Session, plan: Plan, *, branch: int) -> Sequence[Sequence[int]]:
    """This function will give the targets to send down a branch, cut into batches.

    A batch is written whole or not at all, so what the head of the branch has is done.
    """
    contents = list_contents(session, plan, unfinished_targets(session, plan))
    is_direct = branch == plan.issuer
    heads = direct_units(plan) if is_direct else select(Node.unit).where(Node.unit == branch)
    units = direct_units(plan) if is_direct else subtree_of(plan.id, branch)
    standing = select(func.count()).select_from(Node)
    count = session.scalar(standing.where(*in_the_plan(plan), Node.unit.in_(units))) or 0
    found = select(Assignment.target).where(
        Assignment.target.in_([content.id for content in contents]), Assignment.unit.in_(heads)
    )
    done = set(session.scalars(found.distinct()))
    # Cut before what is done is left out: two that send at once cut alike, and mark nothing twice.
    cut = batches(contents, units=count)
    left = ([content.id for content in batch if content.id not in done] for batch in cut)
    return [batch for batch in left if batch]


def take_turn(session: Session, plan: Plan, *, branch: int) -> None:
    """This function will wait until nobody else sends the plan down this branch."""
    # SQLite has one writer anyway; on PostgreSQL two that write the same rows could lock crosswise.
    if session.get_bind().dialect.name == "postgresql":
        key = crc32(f"cascade:{plan.id}:{branch}".encode())
        session.execute(select(func.pg_advisory_xact_lock(key)))
