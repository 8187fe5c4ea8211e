"""Quotas after an amendment: intervals that no longer hold close, the new ones open."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Executable,
    and_,
    bindparam,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from shuangyong_core.assignments.actions.launch.work import WORK, integer
from shuangyong_core.assignments.actions.resplit_rows import begin_quotas
from shuangyong_core.assignments.models import Quota
from shuangyong_core.db import UtcDateTime
from shuangyong_core.plans.models import Node
from shuangyong_core.units.models import Tree

TARGETS = bindparam("targets", expanding=True, type_=BigInteger())
AMENDED = "amended"


@cache
def close_lost() -> Executable:
    """This statement will end the quotas of units that have no part in the targets any more."""
    part = exists().where(
        WORK.c.target == Quota.target,
        WORK.c.unit == Quota.unit,
        WORK.c.is_own == 0,
        WORK.c.measured == 1,
    )
    lost = (Quota.target.in_(TARGETS), Quota.valid_to.is_(None), ~part)
    return update(Quota).where(*lost).values(valid_to=_at())


@cache
def open_amended(dialect: str) -> Executable:
    """This statement will begin the quotas that are new; what stays the same is left alone.

    What the issuer's own children hold is decided by the amendment, what is below is proposed.
    """
    return begin_quotas(dialect, by=(AMENDED, AMENDED))


@cache
def holders_to_confirm() -> Any:
    """This statement will find who holds something else than before, or for other units."""
    node, below = aliased(Node), aliased(Quota)
    changed = or_(Quota.valid_from == _at(), Quota.valid_to == _at())
    itself = exists().where(Quota.target == WORK.c.target, Quota.unit == WORK.c.unit, changed)
    tree = and_(node.tree == str(Tree.RESPONSIBILITY), node.to_edition.is_(None))
    child = exists().where(
        node.plan == bindparam("plan"),
        tree,
        node.parent == WORK.c.unit,
        below.unit == node.unit,
        below.target == WORK.c.target,
        or_(below.valid_from == _at(), below.valid_to == _at()),
    )
    return (
        select(WORK.c.target, WORK.c.unit)
        .where(WORK.c.holds == 1, WORK.c.is_own == 0, WORK.c.counted == 0)
        .where(WORK.c.unit != integer("issuer"), or_(itself, child))
    )


def _at() -> Any:
    return bindparam("at", type_=UtcDateTime())
