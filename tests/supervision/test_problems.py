"""A problem goes up until it is answered, and its raiser closes it; A05 counts the answers."""

from __future__ import annotations

from datetime import date

import pytest

from shuangyong_core import db
from shuangyong_core.errors import Conflict, NotFound, Problems
from shuangyong_core.supervision import actions
from shuangyong_core.supervision.actions.answer_problem import OnlyHolder, OnlyRaiser, Topmost
from shuangyong_core.supervision.actions.raise_problem import NobodyAbove, Raised
from shuangyong_core.supervision.queries.problems import list_problems
from tests.supervision.place import A05, Office

ASKED = Raised("优抚对象住房漏雨", "两户待修，请协调经费。", date(2026, 7, 30))


def test_a_problem_goes_up_and_comes_back(office: Office) -> None:
    name = office.do(actions.raise_problem, ASKED, by="community", key="k")
    again = office.do(actions.raise_problem, ASKED, by="community", key="k")

    with pytest.raises(OnlyHolder):
        office.do(actions.answer_problem, name, by="office", text="办")
    office.do(actions.pass_up, name, by="street", reason="街道没有经费")
    with pytest.raises(Topmost):
        office.do(actions.pass_up, name, by="office")
    office.do(actions.answer_problem, name, by="office", text="已列入八月计划。")
    office.do(actions.reopen_problem, name, by="community", reason="还差一户")
    office.do(actions.answer_problem, name, by="office", text="第二户也已列入。")
    with pytest.raises(OnlyRaiser):
        office.do(actions.close_problem, name, by="street")
    assert office.told(3, only_unread=True) == ["settled"]  # the latest of three
    for _ in range(2):  # the same again gives the first answer
        office.do(actions.close_problem, name, by="community")
    assert [office.told(unit, only_unread=True) for unit in (1, 2, 3)] == [[], [], []]
    with pytest.raises(Conflict, match="已办结"):
        office.do(actions.answer_problem, name, by="office", text="再答一次")

    assert name == again == "990106-2026-1"
    assert office.told(2) == ["raised"]
    assert office.told(1) == ["raised", "raised"]
    assert office.told(3) == ["settled", "settled", "settled"]


def test_what_a_street_answers_counts_for_it(office: Office) -> None:
    name = office.do(actions.raise_problem, ASKED, by="community")
    office.do(actions.raise_problem, ASKED, by="neighbour")

    office.do(actions.answer_problem, name, by="street", text="已修好。")
    office.do(actions.answer_problem, name, by="street", text="已修好。")

    assert office.counted(A05) == [(2, 3, 1, 2)]


def test_everybody_sees_their_own_branch(office: Office) -> None:
    office.do(actions.raise_problem, ASKED, by="community")

    with db.read(office.engine) as session:
        seen = {
            name: [(row.number, row.unit_name, row.holder_name)
                   for row in list_problems(session, actor=office.people[name])]
            for name in ("leader", "street", "sibling", "neighbour")
        }  # fmt: skip

    row = [("需协调〔2026〕1号", "望江社区", "江滨街道")]
    assert seen == {"leader": row, "street": row, "sibling": [], "neighbour": []}
    with pytest.raises(NotFound):
        office.do(actions.close_problem, "990106-2026-1", by="neighbour")


def test_bad_input_is_refused(office: Office) -> None:
    with pytest.raises(Problems) as refused:
        office.do(
            actions.raise_problem, Raised("", "电话 13812345678", date(2026, 7, 1)), by="community"
        )

    assert [each.field for each in refused.value.problems] == ["title", "text", "wished_by"]
    with pytest.raises(NobodyAbove):
        office.do(actions.raise_problem, ASKED, by="office")
