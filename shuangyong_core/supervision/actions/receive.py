"""签收, and 转办: a street takes a hand-out, and passes it on to the units below it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import require_reach
from shuangyong_core.plans.queries.tree import NodeRow, get_node
from shuangyong_core.supervision.actions.handing import hand_to
from shuangyong_core.supervision.actions.issue import check_deadline
from shuangyong_core.supervision.actions.moving import move_part, was_done
from shuangyong_core.supervision.models import Handout, HandoutUnit
from shuangyong_core.supervision.queries.below import find_receivers
from shuangyong_core.supervision.queries.place import hold_part, require_answerer
from shuangyong_core.supervision.rules.handouts import UnitAct, UnitStatus
from shuangyong_core.units.models import Unit


def acknowledge_handout(
    session: Session, name: str, unit: str, *, actor: Actor, at: datetime
) -> UnitStatus:
    """This function will sign for a hand-out (签收); raises HandoutNotFound, CannotDo."""
    part = hold_part(session, name, unit, actor=actor)
    require_answerer(session, part, actor=actor)
    if was_done(session, part, UnitAct.ACKNOWLEDGE, actor=actor):
        return part.status
    return move_part(session, part, act=UnitAct.ACKNOWLEDGE, actor=actor, at=at)


def pass_on(
    session: Session,
    name: str,
    unit: str,
    *,
    units: Sequence[str],
    due_date: date | None = None,
    actor: Actor,
    at: datetime,
) -> UnitStatus:
    """This function will pass a hand-out on to units directly below (转办).

    Raises HandoutNotFound, CannotDo, Problems.
    """
    part = hold_part(session, name, unit, actor=actor)
    plan = session.get_one(Plan, part.plan)
    require_reach(session, plan, part.unit, actor, Role.MANAGER)
    giver = get_node(session, plan.id, part.unit)
    wanted, problems = find_receivers(session, plan, giver, units, is_direct=False, actor=actor)
    due = due_date or part.answer_by
    # Who is late already passes on with a date of their own: the one from above is over.
    is_over = part.answer_by < shanghai_date(at)
    problems += check_deadline(due, at=at, latest=None if is_over else part.answer_by)
    problems += _has_it_already(session, part.handout, wanted)
    if problems:
        raise Problems(problems)
    detail = {"units": len(wanted)}
    status = move_part(session, part, act=UnitAct.PASS_ON, actor=actor, at=at, detail=detail)
    handout = session.get_one(Handout, part.handout)
    hand_to(session, handout, giver, wanted, due_date=due, actor=actor, at=at)
    return status


def _has_it_already(session: Session, handout: int, units: Sequence[NodeRow]) -> list[Problem]:
    ids = [each.unit for each in units]
    known = (
        select(Unit.code, Unit.name)
        .join(HandoutUnit, HandoutUnit.unit == Unit.id)
        .where(HandoutUnit.handout == handout, HandoutUnit.unit.in_(ids))
        .order_by(Unit.code)
    )
    return [
        Problem("has_it_already", f"{name}已经有这件交办了，不用再转。", field="units", value=code)
        for code, name in session.execute(known)
    ]
