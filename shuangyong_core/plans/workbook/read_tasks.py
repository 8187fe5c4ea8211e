"""Reads the sheet of targets: only what is ticked, and what stands under it as its groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shuangyong_core.plans.workbook import layout
from shuangyong_core.plans.workbook.places import item, join
from shuangyong_core.plans.workbook.read_goals import read_goal
from shuangyong_core.plans.workbook.reading import Line, Reading, without_blanks
from shuangyong_core.plans.workbook.words import (
    AUTOMATIC,
    PERS,
    heading_number,
    listed,
    who_codes,
)
from shuangyong_core.sheets import Sheet, Table, TableRow

Body = dict[str, Any]
NEEDED = ("ticked", "code", "title", "indicator", "who", "goal_kind", "goal")


def read_targets(reading: Reading, sheet: Sheet, *, rounds: Sequence[str]) -> list[Body]:
    """This function will read the ticked targets in the order of the sheet."""
    table = reading.table(sheet, layout.target_columns(list(rounds)), needed=NEEDED)
    blocks: dict[str, list[TableRow]] = {}
    for row in table.rows:
        code = row.get("code").text.strip()
        # A row the office added without a code is a block of its own, so that it can be named.
        blocks.setdefault(code or f"#{row.number}", []).append(row)
    targets: list[Body] = []
    for rows in blocks.values():
        block = _Block(reading, table, rounds, len(targets) + 1, rows)
        if block.is_ticked():
            targets.append(block.target())
    return targets


class _Block:
    """The rows of one target: its own, and under it one for each group."""

    def __init__(
        self,
        reading: Reading,
        table: Table,
        rounds: Sequence[str],
        number: int,
        rows: Sequence[TableRow],
    ) -> None:
        self._reading, self._table, self._rounds = reading, table, rounds
        self._path = item("targets", rows[0].get("code").text.strip(), number)
        self._lines = [Line(reading, table, row, self._path) for row in rows]

    def is_ticked(self) -> bool:
        """Whether the target is chosen; a tick at a group alone is refused."""
        ticks = [line.is_ticked("ticked") for line in self._lines]
        if any(ticks[1:]) and not ticks[0]:
            line = self._lines[ticks.index(True)]
            line.wrong("tick_above", "请在这个任务的第一行打 √。", key="ticked")
        return ticks[0]

    def target(self) -> Body:
        """This function will read the target."""
        first = self._lines[0]
        first.here("code")
        self._tell_hidden()
        body = self._fields(first)
        rule = first.choice("automatic", AUTOMATIC, at="automatic.rule")
        if len(self._lines) > 1:
            if not first.row.get("who").is_blank:
                first.wrong(
                    "duplicate_code",
                    "这个任务写了几行：分几组报的，第一行不写谁报；不是的请只留一行。",
                    key="code",
                )
            body["reported_by"] = [
                self._group(line, number) for number, line in enumerate(self._lines[1:], 1)
            ]
        elif rule:
            who = who_codes(first.text("who", at="automatic.who"))
            body["automatic"] = without_blanks({"rule": rule, "who": who})
            body |= self._dates(first)
        else:
            body["reported_by"] = who_codes(first.text("who", at="reported_by"))
            body |= self._dates(first)
        if len(self._lines) == 1:
            self._tell_missing(first, body)
        return without_blanks(body)

    def _tell_missing(self, line: Line, body: Body) -> None:
        """In the words of the sheet, where the reader of bodies would speak of its fields."""
        if not body["goal"] and line.row.get("goal_kind").is_blank:
            line.wrong("blank", "没有写目标；不设目标请选“不设”。", key="goal_kind")
        if line.row.get("who").is_blank:
            line.wrong("no_reporters", "没有写谁报。", key="who")
        if self._rounds and not body.get("rounds") and not body.get("done_by"):
            why = "没有在哪次报送打 √，也没有写办理时限。"
            line.wrong("no_round", why, key=f"round:{self._rounds[0]}")

    def _fields(self, line: Line) -> Body:
        evidence: Body = {"photos": line.text("photos", at="evidence.photos")}
        for key in ("required", "place"):
            evidence[key] = "true" if line.is_ticked(key, at=f"evidence.{key}") else ""
        return {
            "code": line.text("code"),
            "indicator": line.text("indicator"),
            "category": line.text("category"),
            "heading": heading_number(line.text("heading")),
            "title": line.text("title"),
            "on_behalf_of": "".join(who_codes(line.text("on_behalf_of"))),
            "shown_to": who_codes(line.text("shown_to")),
            "supporting": who_codes(line.text("supporting")),
            "goal": read_goal(line),
            "per": line.choice("per", PERS),
            "weight": line.text("weight"),
            "evidence": without_blanks(evidence),
            "source": line.text("source"),
        }

    def _group(self, above: Line, number: int) -> Body:
        path = f"{join(self._path, 'reported_by')}[{number}]"
        line = Line(self._reading, self._table, above.row, path)
        line.here("who")
        return without_blanks(
            {
                "who": who_codes(line.text("who")),
                "goal": read_goal(line),
                "on_behalf_of": "".join(who_codes(line.text("on_behalf_of"))),
                **self._dates(line),
            }
        )

    def _dates(self, line: Line) -> Body:
        ticked = [code for code in self._rounds if line.is_ticked(f"round:{code}", at="rounds")]
        return {"rounds": ticked, "done_by": listed(line.text("done_by"))}

    def _tell_hidden(self) -> None:
        hidden = [str(line.row.number) for line in self._lines if line.row.hidden]
        if hidden:
            said = f"{layout.TARGETS}!{'、'.join(hidden)} 行是隐藏的，打了 √，照样读入。"
            self._reading.notes.append(said)
