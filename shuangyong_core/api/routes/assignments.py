"""Assignments as a script reads, signs for and splits them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.answers import assignments as answers
from shuangyong_core.answers import closing
from shuangyong_core.api.asked import ChildDates, Decompose
from shuangyong_core.api.calls import Call, Made
from shuangyong_core.api.doorway import Route
from shuangyong_core.api.versions import version_of
from shuangyong_core.assignments.actions.acknowledge import acknowledge
from shuangyong_core.assignments.actions.change_split import Wish, change_split
from shuangyong_core.assignments.actions.child_dates import DateWish, give_earlier_dates
from shuangyong_core.assignments.actions.confirm_split import confirm_split
from shuangyong_core.assignments.actions.propose_split import propose_split
from shuangyong_core.assignments.queries.held import NothingAssigned
from shuangyong_core.assignments.queries.splits import list_splits
from shuangyong_core.assignments.queries.table import AssignmentRow, list_assignments
from shuangyong_core.assignments.rules.quotas import read_quotas
from shuangyong_core.completion.actions.close_assignment import close_assignment
from shuangyong_core.completion.queries.may_close import with_close
from shuangyong_core.completion.queries.still_open import list_open
from shuangyong_core.errors import Refused
from shuangyong_core.guard.dates import parse_date
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import TargetRow, get_target
from shuangyong_core.plans.queries.within import get_plan_within, get_unit_in


class MethodAndNumbers(Refused):
    """A body that names a method and numbers too."""

    message = "写了分法（method）就不再写各单位的数，请只留一样。"
    code = "method_and_numbers"


router = APIRouter(prefix="/assignments", route_class=Route, tags=["assignments"])


@router.get("")
def show_assignments(call: Made, plan: str, unit: str) -> answers.AssignmentList:
    """一个单位的任务：指标数、时限、状态，下一步能做什么，不能做的为什么。"""
    with db.read(call.engine) as session:
        found = get_plan_within(session, plan, actor=call.actor)
        here = get_unit_in(session, found, unit, actor=call.actor)
        rows = _rows(session, call, found, here)
        return answers.assignments(rows, list_splits(session, found, unit=here), unit=unit)


@router.post("/{plan}/{target}/{unit}/acknowledge")
def sign_for(call: Made, plan: str, target: str, unit: str) -> answers.AssignmentAnswer:
    """签收一项任务。"""
    with db.write(call.engine) as session:
        found, here, named = _place(session, call, plan, target, unit)
        acknowledge(session, found, unit=here, target=named.id, actor=call.actor, at=call.at)
        return _answer(session, call, found, here, named.id, unit)


@router.post("/{plan}/{target}/{unit}/decompose")
def decompose(
    call: Made,
    plan: str,
    target: str,
    unit: str,
    body: Decompose | None = None,
    if_match: Annotated[str | None, Header()] = None,
) -> answers.AssignmentAnswer:
    """任务分解下达：写明下级各单位的数；不带内容就是按建议的分解确认下达。"""
    version = version_of(if_match)
    with db.write(call.engine) as session:
        found, here, named = _place(session, call, plan, target, unit)
        if body is None:
            confirm_split(session, found, unit=here, target=named.id, actor=call.actor, at=call.at)
        else:
            change_split(
                session, found, unit=here, target=named.id, version=version,
                wish=_wish(session, found, here, named, body, call), actor=call.actor, at=call.at,
            )  # fmt: skip
        return _answer(session, call, found, here, named.id, unit)


@router.post("/{plan}/{target}/{unit}/close")
def close(call: Made, plan: str, target: str, unit: str) -> answers.AssignmentAnswer:
    """办结确认一项任务，连同下级的；没有办完的逐件列出，各在谁手里。"""
    with db.write(call.engine) as session:
        found, here, named = _place(session, call, plan, target, unit)
        close_assignment(session, found, unit=here, target=named.id, actor=call.actor, at=call.at)
        return _answer(session, call, found, here, named.id, unit)


@router.get("/{plan}/{target}/{unit}/open")
def show_open(call: Made, plan: str, target: str, unit: str) -> closing.OpenList:
    """为什么还没有办结：还差哪几件，各在谁手里；空的就是可以办结。"""
    with db.read(call.engine) as session:
        found, here, named = _place(session, call, plan, target, unit)
        return closing.still_open(list_open(session, found, unit=here, target=named.id))


@router.post("/{plan}/{target}/{unit}/dates")
def give_dates(
    call: Made, plan: str, target: str, unit: str, body: ChildDates
) -> answers.AssignmentAnswer:
    """给直接下级一个更早的报送时限；due 为 null 就是恢复到本单位的时限。"""
    with db.write(call.engine) as session:
        found, here, named = _place(session, call, plan, target, unit)
        due = parse_date(body.due, field="due").day if body.due else None
        wish = DateWish(body.round, due, body.children, [named.code], body.reason)
        give_earlier_dates(session, found, unit=here, wish=wish, actor=call.actor, at=call.at)
        return _answer(session, call, found, here, named.id, unit)


def _place(
    session: Session, call: Call, plan: str, target: str, unit: str
) -> tuple[Plan, int, TargetRow]:
    found = get_plan_within(session, plan, actor=call.actor)
    here = get_unit_in(session, found, unit, actor=call.actor)
    return found, here, get_target(session, found.id, target)


def _wish(
    session: Session, plan: Plan, unit: int, target: TargetRow, body: Decompose, call: Call
) -> Wish:
    if body.method is not None:
        if body.children or body.own is not None:
            raise MethodAndNumbers
        shares = propose_split(
            session, plan, unit=unit, target=target.id, method=body.method, actor=call.actor
        )
        return Wish(shares.children, shares.own, body.reason)
    written = body.children if body.own is None else {**body.children, "own": body.own}
    read = read_quotas(written, decimals=target.decimals, unit=target.display_unit)
    own = None if body.own is None else read.pop("own")
    return Wish(read, own, body.reason)


def _answer(
    session: Session, call: Call, plan: Plan, here: int, target: int, unit: str
) -> answers.AssignmentAnswer:
    rows = _rows(session, call, plan, here)
    row = next((each for each in rows if each.target == target), None)
    if row is None:
        raise NothingAssigned
    splits = list_splits(session, plan, unit=here, target=target)
    return answers.assignment(row, splits[0] if splits else None, unit=unit)


def _rows(session: Session, call: Call, plan: Plan, here: int) -> list[AssignmentRow]:
    rows = list_assignments(session, plan, unit=here, actor=call.actor)
    return with_close(session, plan, rows, unit=here, actor=call.actor)
