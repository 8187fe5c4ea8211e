"""Reads the goal of a row: its kind, its number, how it is split."""

from __future__ import annotations

from typing import Any

from shuangyong_core.plans.workbook.reading import Line, without_blanks
from shuangyong_core.plans.workbook.words import GOALS, listed, split_code


def read_goal(line: Line) -> dict[str, Any]:
    """This function will read the goal of a row; nothing where no kind and no number stand."""
    kind = line.choice("goal_kind", GOALS, at="goal")
    number = line.text("goal", at=f"goal.{kind}")
    if not kind:
        if number and line.row.get("goal_kind").is_blank:
            line.wrong("blank", "有目标数，没有选目标类型，请补上。", key="goal_kind")
        return {}
    note = {"note": line.text("goal_note", at="goal.note")}
    if kind in ("done", "none"):
        if number:
            line.wrong("goal", f"“{GOALS[kind]}”没有目标数，请删去，或改目标类型。", key="goal")
        return without_blanks({kind: "true", **note})
    if not number:
        line.wrong("blank", "没有填目标数，请补上；不设目标请选“不设”。", key="goal")
        return {"none": "true"}  # it is refused already, and nothing more is to be said of it
    goal: dict[str, Any] = {kind: number, **note}
    if kind == "total":
        goal["split"] = split_code(line.text("split", at="goal.split"))
        goal["shares"] = _shares(line)
    elif not line.row.get("shares").is_blank:
        line.wrong("unexpected", "只有总数指定分解时才写。", key="shares")
    return without_blanks(goal)


def _shares(line: Line) -> dict[str, str]:
    shares: dict[str, str] = {}
    for word in listed(line.text("shares", at="goal.shares").replace("＝", "=")):
        code, _, share = word.partition("=")
        if not code or not share or code in shares:
            why = "每个单位写一次，写成 单位编码=数，几个用；分开。"
            line.wrong("shares", why, key="shares")
        shares[code] = share
    return shares
