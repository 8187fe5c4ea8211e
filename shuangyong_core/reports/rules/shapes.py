"""Reads one figure in the shape its kind asks for; says everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shuangyong_core.reports.rules.amounts import (
    read_count,
    read_number,
    read_ratio,
    read_score,
)
from shuangyong_core.reports.rules.answers import read_date, read_keys, read_text, read_yes_no
from shuangyong_core.reports.rules.required import FigureState, FigureValue, RequiredFigure
from shuangyong_core.reports.rules.texts import LONGEST_WHY, tidy_text
from shuangyong_core.reports.rules.wrong import Given, Wrong

Read = tuple[FigureValue, list[str]]


def read_figure(given: object, item: RequiredFigure) -> Read:
    """This function will read one figure of the json body; raises Wrong with all its faults."""
    if not isinstance(given, Mapping):
        raise Wrong(("shape", f"要写成 {_shape(item)}。", given))
    if "not_involved" in given:
        return _not_involved(given, item)
    _check_names(given, item)
    notes: list[str] = []
    covered = None
    if given.get("covered") is not None:
        covered = read_count(given["covered"], notes, decimals=0, unit="家")
        _check_covered(covered, item)
    value = READERS[_reader_of(item)](given, item, notes)
    facts = {"covered": covered, **value}
    return FigureValue(item.indicator, FigureState.REPORTED, **facts), notes


def _check_covered(covered: int, item: RequiredFigure) -> None:
    if item.most_covered is not None and covered > item.most_covered:
        sentence = f"涉及的家数比下属的 {item.most_covered} 家还多，请核对。"
        raise Wrong(("covered_too_many", sentence, covered))


def _not_involved(given: Given, item: RequiredFigure) -> Read:
    if len(given) > 1:
        raise Wrong(("both", "填了数就不能再选“不涉及”，请只留一样。", None))
    notes: list[str] = []
    why = tidy_text(given["not_involved"], notes, longest=LONGEST_WHY)
    if not why:
        raise Wrong(("why_missing", "选了“不涉及”，请写明为什么不涉及。", None))
    return FigureValue(item.indicator, FigureState.NOT_INVOLVED, text=why), notes


def _shape(item: RequiredFigure) -> str:
    return {
        "ratio": '{"numerator": 30, "denominator": 31}',
        "yes_no": '{"value": true}',
        "date": '{"date": "2026-07-03"}',
        "text": '{"text": "…"}',
        "score": '{"score": "8.5"}',
        "keys": '{"keys": ["驻军单位A"]}',
    }.get(_reader_of(item), '{"value": "12"}')


def _reader_of(item: RequiredFigure) -> str:
    return "keys" if item.asks_keys else item.kind


def _check_names(given: Given, item: RequiredFigure) -> None:
    allowed = {
        "ratio": {"numerator", "denominator"},
        "date": {"date"},
        "text": {"text"},
        "score": {"score"},
        "keys": {"keys", "value"},
    }.get(_reader_of(item), {"value"})
    if item.count_parts or item.tick_parts:
        allowed = allowed | {"parts"}
    if item.is_on_behalf:
        allowed = allowed | {"covered"}
    unknown = [name for name in given if name not in allowed]
    if unknown:
        sentence = f"这一项不填这个内容，要写成 {_shape(item)}。"
        raise Wrong(*(("unknown_name", sentence, name) for name in unknown))


READERS: dict[str, Callable[[Given, RequiredFigure, list[str]], dict[str, Any]]] = {
    "count": read_number,
    "money": read_number,
    "ratio": read_ratio,
    "yes_no": read_yes_no,
    "date": read_date,
    "text": read_text,
    "score": read_score,
    "keys": read_keys,
}
