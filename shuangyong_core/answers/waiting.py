"""Everything that waits for a caller, as both doors for programs answer it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.answers import todo as answers
from shuangyong_core.assignments.queries.requests import list_asked, list_to_decide
from shuangyong_core.assignments.queries.splits import list_splits
from shuangyong_core.assignments.rules.statuses import MAY_CONFIRM
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import Plan, PlanStatus
from shuangyong_core.plans.queries import list_plans
from shuangyong_core.plans.queries.authority import units_directly_below
from shuangyong_core.reports.models import UnitReply
from shuangyong_core.reports.queries import review_queue
from shuangyong_core.reports.queries.reach import WRITERS
from shuangyong_core.reports.queries.standing import Standing, list_standings
from shuangyong_core.reports.queries.supports_waiting import list_to_support
from shuangyong_core.reports.rules.reply import Reply, stands_for_reply
from shuangyong_core.units.queries import get_card

RUNNING = (PlanStatus.LAUNCHING, PlanStatus.ACTIVE, PlanStatus.CLOSING)


def waiting(session: Session, *, actor: Actor, at: datetime) -> answers.TodoList:
    """This function will answer what waits for an actor in every plan under way."""
    items: list[answers.TodoAnswer] = []
    for plan in list_plans(session):
        if plan.status in RUNNING:
            items += _to_report(session, plan, actor, at)
            items += _to_decompose(session, plan, actor)
            items += _objections(session, plan, actor)
            items += _requests(session, plan, actor)
            items += _to_support(session, plan, actor, at)
    items += [
        answers.to_review(line)
        for line in review_queue(session, actor=actor).lines
        if not line.is_own
    ]
    return {"items": items}


def _to_report(
    session: Session, plan: Plan, actor: Actor, at: datetime
) -> Iterator[answers.TodoAnswer]:
    today = shanghai_date(at)
    for one in list_standings(session, plan.id, sorted(actor.units_with(*WRITERS))):
        if one.is_open(today) or _is_back(one):
            yield answers.to_report(plan.code, one)


def _is_back(one: Standing) -> bool:
    return one.status in answers.MENDED


def _to_support(
    session: Session, plan: Plan, actor: Actor, at: datetime
) -> Iterator[answers.TodoAnswer]:
    units = actor.units_with(*WRITERS)
    for one in list_to_support(session, plan, units=units, today=shanghai_date(at)):
        yield answers.to_support(plan.code, one)


def _objections(session: Session, plan: Plan, actor: Actor) -> Iterator[answers.TodoAnswer]:
    above = set(actor.units_with(Role.REVIEWER))
    if plan.issuer in actor.units_with(Role.ISSUER):
        above.add(plan.issuer)
    below = units_directly_below(plan.id, sorted(above))
    for one in list_standings(session, plan.id, below, UnitReply.status == Reply.OBJECTED):
        if stands_for_reply(one.status, on_behalf=True):
            yield answers.to_answer(plan.code, one)


def _requests(session: Session, plan: Plan, actor: Actor) -> Iterator[answers.TodoAnswer]:
    to_decide = list_to_decide(session, plan, actor=actor)
    for row in to_decide:
        yield answers.of_request(row, act="decide")
    for row in list_asked(session, plan, units=sorted(actor.units_with(*WRITERS))):
        if row not in to_decide:
            yield answers.of_request(row, act="asked")


def _to_decompose(session: Session, plan: Plan, actor: Actor) -> Iterator[answers.TodoAnswer]:
    for unit in sorted(actor.units_with(Role.MANAGER, Role.ISSUER)):
        card = get_card(session, unit)
        for split in list_splits(session, plan, unit=unit):
            if split.hold_status in MAY_CONFIRM and split.is_truly_split:
                yield answers.to_decompose(plan.code, card.code, card.name, split)
