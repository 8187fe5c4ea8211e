"""A hand-out from its number to 销号: who may do what, and what K01 makes of it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from shuangyong_core import db
from shuangyong_core.errors import Conflict, Problems, Refused
from shuangyong_core.marks.models import Mark, Step
from shuangyong_core.plans.queries.authority import NotAllowed, OutOfReach
from shuangyong_core.rollups.actions import fold, verify
from shuangyong_core.rollups.models import Cell
from shuangyong_core.supervision import actions
from shuangyong_core.supervision.actions.answer import StillPassedOn
from shuangyong_core.supervision.actions.answer_problem import OnlyHolder
from shuangyong_core.supervision.actions.decide import OwnAnswer
from shuangyong_core.supervision.actions.raise_problem import Raised
from shuangyong_core.supervision.models import Handout
from shuangyong_core.supervision.queries.acting import NoPlanRuns
from shuangyong_core.supervision.queries.place import HandoutNotFound, OnlyGiver
from shuangyong_core.supervision.queries.register import get_handout, list_handouts
from shuangyong_core.supervision.queries.waiting import list_waiting_parts
from tests.supervision.place import COMMUNITY, K01, NEIGHBOUR, SIBLING, STREET, Office
from tests.web.counting import counted


def statuses(office: Office, name: str, *, by: str = "office") -> dict[str, str]:
    """This function will give where each unit that somebody sees stands."""
    with db.read(office.engine) as session:
        row = get_handout(session, name, actor=office.people[by], today=office.at.date())
    return {each.part.unit_code: each.part.status.value for each in row.parts}


def test_a_handout_goes_through_the_street_and_comes_back(office: Office) -> None:
    name = office.issue()

    office.do(actions.acknowledge_handout, name, STREET, by="street")
    office.do(
        actions.pass_on, name, STREET, by="street", units=[COMMUNITY], due_date=date(2026, 7, 28)
    )
    with pytest.raises(StillPassedOn, match="望江社区"):
        office.do(actions.answer_handout, name, STREET, by="street", text="已办")
    office.answered(name, COMMUNITY, by="community")
    with pytest.raises(OnlyGiver, match="江滨街道"):
        office.do(actions.close_handout, name, COMMUNITY, by="office")
    office.do(actions.close_handout, name, COMMUNITY, by="street_checker")
    office.do(actions.answer_handout, name, STREET, by="street", text="已办")
    before = office.counted(K01)
    office.do(actions.close_handout, name, STREET, by="office")

    assert name == "990106-2026-1"
    assert before == []  # nothing is due yet
    assert office.counted(K01) == [(2, 3, 1, 1)]
    assert statuses(office, name) == {STREET: "closed", COMMUNITY: "closed", SIBLING: "issued"}
    assert statuses(office, name, by="community") == {COMMUNITY: "closed"}
    assert office.told(2) == ["handed_out", "answered", "struck_off"]
    assert office.told(3) == ["handed_out", "struck_off"]
    # What was asked is done by the act that answered it; what it came to is still to be read.
    unread = {unit: office.told(unit, only_unread=True) for unit in (1, 2, 3)}
    assert unread == {1: [], 2: ["struck_off"], 3: ["struck_off"]}
    with db.read(office.engine) as session:
        moves = select(Step.to_status).where(Step.subject_kind == "handout", Step.unit == 2)
        taken = list(session.scalars(moves.order_by(Step.id)))
    assert taken == ["issued", "acknowledged", "passed_on", "reported", "closed"]


def test_k01_tells_what_was_due_and_closed_in_time(office: Office) -> None:
    name = office.issue()
    office.answered(name, STREET, by="street")
    office.do(actions.close_handout, name, STREET, by="office")
    office.answered(name, SIBLING, by="sibling", days=14)  # after the deadline
    with db.write(office.engine) as session:
        fold(session, at=office.at)
        rate = select(Cell.numerator, Cell.denominator).where(Cell.target == K01, Cell.unit == 1)
        cells = session.execute(rate).all()

    assert office.counted(K01) == [(2, 3, 1, 1), (5, 3, 0, 1)]
    assert set(cells) == {(1, 2)}
    with db.write(office.engine) as session:
        assert verify(session) == []


def test_what_waits_to_be_struck_off_makes_nobody_late(office: Office) -> None:
    name = office.issue()
    office.answered(name, STREET, by="street")

    with db.write(office.engine) as session:
        actions.sweep(session, at=office.at.replace(month=9))
        actions.sweep(session, at=office.at.replace(month=9))
        marks = session.scalar(select(func.count()).select_from(Mark).where(Mark.target == K01))

    assert office.counted(K01) == [(5, 3, 0, 1)]
    assert marks == 1  # the second sweep found nothing new


def test_a_return_gives_days_to_mend(office: Office) -> None:
    name = office.issue([STREET])
    office.answered(name, STREET, by="street", days=11)  # on the day itself
    with pytest.raises(Problems):
        office.do(actions.return_answer, name, STREET, by="office", days=11, reason=" ")

    office.do(actions.return_answer, name, STREET, by="office", days=11, reason="少一户")
    office.do(actions.answer_handout, name, STREET, by="street", days=16, text="已补。")
    office.do(actions.close_handout, name, STREET, by="office", days=16)

    assert office.counted(K01) == [(2, 3, 1, 1)]
    assert office.told(2) == ["handed_out", "returned", "struck_off"]


def test_numbers_follow_each_other_and_a_key_stands_for_one(office: Office) -> None:
    first = office.issue(key="a")

    again = office.issue(key="a")
    for other in ({"title": "另一件"}, {"units": [STREET]}):
        with pytest.raises(Conflict, match="双拥交办〔2026〕1号"):
            office.issue(key="a", **other)
    with pytest.raises(Problems):
        office.issue([], key="b")
    second = office.issue([STREET])
    of_street = office.issue([COMMUNITY], by="street")

    assert (first, again, second) == ("990106-2026-1", "990106-2026-1", "990106-2026-2")
    with db.read(office.engine) as session:
        numbers = session.scalars(select(Handout.number).order_by(Handout.id)).all()
    assert numbers == ["双拥交办〔2026〕1号", "双拥交办〔2026〕2号", "江滨街道交办〔2026〕1号"]
    assert of_street == f"{STREET}-2026-1"
    cost = []
    for who in ("sibling", "office"):  # one hand-out, and three
        with db.read(office.engine) as session, counted(office.engine) as sent:
            list_handouts(session, actor=office.people[who], today=office.at.date())
        cost.append(len(sent))
    assert cost[1] <= cost[0]


def test_a_community_is_reached_through_its_street(office: Office) -> None:
    with pytest.raises(Problems) as refused:
        office.issue([STREET, COMMUNITY])

    assert "请交办给江滨街道，由它转办" in refused.value.problems[0].message
    name = office.issue([COMMUNITY], is_direct=True)
    assert statuses(office, name) == {COMMUNITY: "issued"}
    office.do(actions.acknowledge_handout, name, COMMUNITY, by="community")
    assert office.told(2, only_unread=True) == ["handed_past"]  # not the street's to answer
    office.do(actions.withdraw_unit, name, COMMUNITY, by="office", reason="不涉及")
    assert office.told(2, only_unread=True) == []


def test_bad_input_is_refused_at_once(office: Office) -> None:
    with pytest.raises(Problems) as refused:
        office.issue([], due_date=date(2026, 7, 19), title="某部队番号 32345 部队慰问")

    codes = {problem.code for problem in refused.value.problems}
    assert {"no_units", "deadline_past"} < codes
    assert len(codes) == 3  # and what the guard found
    with pytest.raises(OutOfReach):
        office.issue([SIBLING], by="street")
    with pytest.raises(NotAllowed):
        office.issue([COMMUNITY], by="street_checker")
    with pytest.raises(NoPlanRuns):
        office.issue([COMMUNITY], by="nobody")


def test_only_who_handed_out_decides_and_nobody_over_their_own(office: Office) -> None:
    name = office.issue([STREET])
    office.answered(name, STREET, by="office")  # typed for the street

    with pytest.raises(OwnAnswer):
        office.do(actions.close_handout, name, STREET, by="office")
    with pytest.raises(HandoutNotFound):
        office.do(actions.close_handout, name, STREET, by="sibling")
    with pytest.raises(Refused):
        office.do(actions.cancel_handout, name, by="street", reason="不办了")
    office.do(actions.close_handout, name, STREET, by="office_checker")
    office.do(actions.close_handout, name, STREET, by="office_checker")  # the same again
    with pytest.raises(Conflict, match="已销号"):
        office.do(actions.return_answer, name, STREET, by="office", reason="晚了")


def test_a_cancelled_one_keeps_its_number_and_counts_for_nobody(office: Office) -> None:
    name = office.issue()
    office.do(actions.acknowledge_handout, name, STREET, by="street")
    office.do(actions.pass_on, name, STREET, by="street", units=[COMMUNITY, NEIGHBOUR])
    office.do(actions.withdraw_unit, name, COMMUNITY, by="street", reason="不涉及")
    with db.write(office.engine) as session:
        actions.sweep(session, at=office.at.replace(month=9))
    late = office.counted(K01)

    for _ in range(2):  # the same again gives the first answer
        office.do(actions.cancel_handout, name, by="office", reason="合并到另一件", days=50)

    assert late == [(2, 3, 0, 1), (5, 3, 0, 1)]
    assert office.counted(K01) == []
    assert set(statuses(office, name).values()) == {"withdrawn"}
    assert office.issue() == "990106-2026-2"
    with db.read(office.engine) as session:
        rows = list_handouts(session, actor=office.people["neighbour"], today=office.at.date())
    assert [row.status.value for row in rows] == ["cancelled"]


@pytest.mark.databases("sqlite")
def test_who_is_late_still_passes_on_and_all_of_it_is_taken_back(office: Office) -> None:
    office.hang(6, "990106001001001", under=3)
    name = office.issue([STREET])
    office.do(actions.acknowledge_handout, name, STREET, by="street")
    on = {"by": "street", "units": [COMMUNITY]}
    august = date(2026, 8, 7)
    refused = []
    for days, how in ((0, {"due_date": august}), (14, {})):
        with pytest.raises(Problems) as wrong:
            office.do(actions.pass_on, name, STREET, days=days, **on, **how)
        refused += [problem.code for problem in wrong.value.problems]

    office.do(actions.pass_on, name, STREET, days=14, due_date=august, **on)
    office.do(actions.acknowledge_handout, name, COMMUNITY, by="operator", days=14)
    office.do(actions.pass_on, name, COMMUNITY, by="operator", days=14, units=["990106001001001"])
    office.do(actions.withdraw_unit, name, STREET, by="office", reason="不办了", days=15)

    assert refused == ["deadline_after", "deadline_past"]
    assert set(statuses(office, name).values()) == {"withdrawn"}
    assert len(statuses(office, name)) == 3


@pytest.mark.databases("sqlite")
def test_what_a_merged_unit_began_is_ended_by_its_successor(office: Office) -> None:
    name = office.issue([COMMUNITY], by="street")
    mine = office.issue([STREET])
    office.answered(name, COMMUNITY, by="community")
    asked = office.do(actions.raise_problem, Raised("漏雨", "两户待修。"), by="community")
    with pytest.raises(OnlyHolder):
        office.do(actions.answer_problem, asked, by="office", text="办")
    office.merge_street()

    with db.read(office.engine) as session:
        waits = list_waiting_parts(session, 1, actor=office.people["sibling"])
        assert {(one.reference, one.status.value) for one in waits} == {
            (name, "reported"), (mine, "issued"),
        }  # fmt: skip
    office.do(actions.close_handout, name, COMMUNITY, by="sibling")
    office.do(actions.acknowledge_handout, mine, STREET, by="sibling")
    office.do(actions.answer_problem, asked, by="sibling", text="已修好。")
    with pytest.raises(OutOfReach):
        office.issue([STREET])
