"""Figures as cells and back, without a database: nothing is lost, nothing is guessed."""

from __future__ import annotations

from datetime import date
from functools import partial
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuangyong_core.errors import Problems
from shuangyong_core.reports.rules.figures import read_figures
from shuangyong_core.reports.rules.offered import REASONS
from shuangyong_core.reports.rules.required import FigureState, FigureValue, RequiredFigure
from shuangyong_core.reports.rules.workbook.cells import EPOCH_ORDINAL, cells_of, figure_of
from shuangyong_core.reports.rules.workbook.columns import columns_of

COUNT = RequiredFigure(1, "B03", "宣传", 1, "count", "次", count_parts=("双拥", "国防"))
MONEY = RequiredFigure(2, "C06", "慰问金", 2, "money", "元", 2)
RATIO = RequiredFigure(3, "B06", "覆盖率", 3, "ratio", "%")
TICKS = RequiredFigure(4, "A16", "同安排", 4, "yes_no", tick_parts=("安排", "宣传"))
YES_NO = RequiredFigure(5, "A17", "已办", 5, "yes_no")
DATE = RequiredFigure(6, "F10", "更新", 6, "date", year=2026)
TEXT = RequiredFigure(7, "T01", "做法", 7, "text")
KEYS = RequiredFigure(8, "C01", "走访", 8, "count", "个", over_units="distinct")
COVERED = RequiredFigure(9, "D12", "帮扶", 9, "count", "人", is_on_behalf=True)
ITEMS = (COUNT, MONEY, RATIO, TICKS, YES_NO, DATE, TEXT, KEYS, COVERED)
NUMBERS = st.integers(0, 10**12)
WORDS = st.text(st.characters(categories=["Lo", "Nd"]), min_size=1, max_size=20).map(
    partial(normalize, "NFC")
)
ALIASES = st.text(st.sampled_from("驻军单位甲乙丙、，;AB"), min_size=1, max_size=8)


def reported(item: RequiredFigure, **facts: object) -> FigureValue:
    return FigureValue(item.indicator, FigureState.REPORTED, **facts)  # type: ignore[arg-type]


@st.composite
def values(draw: st.DrawFn, item: RequiredFigure) -> FigureValue:
    if draw(st.integers(0, 5)) == 0:
        why = draw(st.sampled_from(REASONS) | WORDS)
        return FigureValue(item.indicator, FigureState.NOT_INVOLVED, text=why)
    if item.asks_keys:
        keys = tuple(sorted(draw(st.sets(ALIASES, max_size=4))))
        return reported(item, numerator=len(keys), keys=keys)
    if item.kind == "ratio":
        whole = draw(st.integers(1, 10**6))
        return reported(item, numerator=draw(st.integers(0, whole)), denominator=whole)
    if item.kind == "yes_no":
        ticks = tuple((name, draw(st.integers(0, 1))) for name in sorted(item.tick_parts))
        done = all(tick for _, tick in ticks) if ticks else draw(st.booleans())
        return reported(item, numerator=int(done), parts=ticks)
    if item.kind == "date":
        day = draw(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
        return reported(item, numerator=day.toordinal() - EPOCH_ORDINAL)
    if item.kind == "text":
        return reported(item, text=draw(WORDS))
    parts = tuple((name, draw(NUMBERS)) for name in sorted(item.count_parts))
    number = sum(part for _, part in parts) if parts else draw(NUMBERS)
    covered = draw(st.none() | st.integers(0, 300)) if item.is_on_behalf else None
    return reported(item, numerator=number, parts=parts, covered=covered)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_what_cells_show_is_read_back_as_the_same_figure(
    item: RequiredFigure, data: st.DataObject
) -> None:
    value = data.draw(values(item))

    # A workbook keeps texts and numbers; what comes back is what a person sees.
    seen = {field: str(cell) for field, cell in cells_of(value, item).items()}
    figure = figure_of(seen, item)

    assert read_figures({item.code: figure}, [item])[0] == [value]


def test_every_column_of_a_figure_has_a_key_of_its_own() -> None:
    keys = [column.key for item in ITEMS for column in columns_of(item)]

    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("不涉及：没有这类对象", "没有这类对象"),
        ("不涉及:没有（含军属）", "没有（含军属）"),
        ("不涉及（没有）", "没有"),
        (" 不涉及 没有 ", "没有"),
        ("不涉及", ""),
    ],
)
def test_not_involved_is_read_with_its_reason(said: str, why: str) -> None:
    assert figure_of({"value": said}, COUNT) == {"not_involved": why}


def test_a_number_beside_not_involved_is_told() -> None:
    figure = figure_of({"value": "不涉及：没有这类对象", "part:双拥": "3"}, COUNT)

    with pytest.raises(Problems) as refused:
        read_figures({"B03": figure}, [COUNT])

    assert [problem.code for problem in refused.value.problems] == ["both"]


@pytest.mark.parametrize("typed", ["A、B", "A，B", "A;B", "A\nB", " A 、 B、"])
def test_aliases_are_parted_as_people_part_them(typed: str) -> None:
    assert figure_of({"keys": typed}, KEYS) == {"keys": ["A", "B"]}


def test_no_alias_at_all_is_zero() -> None:
    assert figure_of({"keys": "0"}, KEYS) == {"keys": []}


def test_blank_cells_are_nothing_said() -> None:
    assert figure_of({"value": " ", "part:双拥": None}, COUNT) is None
