"""Which splits stand: below a total that did not change, for the same units, nobody splits anew."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Executable,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from shuangyong_core.assignments.actions.launch.work import UNITS, WORK, integer
from shuangyong_core.assignments.models import Quota
from shuangyong_core.plans.models import Node
from shuangyong_core.units.models import Tree, UnitSuccession


@cache
def leave_the_gone() -> Executable:
    """This statement will leave out units that are no more: they lie silent in the tree."""
    gone = select(UnitSuccession.old).where(UnitSuccession.kind != "split_off")
    return UNITS.delete().where(UNITS.c.unit.in_(gone))


@cache
def keep_what_stands() -> Executable:
    """This statement will give the parties below a kept holder what they have now."""
    holder, now = WORK.alias("holder"), aliased(Quota)
    kept = exists().where(
        holder.c.depth == integer("level"),
        holder.c.is_own == 0,
        holder.c.target == WORK.c.target,
        holder.c.unit == WORK.c.parent,
        now.target == holder.c.target,
        now.unit == holder.c.unit,
        now.valid_to.is_(None),
        now.held == holder.c.share + holder.c.each,
        _rule_stands(holder),
        ~_somebody_comes(holder, now),
        ~_somebody_goes(holder),
        or_(now.own == 0, _keeps_own(holder)),
    )
    below = and_(WORK.c.depth == integer("level") + 1, WORK.c.measured == 1)
    return update(WORK).where(below, kept).values(share=_standing(WORK) - WORK.c.each)


def _rule_stands(holder: Any) -> Any:
    """A split by hand outlives another rule of splitting; other goals below it, it does not."""
    given, node = aliased(Quota), aliased(Node)
    by_hand = exists().where(
        *_children(node, holder.c.unit),
        given.unit == node.unit,
        given.target == holder.c.target,
        given.valid_to.is_(None),
        given.source == "split",
    )
    anew = bindparam("anew", expanding=True, type_=BigInteger())
    ruled = bindparam("ruled", expanding=True, type_=BigInteger())
    return and_(holder.c.target.not_in(anew), or_(holder.c.target.not_in(ruled), by_hand))


def _somebody_comes(holder: Any, now: Any) -> Any:
    """A party that has no quota yet, or less than what it must bring by itself."""
    party = WORK.alias("party")
    stands = func.coalesce(_standing(party, own=now.own), -1)
    return exists().where(*_parties(party, holder), stands < party.c.each)


def _somebody_goes(holder: Any) -> Any:
    """A child with a quota that is no party any more."""
    given, node, party = aliased(Quota), aliased(Node), WORK.alias("still")
    # Said out loud: two levels down nothing is correlated by itself.
    stays = exists().where(*_parties(party, holder), party.c.unit == given.unit)
    stays = stays.correlate_except(party)
    return exists().where(
        *_children(node, holder.c.unit),
        given.unit == node.unit,
        given.target == holder.c.target,
        given.valid_to.is_(None),
        given.held > 0,
        ~stays,
    )


def _keeps_own(holder: Any) -> Any:
    party = WORK.alias("own_party")
    return exists().where(*_parties(party, holder), party.c.is_own == 1)


def _standing(party: Any, *, own: Any = None) -> Any:
    """What a party has now: its quota, or the holder's own part of the holder's."""
    given = aliased(Quota)
    value = (
        given.held if own is not None else case((party.c.is_own == 1, given.own), else_=given.held)
    )
    found = select(value).where(
        given.target == party.c.target, given.unit == party.c.unit, given.valid_to.is_(None)
    )
    standing = found.correlate(party).scalar_subquery()
    return standing if own is None else case((party.c.is_own == 1, own), else_=standing)


def _parties(party: Any, holder: Any) -> tuple[Any, ...]:
    return (
        party.c.depth == integer("level") + 1,
        party.c.target == holder.c.target,
        party.c.parent == holder.c.unit,
    )


def _children(node: Any, unit: Any) -> tuple[Any, ...]:
    tree = node.tree == str(Tree.RESPONSIBILITY)
    return (node.plan == bindparam("plan"), tree, node.to_edition.is_(None), node.parent == unit)
