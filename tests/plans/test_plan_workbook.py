"""A plan as a workbook: what is written is read back, and what is wrong is named by its cell."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.errors import Problems
from shuangyong_core.plans.actions.content import Content, content_of
from shuangyong_core.plans.catalogue import catalogue, find_offices, indicators_of
from shuangyong_core.plans.rules.check_plan import check
from shuangyong_core.plans.rules.nodes import write_nodes
from shuangyong_core.plans.rules.read_plan import read_body, read_plan
from shuangyong_core.plans.rules.text import PlanText
from shuangyong_core.plans.rules.usual_plan import usual_plan
from shuangyong_core.plans.workbook import read_plan_file, write_book
from shuangyong_core.units.rules import UnitList
from tests.plans.filling import Desk

ENTRIES = {one.code: one for one in catalogue()}
ROUNDS = ("R1", "R2", "R3", "R4", "R5")
KINDS = ["street", "community", "union_federation", "990106-CY16", "990106001002"]


@pytest.fixture(scope="module")
def offered() -> bytes:
    """The workbook with the catalogue to tick, for 2026."""
    body, _ = usual_plan(2026, Calendar(), issuer="990106")
    body["plan"]["code"] = "linjiang-2026"
    targets = [one.as_target() for one in catalogue()]
    return write_book(body, offered=targets, indicators=[dict(e.indicator) for e in catalogue()])


@pytest.fixture(scope="module")
def example(plan_file: str) -> dict[str, Any]:
    body: dict[str, Any] = yaml.safe_load(plan_file)
    return body


def content(text: PlanText) -> Content:
    """What would be kept of it."""
    return content_of(text, check(text, None, Calendar()).dated, issuer=1)


def refused(data: bytes) -> dict[str, tuple[str, str]]:
    """The cells that are refused, with code and sentence."""
    with pytest.raises(Problems) as wrong:
        read_plan_file(data, file="计划.xlsx")
    assert all(one.file == "计划.xlsx" for one in wrong.value.problems)
    return {one.field or "": (one.code, one.message) for one in wrong.value.problems}


def test_the_example_comes_back_from_its_workbook(
    example: dict[str, Any], plan_text: PlanText
) -> None:
    text, _ = read_plan_file(write_book(example), file="计划.xlsx")

    assert content(text).is_same_as(content(plan_text))
    assert [one.code for one in text.targets] == [one.code for one in plan_text.targets]
    assert text.indicators == plan_text.indicators


GOALS = {
    "count": st.one_of(
        st.integers(0, 5000).map(lambda n: {"total": n, "split": "equal"}),
        st.integers(0, 99).map(lambda n: {"each": n, "note": "示例"}),
        st.just({"total": 9, "split": "manual", "shares": {"990106001002": 4, "990106-CY16": 5}}),
        st.just({"total": 12, "split": "base:households"}),
        st.just({"none": True}),
    ),
    "money": st.decimals(0, 9999, places=2).map(lambda d: {"total": str(d), "split": "base:old"}),
    "ratio": st.integers(1, 10000).map(lambda n: {"ratio": f"{n / 10000:.4f}"}),
    "score": st.just({"each": "90.5"}),
    "text": st.just({"none": True}),
    "yes_no": st.sampled_from([{"done": True}, {"none": True}]),
    "date": st.just({"done": True}),
}
SOME_ROUNDS = st.lists(st.sampled_from(ROUNDS), min_size=1, unique=True).map(sorted)
WHO = st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True)


@st.composite
def ticked(draw: st.DrawFn) -> dict[str, Any]:
    """An entry of the catalogue, changed as an office may change it."""
    entry = ENTRIES[draw(st.sampled_from(sorted(ENTRIES)))]
    goals = GOALS[entry.indicator["kind"]]
    target = entry.as_target(
        who=draw(WHO), rounds=draw(SOME_ROUNDS), goal=draw(goals),
        weight=draw(st.sampled_from([None, 0, 5])), per=draw(st.sampled_from([None, "due"])),
        done_by=draw(st.sampled_from([None, ["2026-02-10"], ["季末", "春节-1wd"]])),
        evidence=draw(st.sampled_from([None, {"photos": 2, "required": True}, {"place": True}])),
    )  # fmt: skip
    if not entry.is_automatic and draw(st.booleans()):
        halves = target["reported_by"][:1], target["reported_by"][1:] or ["member_unit"]
        target["reported_by"] = [
            {"who": halves[0], "rounds": draw(SOME_ROUNDS), "goal": {"none": True}},
            {"who": halves[1], "on_behalf_of": "grassroots_union"},
        ]
    return target


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(targets=st.lists(ticked(), min_size=1, max_size=6, unique_by=lambda one: one["code"]))
def test_whatever_is_ticked_and_changed_comes_back(targets: list[dict[str, Any]]) -> None:
    body, _ = usual_plan(2026, Calendar(), issuer="990106")
    body |= {"targets": targets, "indicators": indicators_of(targets)}
    said = read_body(body)

    from_book, _ = read_plan_file(write_book(body), file="a.xlsx")
    from_yaml = read_plan(write_nodes(body))

    assert content(from_yaml) == content(said)
    assert content(from_book) == content(said)
    assert from_book.indicators == said.indicators


def test_nothing_is_ticked_in_a_new_one_and_that_is_said(offered: bytes) -> None:
    sheet = Desk(offered).sheet("任务")

    assert {cell.value for cell in sheet["A"][3:]} == {None}
    assert {cell.value for cell in sheet["B"][3:]} == {*ENTRIES, None}
    ((code, message),) = refused(offered).values()
    assert code == "blank"
    assert "没有打 √" in message


def test_all_of_it_ticked_with_its_defaults_has_no_problem(units: UnitList) -> None:
    body, _ = usual_plan(2026, Calendar(), issuer="990106")
    names = [(one.code, one.name) for one in units.units if one.kind == "member_unit"]
    body["targets"] = [one.as_target(offices=find_offices(names)) for one in catalogue()]
    body["indicators"] = indicators_of(body["targets"])

    text, places = read_plan_file(write_book(body), file="a.xlsx")

    assert check(text, units, Calendar()).problems == ()
    assert len(text.targets) == 88
    assert places.spots


def test_every_problem_is_named_by_its_sheet_and_cell(offered: bytes) -> None:
    desk = Desk(offered)
    desk.tick("A04", "C03", "C01", "B06", "D06")
    wrong = {
        desk.head("年度", "明年"): "not_a_number",
        desk.put("报送", 5, "报送时限", None): "blank",
        desk.target("A04", "目标类型", "很多"): "no_choice",
        desk.target("C03", "分解方式", "随便"): "unknown_split",
        desk.target("C01", "指标编码", "garrison"): "unknown_indicator",
        desk.target("C01", "R1", "×"): "not_a_tick",
        desk.target("B06", "目标数", None): "blank",
        desk.target("D06", "谁报", "街办"): "",
        desk.target("D06", "权重", "1000"): "out_of_range",
    }

    found = refused(desk.saved())

    # That 街办 is no unit is known only once the plan is held against the units.
    assert {cell: code for cell, (code, _) in found.items()} == {
        cell: code for cell, code in wrong.items() if code
    }


def test_a_line_of_the_head_that_would_be_lost_is_refused(offered: bytes) -> None:
    desk = Desk(offered)
    desk.tick("A04")
    desk.add("计划", ("年度", 2027), ("依据的文件", "区发1号"), ("附记", None))

    found = refused(desk.saved())

    assert [code for code, _ in found.values()] == ["duplicate_code", "unknown_field"]
    assert all(cell.startswith("计划!A") for cell in found)


def test_what_the_check_finds_is_named_by_its_cell_too(offered: bytes, units: UnitList) -> None:
    desk = Desk(offered)
    desk.tick("A04", "C01")
    who = desk.target("A04", "谁报", "街办")
    desk.put("报送", 4, "报送时限", "2026-13-01")

    text, places = read_plan_file(desk.saved(), file="计划.xlsx")
    problems = places.name(check(text, units, Calendar()).problems)

    assert [one.field for one in problems if one.code == "rule_unknown"] == ["报送!D4"]
    (unit,) = [one for one in problems if one.code == "unknown_unit"]
    assert (unit.field, unit.row, unit.column) == (who, int(who[4:]), "谁报")


def test_a_target_in_groups_has_a_row_of_its_own_and_one_a_group(offered: bytes) -> None:
    desk = Desk(offered)
    desk.tick("B03")
    desk.target("B03", "R3", "√", nth=2)

    text, _ = read_plan_file(desk.saved(), file="计划.xlsx")

    (target,) = text.targets
    assert [group.who for group in target.groups] == [
        ("street", "community", "union_federation"), ("grassroots_union",),
    ]  # fmt: skip
    assert target.groups[1].rounds == ("R3", "R4")


def test_a_sixth_round_is_a_row_and_a_tick_and_a_tick_without_it_is_named(
    offered: bytes, units: UnitList
) -> None:
    desk = Desk(offered)
    desk.tick("C01")
    desk.target("C01", "R6", "√")
    text, places = read_plan_file(desk.saved(), file="计划.xlsx")
    (missing,) = places.name(check(text, units, Calendar()).problems)
    desk.put("报送", 9, "编码", "R6")
    desk.put("报送", 9, "名称", "年终")
    desk.put("报送", 9, "报送时限", "2026-12-25")

    whole, _ = read_plan_file(desk.saved(), file="计划.xlsx")

    assert (missing.code, (missing.field or "")[:3]) == ("unknown_round", "任务!")
    assert check(whole, units, Calendar()).problems == ()
    assert [one.code for one in whole.rounds] == [*ROUNDS, "R6"]
    assert whole.targets[0].groups[0].rounds == ("R1", "R6")


def test_two_rows_of_one_code_are_refused_unless_they_are_groups(offered: bytes) -> None:
    desk = Desk(offered)
    desk.tick("C01", "B03")
    second = desk.target("C02", "任务编码", "C01")
    lone = desk.target("B04", "选", "√")
    desk.target("B04", "任务编码", "B05")

    found = refused(desk.saved())

    assert found[f"任务!B{desk.row('任务', 'C01', column='B')}"][0] == "duplicate_code"
    assert second not in found
    assert lone not in found


def test_hidden_rows_that_are_ticked_are_read_and_said(offered: bytes) -> None:
    desk = Desk(offered)
    desk.tick("C01")
    row = desk.row("任务", "C01", column="B")
    desk.sheet("任务").row_dimensions[row].hidden = True

    text, _ = read_plan_file(desk.saved(), file="计划.xlsx")

    assert [one.code for one in text.targets] == ["C01"]
    assert f"任务!{row} 行是隐藏的" in text.notes[0]


def test_formulas_without_a_value_and_merged_cells_are_refused(offered: bytes) -> None:
    desk = Desk(offered)
    desk.tick("C01")
    formula = desk.target("C01", "目标数", "=1+1")
    row = desk.row("任务", "C01", column="B")
    desk.sheet("任务").merge_cells(f"E{row}:F{row}")

    found = refused(desk.saved())

    assert found[formula][0] == "no_value"
    assert found[f"任务!E{row}"][0] == "merged"


def test_a_workbook_without_its_sheets_is_refused_by_name(offered: bytes) -> None:
    desk = Desk(offered)
    desk.sheet("报送").title = "日期"

    ((code, message),) = refused(desk.saved()).values()

    assert (code, "“报送”" in message) == ("no_sheet", True)
