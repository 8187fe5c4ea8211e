"""Hands a task out (交办): a number of its own, a deadline, and the units it goes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit import actions as audit
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.tree import NodeRow
from shuangyong_core.reports.rules.keys import check_key
from shuangyong_core.supervision.actions.handing import hand_to
from shuangyong_core.supervision.actions.keys import KeyReused, first_of
from shuangyong_core.supervision.actions.moving import take
from shuangyong_core.supervision.actions.numbering import hold_register, take_number
from shuangyong_core.supervision.models import Handout, HandoutUnit
from shuangyong_core.supervision.queries.acting import acting_node, running_plan
from shuangyong_core.supervision.queries.below import find_receivers
from shuangyong_core.supervision.queries.place import GIVERS
from shuangyong_core.supervision.rules import naming
from shuangyong_core.supervision.rules.handouts import HandoutStatus
from shuangyong_core.supervision.rules.texts import read_texts


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be handed out; `giver` is the unit that does, for those who have several."""

    title: str
    text: str
    due_date: date
    units: Sequence[str]
    plan: str | None = None
    giver: str | None = None


def issue_handout(
    session: Session,
    wanted: Wanted,
    *,
    is_direct: bool = False,
    key: str | None = None,
    actor: Actor,
    at: datetime,
) -> str:
    """This function will hand a task out and give its address; the same key gives the first.

    With `is_direct` it may go past the level between. Raises Problems, NothingRuns, KeyReused …
    """
    check_key(key)
    plan = running_plan(session, wanted.plan, actor=actor)
    giver = acting_node(session, plan, wanted.giver, actor=actor, roles=GIVERS)
    texts, problems = read_texts({"title": wanted.title, "text": wanted.text})
    problems += check_deadline(wanted.due_date, at=at)
    units, more = find_receivers(
        session, plan, giver, wanted.units, is_direct=is_direct, actor=actor
    )
    if problems or more:
        raise Problems([*problems, *more])
    hold_register(session, kind=naming.HANDOUT, unit=giver.unit, year=plan.year)
    given = {**texts, "due_date": wanted.due_date, "giver": giver.unit}
    first = _first_answer(session, given, units, key=key, actor=actor)
    if first is not None:
        return first
    handout = _keep(session, plan, giver, texts, due=wanted.due_date, key=key, actor=actor, at=at)
    take(session, handout.id, None, came_from=None, to=HandoutStatus.OPEN, actor=actor, at=at)
    hand_to(session, handout, giver, units, due_date=wanted.due_date, actor=actor, at=at)
    detail = {"units": len(units)}
    audit.record(session, act="handout.issue", subject=f"handout:{handout.reference}",
                 actor=actor.key, at=at, detail=detail)  # fmt: skip
    return handout.reference


def check_deadline(due_date: date, *, at: datetime, latest: date | None = None) -> list[Problem]:
    """This function will say what is wrong with a deadline: it is over, or after one's own."""
    today = shanghai_date(at)
    if due_date < today:
        said = f"办结时限不能早于今天（{today.month}月{today.day}日）。"
        return [Problem("deadline_past", said, field="due_date", value=due_date.isoformat())]
    if latest is not None and due_date > latest:
        said = f"转办的时限不能晚于上级定的 {latest.month}月{latest.day}日。"
        return [Problem("deadline_after", said, field="due_date", value=due_date.isoformat())]
    return []


def _first_answer(
    session: Session,
    given: Mapping[str, object],
    units: Sequence[NodeRow],
    *,
    key: str | None,
    actor: Actor,
) -> str | None:
    if key is None:
        return None
    sent = select(Handout).filter_by(issued_by=actor.key, idempotency_key=key)
    known = first_of(session, sent, given=given)
    if known is None:
        return None
    got = select(HandoutUnit.unit).filter_by(handout=known.id, giver=known.giver)
    if set(session.scalars(got)) != {each.unit for each in units}:
        raise KeyReused(number=known.number)
    return known.reference


def _keep(
    session: Session,
    plan: Plan,
    giver: NodeRow,
    texts: dict[str, str],
    *,
    due: date,
    key: str | None,
    actor: Actor,
    at: datetime,
) -> Handout:
    no = take_number(session, kind=naming.HANDOUT, unit=giver.unit, year=plan.year)
    is_issuer = giver.unit == plan.issuer
    number = naming.handout_number(year=plan.year, no=no, giver=giver.name, is_issuer=is_issuer)
    row = {
        "plan": plan.id, "giver": giver.unit, "number": number,
        "reference": naming.reference(unit=giver.code, year=plan.year, no=no), **texts,
        "due_date": due, "status": HandoutStatus.OPEN.value, "issued_at": at,
        "issued_by": actor.key, "idempotency_key": key,
    }  # fmt: skip
    return session.scalars(insert(Handout).values(row).returning(Handout)).one()
