"""What an actor may do next with each part of a hand-out: by the table, the tree and the roles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.plans.models import Node
from shuangyong_core.plans.queries.authority import units_in_reach
from shuangyong_core.supervision.models import HandoutAnswer
from shuangyong_core.supervision.queries.acting import units_acted_for
from shuangyong_core.supervision.queries.place import ANSWERERS, GIVERS, STRIKERS, Part
from shuangyong_core.supervision.rules.handouts import OPEN, UnitAct, next_unit_status
from shuangyong_core.units.models import Tree

OF_UNIT = (UnitAct.ACKNOWLEDGE, UnitAct.ANSWER)
OF_STRIKERS = (UnitAct.CLOSE, UnitAct.RETURN)


def permitted(
    session: Session, parts: Sequence[Part], *, actor: Actor
) -> Iterator[tuple[Part, Collection[UnitAct]]]:
    """This function will give each part, all of one plan, with what the actor may do next."""
    if not parts:
        return
    units = [part.unit for part in parts]
    plan = parts[0].plan
    answers = _among(session, plan, units, actor, *ANSWERERS)
    passes = _among(session, plan, units, actor, Role.MANAGER) & _with_units_below(
        session, plan, units
    )
    strikes = units_acted_for(session, plan, actor, *STRIKERS)
    gives = units_acted_for(session, plan, actor, *GIVERS)
    waiting = {(part.handout, part.giver) for part in parts if part.status in OPEN}
    own = _own_answers(session, parts, actor)
    for part in parts:
        acts = [act for act in OF_UNIT if part.unit in answers]
        acts += [UnitAct.PASS_ON] if part.unit in passes else []
        if (actor.is_unlimited or part.giver in strikes) and part.id not in own:
            acts += OF_STRIKERS
        acts += [UnitAct.WITHDRAW] if actor.is_unlimited or part.giver in gives else []
        may = {act for act in acts if next_unit_status(part.status, act) is not None}
        if (part.handout, part.unit) in waiting:
            may -= {UnitAct.ANSWER}  # units it was passed on to are not done yet
        yield part, may


def _among(
    session: Session, plan: int, units: Sequence[int], actor: Actor, *roles: Role
) -> set[int]:
    reached = units_in_reach(plan, actor, *roles).where(Node.unit.in_(units))
    return set(session.scalars(reached))


def _with_units_below(session: Session, plan: int, units: Sequence[int]) -> set[int]:
    today = (Node.plan == plan, Node.tree == Tree.RESPONSIBILITY, Node.to_edition.is_(None))
    above = select(Node.parent).where(*today, Node.parent.in_(units)).distinct()
    return {unit for unit in session.scalars(above) if unit is not None}


def _own_answers(session: Session, parts: Sequence[Part], actor: Actor) -> set[int]:
    latest = {(part.id, part.latest_no) for part in parts}
    said = select(HandoutAnswer.handout_unit, HandoutAnswer.no).where(
        HandoutAnswer.handout_unit.in_([part.id for part in parts]),
        HandoutAnswer.actor == actor.key,
    )
    return {unit for unit, no in session.execute(said) if (unit, no) in latest}
