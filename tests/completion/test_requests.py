"""A request is asked once, decided once, by whom the plan says; nobody sees another's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event, select, update

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.ask_request import AlreadyAsked
from shuangyong_core.assignments.actions.close_request import NotYourRequest, RequestOver
from shuangyong_core.assignments.queries.held import NothingAssigned
from shuangyong_core.assignments.queries.requests import RequestRow, list_to_decide
from shuangyong_core.assignments.rules.requests import (
    Kind,
    MayNotDecide,
    OwnRequest,
    RequestStatus,
)
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.completion.actions.decide_request import CannotGrant, EffectMoved
from shuangyong_core.errors import NotFound, Problems, Refused
from shuangyong_core.marks.models import Step
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import NotAllowed, OutOfReach
from shuangyong_core.plans.queries.plan import PlanNotFound
from tests.completion.asking import REASON, ask, decide, dues, effect, extend, seen, withdraw
from tests.reports.place import COMMUNITY, ROUND, Street

LATER = date(2026, 7, 31)
OPERATOR = Actor("operator", None, "操作员")


@pytest.mark.databases("postgresql")
def test_what_is_decided_between_two_looks_is_asked_anew(street: Street) -> None:
    asked = {"until": LATER, "actor": OPERATOR, "at": street.at}
    first = extend(street.engine, COMMUNITY, **asked)
    withdrawn: list[RequestRow] = []

    @event.listens_for(street.engine, "after_cursor_execute")
    def another(_: Any, __: Any, statement: str, *___: Any) -> None:
        # Another takes the first back right after the second ran into it.
        if statement.startswith("INSERT INTO request") and not withdrawn:
            withdrawn.append(first)
            withdraw(street.engine, first, actor=OPERATOR, at=street.at)

    second = extend(street.engine, COMMUNITY, **asked)

    event.remove(street.engine, "after_cursor_execute", another)
    assert withdrawn
    assert (second.id > first.id, second.status) == (True, RequestStatus.OPEN)


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    ("wish", "fields"),
    [
        ({"until": date(2026, 7, 10)}, ["until"]),  # not later than the first date
        ({"until": date(2026, 7, 15)}, ["until"]),  # later, and over already
        ({"until": date(2027, 1, 5)}, ["until"]),  # of another year
        ({"reason": " \n"}, ["reason"]),
        ({"reason": "字" * 501}, ["reason"]),
        ({"reason": "联系人电话 13912345678"}, ["reason"]),
        ({"until": None, "round": None}, ["round", "until"]),
        ({"kind": Kind.EXEMPTION}, ["round", "until"]),
        ({"kind": Kind.SUSPENSION, "target": None, "round": None, "until": None}, ["target"]),
        ({"kind": Kind.RESUMPTION, "round": None, "until": None}, ["target"]),
        ({"unit": "990106001002", "target": "B03"}, []),  # the neighbour has it
        ({"unit": "990106001002", "target": "C06"}, NothingAssigned),
        ({"target": "X99"}, PlanNotFound),
        ({"round": "R9"}, PlanNotFound),
    ],
)
def test_what_cannot_be_asked_is_told_all_at_once(
    street: Street, wish: dict[str, Any], fields: list[str] | type[Refused]
) -> None:
    asked = {"unit": COMMUNITY, "kind": Kind.EXTENSION, "target": "B03", "round": ROUND}
    asked |= {"until": LATER, "actor": OPERATOR, "at": street.at} | wish
    where, kind = asked.pop("unit"), asked.pop("kind")
    if fields == []:
        assert ask(street.engine, where, kind, **asked).on_behalf
        return

    expected = Problems if isinstance(fields, list) else fields
    with pytest.raises(expected) as refused:
        ask(street.engine, where, kind, **asked)

    if isinstance(fields, list):
        assert [problem.field for problem in refused.value.problems] == fields


def test_the_same_asked_twice_gives_the_first_answer(street: Street) -> None:
    engine, who = street.engine, {"actor": street.clerk, "at": street.at}
    first = extend(engine, COMMUNITY, LATER, target="B03", **who)

    again = extend(engine, COMMUNITY, LATER, target="B03", **who)

    assert again == first
    with pytest.raises(AlreadyAsked, match="望江社区联络员"):
        extend(engine, COMMUNITY, LATER, target="B03", actor=street.street_clerk, at=street.at)
    with pytest.raises(AlreadyAsked):
        extend(engine, COMMUNITY, LATER + timedelta(days=1), target="B03", **who)
    other = extend(engine, COMMUNITY, LATER, target="C06", **who)
    assert other.id != first.id
    # The same words about something else are another question, not the first one again.
    ask(engine, COMMUNITY, Kind.EXEMPTION, target="C06", **who)
    with pytest.raises(AlreadyAsked):
        ask(engine, COMMUNITY, Kind.SUSPENSION, target="C06", **who)


def test_it_is_taken_back_by_whoever_put_it(street: Street) -> None:
    engine, at = street.engine, street.at
    first = extend(engine, COMMUNITY, LATER, actor=street.clerk, at=at)
    with pytest.raises(NotYourRequest):
        withdraw(engine, first, actor=street.street_clerk, at=at)

    taken = withdraw(engine, first, actor=street.clerk, at=at)
    again = withdraw(engine, first, actor=street.clerk, at=at)

    assert (taken.status, again) == ("withdrawn", taken)
    with pytest.raises(RequestOver, match="撤回"):
        decide(engine, first, actor=street.issuer, at=at)
    assert extend(engine, COMMUNITY, LATER, actor=street.clerk, at=at).id != first.id


def test_a_refusal_says_why_and_changes_nothing(street: Street) -> None:
    engine, at = street.engine, street.at
    asked = extend(engine, COMMUNITY, LATER, target="B03", actor=street.clerk, at=at)
    with pytest.raises(Problems):
        decide(engine, asked, grant=False, actor=street.issuer, at=at)

    refused = decide(engine, asked, grant=False, answer="上级要汇总", actor=street.issuer, at=at)
    again = decide(engine, asked, grant=False, answer="上级要汇总", actor=street.issuer, at=at)

    assert (refused.decision, refused.answer, again) == ("refused", "上级要汇总", refused)
    assert dues(engine, COMMUNITY, "B03")[ROUND][1:] == (date(2026, 7, 10), 1, True)
    with pytest.raises(RequestOver, match="不同意了这项申请"):
        decide(engine, asked, actor=OPERATOR, at=at)
    with db.read(engine) as session:
        acts = session.scalars(select(AuditEntry.act).where(AuditEntry.act.like("request.%")))
        assert acts.all() == ["request.ask", "request.refused"]
        steps = session.scalars(select(Step.to_status).where(Step.subject_kind == "request"))
        assert steps.all() == ["open", "refused"]


def test_of_two_who_decide_at_once_one_wins(street: Street) -> None:
    engine, at = street.engine, street.at
    asked = extend(engine, COMMUNITY, LATER, actor=street.clerk, at=at)
    begin = Barrier(2)

    def run(actor: Actor, grant: bool) -> str:
        begin.wait()
        try:
            decide(engine, asked, grant=grant, answer="已核实", actor=actor, at=at)
        except RequestOver as over:
            return over.code
        return "granted" if grant else "refused"

    with ThreadPoolExecutor(2) as pool:
        came = [pool.submit(run, street.issuer, True), pool.submit(run, OPERATOR, False)]
        outcomes = {one.result() for one in came}

    (won,) = outcomes - {"request_over"}
    assert outcomes == {won, "request_over"}
    assert seen(engine, asked, OPERATOR).decision == won
    until = LATER if won == "granted" else date(2026, 7, 10)
    assert dues(engine, COMMUNITY, "B03")[ROUND][1] == until


@pytest.mark.databases("sqlite")
def test_the_plan_says_who_decides(street: Street) -> None:
    engine, at = street.engine, street.at
    asked = extend(engine, COMMUNITY, LATER, actor=street.clerk, at=at)
    with pytest.raises(MayNotDecide, match="发布单位"):
        decide(engine, asked, actor=street.reviewer, at=at)
    assert waiting(street, street.reviewer) == []
    with db.write(engine) as session:
        session.execute(update(Plan).values(requests_by="superior"))

    assert waiting(street, street.reviewer) == waiting(street, street.issuer) == [asked.id]
    assert waiting(street, street.stranger) == waiting(street, street.clerk) == []
    assert decide(engine, asked, actor=street.reviewer, at=at).decision == "granted"


@pytest.mark.databases("sqlite")
def test_nobody_decides_their_own_and_a_stranger_sees_nothing(street: Street) -> None:
    engine, at = street.engine, street.at
    both = Actor("user", street.clerk.id, "", (*street.clerk.grants, *street.issuer.grants))
    own = extend(engine, COMMUNITY, LATER, actor=both, at=at)

    with pytest.raises(OwnRequest):
        decide(engine, own, actor=both, at=at)
    assert waiting(street, both) == []
    with pytest.raises(NotFound):
        decide(engine, own, actor=street.stranger, at=at)
    with pytest.raises(OutOfReach):
        extend(engine, COMMUNITY, LATER, actor=street.stranger, at=at)
    with pytest.raises(NotAllowed):
        extend(engine, COMMUNITY, LATER, actor=street.viewer, at=at)


@pytest.mark.databases("sqlite")
def test_only_what_was_seen_is_granted(street: Street) -> None:
    engine, at = street.engine, street.at
    whole = extend(engine, COMMUNITY, LATER, actor=street.clerk, at=at)
    before = effect(engine, whole, at=at)
    street.send()

    with pytest.raises(EffectMoved):
        decide(engine, whole, seal=before.seal, actor=street.issuer, at=at)

    now = effect(engine, whole, at=at)
    assert (before.late_before, now.late_before) == (6, 0)
    assert all(item.is_reported for item in now.items)
    assert decide(engine, whole, seal=now.seal, actor=street.issuer, at=at).decision == "granted"


@pytest.mark.databases("sqlite")
def test_what_cannot_be_given_any_more_can_still_be_refused(street: Street) -> None:
    engine, at = street.engine, street.at
    asked = extend(engine, COMMUNITY, LATER, actor=street.clerk, at=at)
    too_late = at + timedelta(days=20)

    with pytest.raises(CannotGrant):
        decide(engine, asked, actor=street.issuer, at=too_late)

    assert (
        decide(
            engine, asked, grant=False, answer="日期已过", actor=street.issuer, at=too_late
        ).decision
        == "refused"
    )
    assert asked.reason == REASON


def waiting(street: Street, actor: Actor) -> list[int]:
    """The numbers of the requests that wait for an actor."""
    with db.read(street.engine) as session:
        plan = session.get_one(Plan, 1)
        return [row.id for row in list_to_decide(session, plan, actor=actor)]
