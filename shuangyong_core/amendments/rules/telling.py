"""What changes of a head, a round, a target, in the words of the plan's own pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuangyong_core.amendments.rules.preview import FieldChange
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.plans.rules.amending import ADD, PlanDiff, RoundDiff, Row, TargetDiff
from shuangyong_core.plans.rules.units_under import UnitsUnder
from shuangyong_core.plans.rules.words import HEADINGS, UNIT_KINDS
from shuangyong_core.plans.workbook.words import PERS, SPLITS

FULL = 10_000
MOST_NAMED = 3
NOTHING = "—"
HEAD = {
    "title": "计划名称",
    "basis": "依据文件",
    "approved_by": "批准会议",
    "filing_no": "报表备案号",
    "inflation_bp": "分解合计/下达数上限",
    "lead_workdays": "提前天数",
    "review_levels": "审核级数",
    "max_rounds": "一年最多报送",
    "within_acknowledge": "签收期限",
    "within_decompose": "分解期限",
    "within_review": "审核期限",
    "within_correct": "修改期限",
    "requests_by": "延期、豁免谁定",
}
DECIDERS = {"issuer": "发布单位", "superior": "上级审核单位"}
ROUND = {
    "title": "名称",
    "opens_on": "开放填报",
    "done_by": "办理时限",
    "due_date": "报送时限",
    "locks_on": "截止补报",
}
CONTENT = {
    "title": "名称",
    "category": "类别",
    "heading": "八项标准",
    "goal_note": "目标备注",
    "split": "分解方式",
    "per": "目标口径",
    "weight": "权重",
    "automatic": "系统计数",
    "on_behalf_of": "代报",
    "shown_to": "可见",
    "supporting": "配合单位",
    "evidence": "佐证",
    "source": "依据条款",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """How a target's numbers are written."""

    display_unit: str
    decimals: int


def head_changes(diff: PlanDiff) -> tuple[FieldChange, ...]:
    """This function will tell what changes of the plan's head."""
    return tuple(
        FieldChange(HEAD[name], _head_value(name, was), _head_value(name, becomes))
        for name, (was, becomes) in diff.head.items()
        if name in HEAD
    )


def round_changes(diff: RoundDiff) -> tuple[FieldChange, ...]:
    """This function will tell what changes of a round: its dates, not the rules behind them."""
    was, becomes = diff.was or {}, diff.becomes or {}
    return tuple(
        FieldChange(label, str(was.get(name) or NOTHING), str(becomes.get(name) or NOTHING))
        for name, label in ROUND.items()
        if was.get(name) != becomes.get(name)
    )


def target_changes(
    diff: TargetDiff, measure: Measure, *, was_under: UnitsUnder
) -> tuple[FieldChange, ...]:
    """This function will tell what changes of a target, the goal first."""
    tellers: list[tuple[str, Callable[[Row, Sequence[Row]], str]]] = [
        ("目标", lambda row, rows: goal_words(row, rows, measure)),
        ("谁报", lambda row, rows: who_words([one["who"] for one in rows], was_under)),
        ("报送", lambda row, rows: "、".join(sorted({str(one["round"]) for one in rows}))),
        ("办理时限", lambda row, rows: "、".join(_done_rules(rows))),
    ]
    found = []
    for label, tell in tellers:
        was = tell(diff.was, diff.reporters_were) if diff.was else NOTHING
        becomes = tell(diff.becomes, diff.reporters) if diff.becomes else NOTHING
        was, becomes = was or NOTHING, becomes or NOTHING
        if was != becomes:
            found.append(FieldChange(label, was, becomes))
    if diff.was and diff.becomes:
        found += _plain_changes(diff, diff.was, diff.becomes)
    return (
        tuple(found) if diff.sign != ADD else tuple(one for one in found if one.becomes != NOTHING)
    )


def goal_words(row: Row, reporters: Sequence[Row], measure: Measure) -> str:
    """This function will write a goal, with those of groups that have their own."""
    kind, goal, den = row["goal_kind"], row["goal"], row["goal_den"]
    own = {
        (one["goal_kind"], one["goal"], one["goal_den"])
        for one in reporters
        if one["goal_kind"] and (one["goal_kind"], one["goal"]) != (kind, goal)
    }
    if goal is None and own:
        return "；".join(_goal(*one, measure) for one in sorted(own, key=str))
    text = _goal(kind, goal, den, measure)
    more = "；".join(_goal(*one, measure) for one in sorted(own, key=str))
    return f"{text}（{more}）" if more else text


def who_words(whos: Iterable[str], under: UnitsUnder) -> str:
    """This function will count the units meant, by kind, and name the few that are left out."""
    units = set(under.reporters(dict.fromkeys(whos)))
    told = []
    for kind, word in UNIT_KINDS.items():
        every = under.by_kind.get(kind, ())
        meant = [code for code in every if code in units]
        left = [code for code in every if code not in units]
        if not meant:
            continue
        if len(meant) <= MOST_NAMED and left:
            told.append("、".join(under.units[code].name for code in meant))
            continue
        without = "、".join(under.units[code].name for code in left)
        said = f"（不含{without}）" if 0 < len(left) <= MOST_NAMED else ""
        told.append(f"{len(meant)} 个{word}{said}")
    return "、".join(told)


def _goal(kind: str, goal: int | None, den: int | None, measure: Measure) -> str:
    if kind == "ratio":
        return f"{(Decimal(goal or 0) * 100 / Decimal(den or 1)).normalize():f}%"
    if kind in ("total", "each"):
        number = f"{format_scaled(goal or 0, measure.decimals)} {measure.display_unit}".strip()
        return f"每单位 {number}" if kind == "each" else number
    return {"done": "完成", "none": "不设目标"}.get(kind, kind)


def _plain_changes(diff: TargetDiff, was: Row, becomes: Row) -> Iterable[FieldChange]:
    for name, label in CONTENT.items():
        if name in diff.fields:
            yield FieldChange(label, _value(name, was[name]), _value(name, becomes[name]))


def _value(name: str, value: Any) -> str:
    if name == "heading":
        return HEADINGS[int(value) - 1]
    words: Mapping[str, str] = {"split": SPLITS, "per": PERS}.get(name, UNIT_KINDS)
    if isinstance(value, Mapping):
        return "、".join(f"{key} {one}" for key, one in sorted(value.items())) or NOTHING
    listed = value if isinstance(value, list) else [value]
    return (
        "、".join(words.get(str(one), str(one)) for one in listed if one not in (None, ""))
        or NOTHING
    )


def _head_value(name: str, value: Any) -> str:
    if name == "inflation_bp":
        return f"{value * 100 / FULL:g}%"
    return DECIDERS[value] if name == "requests_by" else str(value or NOTHING)


def _done_rules(rows: Sequence[Row]) -> list[str]:
    return sorted({str(one["done_rule"]) for one in rows if one["done_rule"]})
