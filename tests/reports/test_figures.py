"""Figures: good ones are read exactly, bad ones are refused with the sentence people read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangyong_core.errors import Problems
from shuangyong_core.reports.rules.body import hash_body
from shuangyong_core.reports.rules.figures import read_figures
from shuangyong_core.reports.rules.required import FigureState, FigureValue, RequiredFigure

COUNT = RequiredFigure(1, "B03", "宣传教育活动", 1, "count", "次")
PARTS = RequiredFigure(1, "B03", "宣传", 1, "count", "次", count_parts=("双拥", "国防"))
MONEY = RequiredFigure(2, "C06", "慰问金", 2, "money", "元", decimals=2)
RATIO = RequiredFigure(3, "B06", "覆盖率", 3, "ratio", "%")
TICKS = RequiredFigure(4, "A16", "同落实", 4, "yes_no", tick_parts=("安排", "宣传"))
YES = RequiredFigure(4, "A16", "同落实", 4, "yes_no")
KEYS = RequiredFigure(5, "C01", "走访驻军单位", 5, "count", "个", over_units="distinct")
DATE = RequiredFigure(6, "F10", "底数更新", 6, "date", year=2026)
TEXT = RequiredFigure(7, "G09", "做法", 7, "text")
SCORE = RequiredFigure(8, "S01", "得分", 8, "score", "分", decimals=1)
BEHALF = RequiredFigure(9, "D12", "帮扶", 9, "count", "人", is_on_behalf=True)


def read(item: RequiredFigure, figure: object) -> tuple[FigureValue, list[str]]:
    values, notes = read_figures({item.code: figure}, [item])
    return values[0], notes


@pytest.mark.parametrize(
    ("item", "figure", "numerator"),
    [
        (COUNT, {"value": 12}, 12),
        (COUNT, {"value": "0"}, 0),
        (PARTS, {"value": "12", "parts": {"国防": 5, "双拥": 7}}, 12),
        (MONEY, {"value": "1200.5"}, 120050),
        (MONEY, {"value": 0.29}, 29),
        (RATIO, {"numerator": 30, "denominator": 31}, 30),
        (YES, {"value": False}, 0),
        (TICKS, {"value": True, "parts": {"安排": True, "宣传": True}}, 1),
        (TICKS, {"value": False, "parts": {"安排": True}}, 0),
        (TICKS, {"parts": {"安排": True, "宣传": True}}, 1),
        (TICKS, {"value": True}, 1),
        (KEYS, {"keys": []}, 0),
        (KEYS, {"keys": ["驻军单位A", "驻军单位B"], "value": 2}, 2),
        (DATE, {"date": "1970-01-02"}, None),
        (DATE, {"date": "2026-01-01"}, 20454),
        (SCORE, {"score": "8.5"}, 85),
        (BEHALF, {"value": "3", "covered": 12}, 3),
    ],
)
def test_a_figure_is_read_exactly(item: RequiredFigure, figure: Any, numerator: int | None) -> None:
    if numerator is None:
        with pytest.raises(Problems):
            read(item, figure)
        return
    value, _ = read(item, figure)
    assert (value.state, value.numerator) == (FigureState.REPORTED, numerator)


@pytest.mark.parametrize(
    ("item", "figure", "note"),
    [
        (COUNT, {"value": "１２"}, "B03：全角数字已转为半角：12"),
        (COUNT, {"value": "1,234"}, "B03：千分位逗号已去掉：1234"),
        (COUNT, {"value": "6次"}, "B03：单位“次”已去掉：6"),
        (PARTS, {"parts": {"国防": 5, "双拥": 7}}, "B03：按分项合计记为 12"),
        (KEYS, {"keys": [" 驻军单位A", "驻军单位A"]}, "C01：重复的代称只算一次：驻军单位A"),
        (YES, {"value": "是"}, "A16：“是”按已完成记"),
    ],
)
def test_what_was_normalised_is_said(item: RequiredFigure, figure: Any, note: str) -> None:
    assert note in read(item, figure)[1]


BAD: list[tuple[RequiredFigure, Any, str]] = [
    (COUNT, {"value": "1_000"}, "数字中不能有下划线，请填整数，例如 6。"),
    (COUNT, {"value": 12.5}, "这一项是计数，不能有小数，请填整数，例如 6。"),
    (COUNT, {"value": float("nan")}, "这不是一个数，请填整数，例如 6。"),
    (COUNT, {"value": "NaN"}, "这不是一个数，请填整数，例如 6。"),
    (COUNT, {"value": True}, "“是/否”不是数，请填整数，例如 6。"),
    (COUNT, {"value": None}, "没有填数，请填整数，例如 6。"),
    (COUNT, {"value": -1}, "这一项不能填负数，请填 0 或正数。"),
    (COUNT, {"value": 10**5000}, "数太大了：整数部分最多 15 位，请核对单位。"),
    (COUNT, {}, "没有填数，请填整数，例如 6。"),
    (COUNT, 12, '要写成 {"value": "12"}。'),
    (COUNT, {"value": 1, "sum": 2}, '这一项不填这个内容，要写成 {"value": "12"}。'),
    (COUNT, {"value": 1, "covered": 2}, '这一项不填这个内容，要写成 {"value": "12"}。'),
    (PARTS, {"value": 12, "parts": {"国防": 5}}, "分项合计 5，与填的数 12 不一致，请核对。"),
    (PARTS, {"value": 12, "parts": {"绿化": 12}}, "没有这个分项。分项有：双拥、国防。"),
    (PARTS, {"value": 12, "parts": [12]}, "分项要逐个写明：双拥、国防。"),
    (MONEY, {"value": "0.001"}, 
     "最多 2 位小数，不会替您四舍五入，请填数字，最多 2 位小数，例如 6.50。"),
    (MONEY, {"value": "10000000000000.01"}, "数太大了，最大 10000000000000.00，请核对单位。"),
    (PARTS, {"parts": {"双拥": 9 * 10**14, "国防": 9 * 10**14}},
     "数太大了，最大 1000000000000000，请核对单位。"),
    (RATIO, {"numerator": 32, "denominator": 31}, "分子不能大于分母，请核对是否填反。"),
    (RATIO, {"numerator": 0, "denominator": 0},
     "分母不能为 0；没有这类对象请选“不涉及”并写明原因。"),
    (RATIO, {"numerator": 1}, "分母：没有填数，请填整数，例如 6。"),
    (RATIO, {"value": "97%"},
     '这一项不填这个内容，要写成 {"numerator": 30, "denominator": 31}。'),
    (TICKS, {"value": True, "parts": {"安排": True}},
     "全部勾选（安排、宣传）才算“是”，与填的不一致，请核对。"),
    (TICKS, {"value": False}, "请逐项勾选：安排、宣传。"),
    (YES, {"value": 1}, "请选“是”或“否”。"),
    (KEYS, {"keys": "驻军单位A"}, "请逐个列出代称，例如 驻军单位A。"),
    (KEYS, {"keys": ["x" * 61]}, "最多 60 个字，现在是 61 个。"),
    (KEYS, {"keys": ["a\0b"]}, "文字中有看不见的控制字符 U+0000，请删掉后重新输入。"),
    (KEYS, {"keys": ["a\u202eb"]}, "文字中有看不见的控制字符 U+202E，请删掉后重新输入。"),
    (KEYS, {"keys": [" "]}, "有一个代称是空的，请填写或删掉这一行。"),
    (KEYS, {"keys": ["甲"], "value": 2}, "列了 1 个代称，与填的 2 不一致。"),
    (DATE, {"date": "2025-12-31"}, "填报期为2026年，这里写的是2025年。"),
    (DATE, {"date": "2026-02-30"}, "日历上没有这一天，请写成 2026-03-06 或 2026年3月6日。"),
    (TEXT, {"text": " "}, "没有填内容；没有这项工作请选“不涉及”并写明原因。"),
    (TEXT, {"text": "x" * 2001}, "最多 2000 个字，现在是 2001 个。"),
    (TEXT, {"text": "\ud800"}, "文字中有看不见的控制字符 U+D800，请删掉后重新输入。"),
    (BEHALF, {"value": 3, "covered": 1.5}, "这一项是计数，不能有小数，请填整数，例如 6。"),
    (COUNT, {"not_involved": " "}, "选了“不涉及”，请写明为什么不涉及。"),
    (COUNT, {"not_involved": True}, "这里要写文字。"),
    (COUNT, {"not_involved": "没有", "value": 0}, "填了数就不能再选“不涉及”，请只留一样。"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "figure", "sentence"), BAD)
def test_a_bad_figure_is_refused_with_its_sentence(
    item: RequiredFigure, figure: Any, sentence: str
) -> None:
    with pytest.raises(Problems) as refused:
        read(item, figure)

    assert [(problem.field, problem.message) for problem in refused.value.problems] == [
        (item.code, sentence)
    ]


def test_not_involved_is_kept_with_why() -> None:
    value, _ = read(COUNT, {"not_involved": " 本季无此类家庭 "})

    assert (value.state, value.text, value.numerator) == ("not_involved", "本季无此类家庭", None)


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(Problems) as refused:
        read_figures({"B03": {"value": "x"}, "ZZ": {"value": 1}}, [COUNT, RATIO, DATE])

    assert [(problem.field, problem.code) for problem in refused.value.problems] == [
        ("ZZ", "unknown_target"),
        ("B03", "not_a_number"),
        ("B06", "missing"),
        ("F10", "missing"),
    ]


def test_two_targets_of_one_indicator_share_its_figure() -> None:
    twin = RequiredFigure(11, "B04", "宣传（二）", 1, "count", "次")

    once, _ = read_figures({"B04": {"value": 3}}, [COUNT, twin])
    twice, _ = read_figures({"B03": {"value": 3}, "B04": {"value": "3"}}, [COUNT, twin])
    with pytest.raises(Problems, match="1 处") as refused:
        read_figures({"B03": {"value": 3}, "B04": {"value": 4}}, [COUNT, twin])

    assert once == twice
    assert refused.value.problems[0].code == "two_values"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["value", "parts", "keys", "numerator", "denominator", "date", "text"])


@given(
    st.sampled_from([COUNT, PARTS, MONEY, RATIO, TICKS, YES, KEYS, DATE, TEXT, SCORE, BEHALF]),
    JSON | st.dictionaries(NAMES, JSON, max_size=3),
)
def test_any_json_is_read_or_refused_and_nothing_else(item: RequiredFigure, figure: Any) -> None:
    try:
        value, _ = read(item, figure)
        fields = {item.code}
    except Problems as refused:
        fields = {problem.field or "" for problem in refused.problems}
        value = None

    assert fields == {item.code}
    assert value is None or value.indicator == item.indicator


@given(st.dictionaries(st.text(), JSON, max_size=5), st.randoms())
def test_the_hash_is_the_same_in_any_order_of_the_keys(body: dict[str, Any], random: Any) -> None:
    names = list(body)
    random.shuffle(names)

    codes = {"plan": "p", "round": "R2", "unit": "u"}
    assert hash_body(body, codes=codes) == hash_body({n: body[n] for n in names}, codes=codes)


def test_the_hash_sees_through_spelling_and_tells_contents_apart() -> None:
    codes = {"plan": "p", "round": "R2", "unit": "u"}

    def hashed(body: dict[str, Any]) -> str:
        return hash_body(body, codes=codes)

    plain = hashed({"figures": {"B03": {"value": 12}}})
    assert plain == hashed({"figures": {"B03": {"value": "１２ "}}, "note": "", "on_behalf": False})
    assert plain == hashed({"figures": {"B03": {"value": "12"}}, "unit": "u"})
    assert plain != hashed({"figures": {"B03": {"value": 13}}})
    assert plain != hash_body({"figures": {"B03": {"value": 12}}}, codes={**codes, "unit": "v"})
    assert hashed({"figures": {"\ud800": "\ud800"}}) != plain
    assert hashed({"figures": {"１": 1, "1": 2}}) == hashed({"figures": {"1": 2, "１": 1}})
    assert hashed({"note": "Cafe\u0301"}) == hashed({"note": "Caf\u00e9"})


def test_no_more_are_covered_than_there_are() -> None:
    asked = replace(BEHALF, most_covered=12)

    value, _ = read(asked, {"value": "3", "covered": 12})
    with pytest.raises(Problems) as refused:
        read(asked, {"value": "3", "covered": "13"})

    assert value.covered == 12
    assert refused.value.problems[0].message == "涉及的家数比下属的 12 家还多，请核对。"
