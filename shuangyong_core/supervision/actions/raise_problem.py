"""Raises a problem (需协调事项) to the unit above, with a number of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit import actions as audit
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Problem as Fault
from shuangyong_core.errors import Problems, Refused
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.tree import NodeRow, get_node
from shuangyong_core.reports.rules.keys import check_key
from shuangyong_core.supervision.actions.counting import count_problems
from shuangyong_core.supervision.actions.keys import first_of
from shuangyong_core.supervision.actions.moving_problem import step_of, tell_holder
from shuangyong_core.supervision.actions.numbering import hold_register, take_number
from shuangyong_core.supervision.models import Problem
from shuangyong_core.supervision.queries.acting import acting_node, running_plan
from shuangyong_core.supervision.queries.problems import RAISERS
from shuangyong_core.supervision.rules import naming
from shuangyong_core.supervision.rules.problems import ProblemStatus
from shuangyong_core.supervision.rules.texts import read_texts


class NobodyAbove(Refused):
    """The issuer of the plan has nobody above it here."""

    message = "{unit}在计划里没有上级，需协调事项请按平时的渠道报告。"
    code = "nobody_above"


@dataclass(frozen=True, slots=True)
class Raised:
    """What is asked; `unit` is whose problem, for those who have several."""

    title: str
    text: str
    wished_by: date | None = None
    plan: str | None = None
    unit: str | None = None


def raise_problem(
    session: Session, raised: Raised, *, key: str | None = None, actor: Actor, at: datetime
) -> str:
    """This function will raise a problem and give its address; the same key gives the first.

    Raises Problems, NothingRuns, NobodyAbove, KeyReused …
    """
    check_key(key)
    plan = running_plan(session, raised.plan, actor=actor)
    unit = acting_node(session, plan, raised.unit, actor=actor, roles=RAISERS)
    if unit.parent is None:
        raise NobodyAbove(unit=unit.name)
    texts, faults = read_texts({"title": raised.title, "text": raised.text})
    faults += _check_wish(raised.wished_by, at=at)
    if faults:
        raise Problems(faults)
    hold_register(session, kind=naming.PROBLEM, unit=plan.issuer, year=plan.year)
    asked = {**texts, "wished_by": raised.wished_by, "unit": unit.unit}
    if key is not None:
        sent = select(Problem).filter_by(raised_by=actor.key, idempotency_key=key)
        if first := first_of(session, sent, given=asked):
            return first.reference
    row = {**asked, "holder": unit.parent}
    problem = _keep(session, plan, row, key=key, actor=actor, at=at)
    step_of(session, problem, came_from=None, to=ProblemStatus.OPEN, actor=actor, at=at)
    tell_holder(session, problem, unit.name, at=at)
    audit.record(session, act="problem.raise", subject=f"problem:{problem.reference}",
                 actor=actor.key, at=at)  # fmt: skip
    count_problems(session, plans=[plan.id], at=at)
    return problem.reference


def _check_wish(wished_by: date | None, *, at: datetime) -> list[Fault]:
    if wished_by is not None and wished_by < shanghai_date(at):
        return [Fault("wish_past", "希望答复的日期不能早于今天。", field="wished_by")]
    return []


def _keep(
    session: Session,
    plan: Plan,
    row: Mapping[str, object],
    *,
    key: str | None,
    actor: Actor,
    at: datetime,
) -> Problem:
    issuer: NodeRow = get_node(session, plan.id, plan.issuer)
    no = take_number(session, kind=naming.PROBLEM, unit=plan.issuer, year=plan.year)
    whole = {
        **row, "plan": plan.id, "status": ProblemStatus.OPEN.value, "version": 1,
        "reference": naming.reference(unit=issuer.code, year=plan.year, no=no),
        "number": naming.problem_number(year=plan.year, no=no), "raised_at": at,
        "raised_by": actor.key, "answer": "", "idempotency_key": key,
    }  # fmt: skip
    return session.scalars(insert(Problem).values(whole).returning(Problem)).one()
