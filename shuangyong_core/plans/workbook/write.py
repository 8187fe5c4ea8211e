"""Writes a plan's body, and what may be ticked beside it, as a workbook with dropdowns."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from shuangyong_core.plans.catalogue import catalogue, heading_word
from shuangyong_core.plans.rules.words import HEADINGS, UNIT_KINDS
from shuangyong_core.plans.workbook import layout
from shuangyong_core.plans.workbook.layout import HEADER_ROW, Column
from shuangyong_core.plans.workbook.paper import Paper
from shuangyong_core.plans.workbook.task_rows import target_rows
from shuangyong_core.plans.workbook.words import (
    AUTOMATIC,
    GOALS,
    KINDS,
    OVER_TIME,
    OVER_UNITS,
    PARTS,
    PERS,
    SPLITS,
    TICK,
    word_of,
)
from shuangyong_core.sheets import new_book_options

Body = Mapping[str, Any]
SPARE_ROWS = 30  # below what is written, with dropdowns, for what the office adds
HEADING_WORDS = [heading_word(number) for number in range(1, len(HEADINGS) + 1)]
CHOICES = {
    "ticked": [TICK],
    "required": [TICK],
    "place": [TICK],
    "heading": HEADING_WORDS,
    "automatic": list(AUTOMATIC.values()),
    "on_behalf_of": list(UNIT_KINDS.values()),
    "goal_kind": list(GOALS.values()),
    "split": list(SPLITS.values()),
    "per": list(PERS.values()),
    "kind": list(KINDS.values()),
    "over_units": list(OVER_UNITS.values()),
    "over_time": list(OVER_TIME.values()),
    "parts_kind": list(PARTS.values()),
}


def write_book(
    body: Body, *, offered: Sequence[Body] = (), indicators: Sequence[Body] = ()
) -> bytes:
    """This function will write a body, its targets ticked, and unticked those that are offered."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, new_book_options())
    paper = Paper(book)
    rounds = [str(one.get("code", "")) for one in body.get("rounds", ())]
    told = [{"said": said} for said in layout.SAYS]
    paper.sheet(layout.HELP, [Column("said", "怎么填", 96)], told)
    paper.sheet(layout.HEAD, layout.HEAD_COLUMNS, _head(body.get("plan", {})))
    paper.sheet(layout.ROUNDS, layout.ROUND_COLUMNS, _rounds(body.get("rounds", ())), spare=6)
    known = {one["code"]: one for one in (*indicators, *body.get("indicators", ()))}
    rows = [_indicator(one) for one in known.values()]
    paper.sheet(
        layout.INDICATORS, layout.INDICATOR_COLUMNS, rows, choices=CHOICES, spare=SPARE_ROWS
    )
    last = HEADER_ROW + len(rows) + SPARE_ROWS
    columns = layout.with_spare_rounds(rounds)
    choices = CHOICES | {f"round:{code}": [TICK] for code in columns}
    paper.sheet(
        layout.TARGETS,
        layout.target_columns(columns),
        _targets(body.get("targets", ()), offered, rounds),
        choices={**choices, "indicator": f"={layout.INDICATORS}!$A${HEADER_ROW + 1}:$A${last}"},
        spare=SPARE_ROWS,
        mark="ticked",
        frozen=5,
    )
    book.close()
    return stream.getvalue()


def _head(head: Body) -> list[dict[str, str]]:
    within = head.get("within") or {}
    values = {**head, **{f"within.{key}": value for key, value in within.items()}}
    return [
        {"field": word, "value": str(values.get(key, "") or ""), "says": says}
        for key, word, says in layout.HEAD_ROWS
    ]


def _rounds(rounds: Sequence[Body]) -> list[dict[str, str]]:
    keys = [column.key for column in layout.ROUND_COLUMNS]
    return [{key: str(one.get(key) or "") for key in keys} for one in rounds]


def _indicator(one: Body) -> dict[str, str]:
    parts = one.get("parts") or {}
    named = ("code", "name", "unit", "decimals", "hint")
    return {key: str(one.get(key, "")) for key in named} | {
        "kind": word_of(KINDS, one.get("kind", "")),
        "over_units": word_of(OVER_UNITS, one.get("over_units", "")),
        "over_time": word_of(OVER_TIME, one.get("over_time", "")),
        "parts_kind": "".join(PARTS[key] for key in parts),
        "parts": "、".join(word for words in parts.values() for word in words),
    }


def _targets(
    ticked: Sequence[Body], offered: Sequence[Body], rounds: Sequence[str]
) -> list[dict[str, str]]:
    about = {one.code: one for one in catalogue()}
    codes = {str(one.get("code")) for one in ticked}
    rest = [one for one in offered if str(one["code"]) not in codes]
    return [
        row
        for one, is_ticked in _in_order(ticked, rest)
        for row in target_rows(
            one, ticked=is_ticked, rounds=rounds, about=about.get(str(one.get("code")))
        )
    ]


def _in_order(ticked: Sequence[Body], rest: Sequence[Body]) -> list[tuple[Body, bool]]:
    """The ticked ones in their own order, for forms follow it; the rest below their heading's."""
    listed = [(one, True) for one in ticked]
    for heading in range(1, len(HEADINGS) + 1):
        last = [place for place, (one, _) in enumerate(listed) if _heading(one) == heading]
        after = [place for place, (one, _) in enumerate(listed) if _heading(one) > heading]
        place = last[-1] + 1 if last else after[0] if after else len(listed)
        listed[place:place] = [(one, False) for one in rest if _heading(one) == heading]
    return listed


def _heading(target: Body) -> int:
    heading = str(target.get("heading", ""))
    return int(heading) if heading.isdecimal() else len(HEADINGS) + 1
