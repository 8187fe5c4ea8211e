"""The roll-up as one actor sees it: one's own by duty, by territory totals, and what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import OutOfReach
from shuangyong_core.plans.queries.plan import get_target
from shuangyong_core.plans.queries.within import get_unit_in
from shuangyong_core.rollups.queries.key_numbers import show_shared
from shuangyong_core.rollups.queries.lines import RollupLine, Value
from shuangyong_core.rollups.queries.place import NoPlace
from shuangyong_core.rollups.queries.show import show
from shuangyong_core.rollups.rules.lights import Light, Tally
from shuangyong_core.rollups.turn_back import turn_back
from shuangyong_core.units.models import Tree, Unit


class NotYetThere(NoPlace):
    """The unit came into the plan later."""

    message = "截至 {day}，计划里还没有这个单位，请选较晚的日期。"


def show_to(
    session: Session,
    plan: Plan,
    unit: str,
    *,
    actor: Actor,
    today: date,
    target: str | None = None,
    round: int | None = None,
    tree: Tree = Tree.RESPONSIBILITY,
    as_then: bool = False,
    as_of: date | None = None,
) -> Sequence[RollupLine]:
    """This function will list a unit's targets as far as the actor may see; raises OutOfReach.

    A round that is over can be seen `as_then`, under the tree it closed in. `as_of` a day needs a
    session apart: who may see is asked of today, what is seen of that day; raises NotYetThere.
    """
    wanted = None if target is None else get_target(session, plan.id, target).id
    try:
        here = get_unit_in(session, plan, unit, actor=actor, tree=tree)
    except OutOfReach:
        here = None
    if as_of is not None:
        turn_back(session, plan, day=as_of, today=today, target=wanted)
        today = as_of
    if here is None:
        lines = _shared(session, plan, unit, actor=actor, today=today, round=round, tree=tree)
        return [line for line in lines if wanted in (None, line.target.id)]
    try:
        return show(
            session, plan.id, here,
            today=today, target=wanted, round=round, tree=tree, as_then=as_then,
        )  # fmt: skip
    except NoPlace:
        if as_of is None:
            raise
        raise NotYetThere(day=as_of.isoformat()) from None


def _shared(
    session: Session,
    plan: Plan,
    unit: str,
    *,
    actor: Actor,
    today: date,
    round: int | None,
    tree: Tree,
) -> list[RollupLine]:
    """The issuer's totals of the targets shown to a kind of unit the actor belongs to."""
    issuer = session.scalars(select(Unit.code).where(Unit.id == plan.issuer)).one()
    if unit != issuer or tree is not Tree.RESPONSIBILITY:
        raise OutOfReach
    lines: dict[int, RollupLine] = {}
    for mine in sorted({grant.unit for grant in actor.grants}):
        for line in show_shared(session, plan.id, mine, today=today, round=round):
            lines[line.target.id] = _total_only(line)
    if not lines:
        raise OutOfReach
    return sorted(lines.values(), key=lambda line: line.target.position)


def _total_only(line: RollupLine) -> RollupLine:
    """Total and goal, no more: who has reported and who is late is the issuer's."""
    nothing = Value(None, None, None)
    return replace(
        line,
        own=nothing,
        within=nothing,
        planned_rate=None,
        light=Light.NOT_STARTED,
        tally=Tally(),
        opened=Tally(),
    )
