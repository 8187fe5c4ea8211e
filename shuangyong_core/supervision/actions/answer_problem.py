"""What becomes of a problem: answered or passed up by whom it lies with, closed by its raiser."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.errors import Refused
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.tree import get_node
from shuangyong_core.supervision.actions.counting import count_problems
from shuangyong_core.supervision.actions.moving_problem import (
    hold_problem,
    last_step,
    move_problem,
    tell_holder,
    tell_raiser,
)
from shuangyong_core.supervision.models import Problem
from shuangyong_core.supervision.queries.acting import units_acted_for
from shuangyong_core.supervision.queries.problems import ANSWERERS, RAISERS
from shuangyong_core.supervision.rules.problems import ProblemAct, ProblemStatus
from shuangyong_core.supervision.rules.texts import check_text
from shuangyong_core.units.queries import get_card


class OnlyHolder(Refused):
    """Another than with whom it lies would answer."""

    message = "这件事项现在由{holder}协调，要由{holder}答复或上报。"
    code = "only_holder"


class OnlyRaiser(Refused):
    """Another than who raised it would close it."""

    message = "由谁提出、由谁办结：这件是{unit}提出的，要由{unit}办理。"
    code = "only_raiser"


class Topmost(Refused):
    """The issuer of the plan has nobody above it to pass to."""

    message = "{holder}在计划里没有上级，不能再上报，请写明答复。"
    code = "topmost"


def answer_problem(
    session: Session, name: str, *, text: str, actor: Actor, at: datetime
) -> ProblemStatus:
    """This function will answer a problem; the same again gives the first answer. OnlyHolder …"""
    problem = _hold_as_holder(session, name, actor=actor)
    said = check_text(text, field="text")
    if (problem.answer, problem.answered_by) == (said, actor.key):
        return ProblemStatus(problem.status)
    settled = {"answer": said, "answered_at": at, "answered_by": actor.key}
    status = move_problem(
        session, problem, act=ProblemAct.ANSWER, actor=actor, at=at, note=said[:1000], **settled
    )
    holder = get_card(session, problem.holder).name
    tell_raiser(session, problem, f"{holder}已答复：{said}", at=at)
    count_problems(session, plans=[problem.plan], at=at)
    return status


def pass_up(
    session: Session, name: str, *, reason: str = "", actor: Actor, at: datetime
) -> ProblemStatus:
    """This function will pass a problem up one level, at most to the issuer; OnlyHolder, Topmost"""
    problem = _hold_as_holder(session, name, actor=actor)
    why = check_text(reason, field="reason") if reason else ""
    here = get_node(session, problem.plan, problem.holder)
    if here.parent is None or problem.holder == session.get_one(Plan, problem.plan).issuer:
        raise Topmost(holder=here.name)
    status = move_problem(
        session, problem, act=ProblemAct.PASS_UP, actor=actor, at=at, note=why, holder=here.parent
    )
    problem = hold_problem(session, name, actor=actor)
    above = get_card(session, problem.holder).name
    tell_raiser(session, problem, f"{here.name}已上报{above}协调", at=at)
    tell_holder(session, problem, here.name, at=at)
    count_problems(session, plans=[problem.plan], at=at)
    return status


def reopen_problem(
    session: Session, name: str, *, reason: str, actor: Actor, at: datetime
) -> ProblemStatus:
    """This function will say that an answer did not settle it, and why; OnlyRaiser, CannotDo."""
    problem = _hold_as_raiser(session, name, actor=actor)
    why = check_text(reason, field="reason")
    status = move_problem(
        session, problem, act=ProblemAct.REOPEN, actor=actor, at=at, note=why, answered_at=None,
        answered_by=None,
    )  # fmt: skip
    problem = hold_problem(session, name, actor=actor)
    tell_holder(session, problem, f"{get_card(session, problem.unit).name}仍需协调，再次", at=at)
    count_problems(session, plans=[problem.plan], at=at)
    return status


def close_problem(session: Session, name: str, *, actor: Actor, at: datetime) -> ProblemStatus:
    """This function will close a problem, answered or settled by itself; OnlyRaiser, CannotDo."""
    problem = _hold_as_raiser(session, name, actor=actor)
    if problem.status == ProblemStatus.CLOSED and last_step(session, problem).actor == actor.key:
        return ProblemStatus.CLOSED
    return move_problem(session, problem, act=ProblemAct.CLOSE, actor=actor, at=at)


def _hold_as_holder(session: Session, name: str, *, actor: Actor) -> Problem:
    problem = hold_problem(session, name, actor=actor)
    holders = units_acted_for(session, problem.plan, actor, *ANSWERERS)
    if not actor.is_unlimited and problem.holder not in holders:
        raise OnlyHolder(holder=get_card(session, problem.holder).name)
    return problem


def _hold_as_raiser(session: Session, name: str, *, actor: Actor) -> Problem:
    problem = hold_problem(session, name, actor=actor)
    raisers = units_acted_for(session, problem.plan, actor, *RAISERS)
    if not actor.is_unlimited and problem.unit not in raisers:
        raise OnlyRaiser(unit=get_card(session, problem.unit).name)
    return problem
