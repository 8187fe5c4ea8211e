"""One row of step 3: a group of a ticked target, or an entry of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shuangyong_core.plans.catalogue import CatalogueEntry
from shuangyong_core.plans.rules.drafting import (
    NUMBERED,
    goal_of,
    groups_of,
    number_of,
    rounds_of,
    who_of,
)
from shuangyong_core.web.pages.plan_steps_view import Chip, TargetRow
from shuangyong_core.web.planning.opened import Opened

Row = tuple[TargetRow, list[str]]  # the row, and who is meant by it
SAID = {"done": "每单位完成", "none": "不设目标", "": "—"}


def target_rows(opened: Opened, target: Mapping[str, Any]) -> list[Row]:
    """This function will give a row for each group of a ticked target."""
    indicator = opened.indicator_of(target)
    found = []
    for number, group in enumerate(groups_of(target)):
        kind, goal = goal_of(target, group)
        who = who_of(target, group)
        # A goal that stands at the target is typed once, in the row of the first group.
        is_typed = kind in NUMBERED and (number == 0 or "goal" in group)
        named = rounds_of(target, group, opened.round_codes)
        row = TargetRow(
            code=str(target["code"]),
            title=str(target.get("title", "")),
            number=number,
            is_on=True,
            who=_who(opened, target, who),
            goal=number_of(kind, goal) if is_typed else "",
            unit=_unit(kind, str(indicator.get("unit", ""))) if is_typed else "",
            said="" if is_typed else _said(kind, number_of(kind, goal)),
            chips=tuple(Chip(code, code in named) for code in opened.round_codes),
            source=str(target.get("source", "")) if number == 0 else "",
            error=opened.error_of(str(target["code"])),
            href=f"{opened.here}/targets/{target['code']}",
        )
        found.append((row, who))
    return found


def entry_row(opened: Opened, entry: CatalogueEntry) -> Row:
    """This function will give the row of an entry that is not ticked, with what it would ask."""
    written = entry.as_target(offices=opened.offices)
    group = groups_of(written)[0]
    kind, goal = goal_of(written, group)
    number = number_of(kind, goal) if kind in NUMBERED else ""
    unit = _unit(kind, str(entry.indicator.get("unit", "")))
    who = [one for part in groups_of(written) for one in who_of(written, part)]
    named = entry.rounds
    row = TargetRow(
        code=entry.code,
        title=entry.title,
        number=0,
        is_on=False,
        who=_who(opened, written, who) or entry.office,
        goal="",
        unit="",
        said=f"{number} {unit}" if number else _said(kind, ""),
        chips=tuple(Chip(code, code in named or "all" in named) for code in opened.round_codes),
        source=entry.source,
    )
    return row, who


def _who(opened: Opened, target: Mapping[str, Any], who: list[str]) -> str:
    said = opened.say_who(who)
    if "automatic" in target:
        return f"系统计数（{said}）"
    behalf = str(target.get("on_behalf_of", ""))
    return f"{said}（代{opened.say_who([behalf])}）" if behalf else said


def _unit(kind: str, unit: str) -> str:
    return {"ratio": "%", "each": f"{unit}/单位", "total": f"{unit}（合计）"}.get(kind, unit)


def _said(kind: str, number: str) -> str:
    return SAID.get(kind, number)
