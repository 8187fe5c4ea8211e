"""Puts what was worked out into words and numbers: unit by unit, and round by round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.amendments.queries.ground import PlanGround
from shuangyong_core.amendments.queries.playing_out import Worked
from shuangyong_core.amendments.rules.acts import ACT_WORDS, ActKind, Turn
from shuangyong_core.amendments.rules.bases import word_of
from shuangyong_core.amendments.rules.reorganisation import (
    BaseChange,
    HandedOver,
    PlanChange,
    Preview,
    RoundSum,
    UnitChange,
    seal_of,
)
from shuangyong_core.plans.models import LAST_BELOW, Node, Round
from shuangyong_core.plans.queries.places import current_edition
from shuangyong_core.rollups.queries.facts_of import count_rounds
from shuangyong_core.units.models import Tree
from shuangyong_core.units.successions import in_parts


def describe(session: Session, worked: Worked, *, today: date) -> Preview:
    """This function will tell what a reorganisation does, with the seal it is confirmed by."""
    found = worked.resolved
    rounds = {
        one.plan.id: list(
            session.scalars(select(Round).where(Round.plan == one.plan.id).order_by(Round.due_date))
        )
        for one in worked.plans
    }
    below = _below(session, worked)
    changes = [_change(worked, turn, rounds, below=below[turn.unit]) for turn in found.turns]
    changes += [
        UnitChange(act.row, act.code, unit.name, ACT_WORDS[ActKind.RENAME], (act.name,),
                   act.effective, 0, ())
        for act, unit in found.renames
    ]  # fmt: skip
    changes.sort(key=lambda change: change.row)
    plans = [_plan(session, one, rounds[one.plan.id], today) for one in worked.plans]
    done = tuple(act.row for act in found.done)
    seal = seal_of(changes, plans)
    return Preview(found.listed.file, tuple(changes), tuple(plans), done, seal)


def _change(
    worked: Worked, turn: Turn, rounds: dict[int, list[Round]], *, below: int
) -> UnitChange:
    units = worked.resolved.by_id
    unit = units[turn.unit]
    to = [units[one] for one in turn.to]
    to += [units[turn.territory]] if turn.territory is not None and not turn.to else []
    shown = tuple(f"{one.name}（{one.code}）" for one in to)
    handed = tuple(each for one in worked.plans for each in _handed(worked, one, turn, rounds))
    word = ACT_WORDS[turn.kind]
    bases = tuple(
        BaseChange(units[one.unit].name, word_of(one.key), one.before, one.after)
        for one in worked.bases
        if one.row == turn.row
    )
    return UnitChange(turn.row, unit.code, unit.name, word, shown, turn.since, below, handed, bases)


def _handed(
    worked: Worked, one: PlanGround, turn: Turn, rounds: dict[int, list[Round]]
) -> Iterator[HandedOver]:
    units = worked.resolved.by_id
    counted = Counter(
        (heir, round_) for unit, heir, (_, round_) in one.ground.duties.went if unit == turn.unit
    )
    for round_ in rounds[one.plan.id]:
        for heir in turn.heirs:
            if items := counted[heir, round_.id]:
                to = units[heir]
                yield HandedOver(one.plan.code, round_.code, to.code, to.name, items)


def _below(session: Session, worked: Worked) -> Counter[int]:
    """How many units come along with each that moves, in the plan that has most of them."""
    top, tree = aliased(Node), Tree.RESPONSIBILITY.value
    inside = and_(
        Node.plan == top.plan, Node.tree == tree, Node.to_edition.is_(None),
        Node.path > top.path, Node.path <= top.path.concat(LAST_BELOW),
    )  # fmt: skip
    plans = [one.plan.id for one in worked.plans]
    most: Counter[int] = Counter()
    for units in in_parts({turn.unit for turn in worked.resolved.turns}):
        counted = (
            select(top.unit, func.count())
            .join(Node, inside)
            .where(top.plan.in_(plans), top.tree == tree, top.to_edition.is_(None))
            .where(top.unit.in_(units))
            .group_by(top.plan, top.unit)
        )
        for unit, count in session.execute(counted):
            most[unit] = max(most[unit], count)
    return most


def _plan(session: Session, one: PlanGround, rounds: list[Round], today: date) -> PlanChange:
    plan, duties = one.plan, one.ground.duties
    counts = count_rounds(session, plan.issuer, plan=plan.id)
    more: Counter[int] = Counter(round_ for (_, (_, round_)) in duties.given)
    more.update(round_ for _, (_, round_) in duties.reopened)
    less: Counter[int] = Counter(round_ for _, (_, round_) in duties.withdrawn)
    sums = []
    for round_ in rounds:
        expected, accepted = counts.get(round_.id, (0, 0))
        after = expected + more[round_.id] - less[round_.id]
        is_over = round_.locks_on < today
        sums.append(RoundSum(round_.code, is_over, expected, after, accepted, accepted))
    moved = {unit for forest in one.ground.forests for unit in forest.moved()}
    return PlanChange(
        code=plan.code,
        title=plan.title,
        edition=current_edition(session, plan.id) + 1,
        moved=len(moved),
        quotas=len(list(one.ground.ledger.changed())),
        items_given=sum(more.values()),
        items_ended=sum(less.values()),
        rounds=tuple(sums),
    )
