"""One row while it is judged: its cells as figures, and what was found about them so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shuangyong_core.guard.masking import mask
from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.reports.rules.workbook.cells import Value, figure_of
from shuangyong_core.reports.rules.workbook.columns import Column, columns_of, header_of
from shuangyong_core.reports.rules.workbook.findings import CellState, CheckedCell, Fault, Mended
from shuangyong_core.reports.rules.workbook.layout import NOT_DUE, Standing
from shuangyong_core.reports.rules.workbook.read import FilledRow, FilledSheet
from shuangyong_core.reports.rules.workbook.verdict import Outcome, RowVerdict
from shuangyong_core.sheets import Cell, why_unusable

HARM = "guard_"  # codes of what a scan found: never shown again
ODD_MERGE = "{place} 是合并单元格，请取消合并，逐格填写。"


@dataclass(slots=True)
class Judging:
    """A row, its unit, and what is asked there."""

    sheet: FilledSheet
    row: FilledRow
    standing: Standing
    items: Mapping[str, RequiredFigure]  # of all units of the sheet, by code
    seen_version: int
    codes: Mapping[str, str]  # plan, round, unit
    faults: list[Fault] = field(default_factory=list)
    mended: list[Mended] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)  # codes with a cell nobody can read

    @property
    def due(self) -> frozenset[str]:
        """The codes this unit owes."""
        return frozenset(item.code for item in self.standing.items)

    def columns(self, code: str) -> tuple[Column, ...]:
        """This method will give the columns of a figure that stand in the sheet."""
        item = self.items.get(code)
        asked = columns_of(item) if item else ()
        return tuple(column for column in asked if column.key in self.sheet.columns)

    def figures(self) -> dict[str, Any]:
        """This method will give the figures of the row as a body holds them."""
        found = {}
        for code, item in self.items.items():
            typed = {
                column.field: _value_of(cell)
                for column in self.columns(code)
                if (cell := self._usable(code, column)) is not None
            }
            if code not in self.due and set(typed.values()) <= {NOT_DUE}:
                continue
            figure = figure_of(typed, item)
            if figure is not None and code not in self.unreadable:
                found[code] = figure
        return found

    def _usable(self, code: str, column: Column) -> Cell | None:
        cell, merged = self.row.cells.get(column.key), self.row.merged.get(column.key)
        why = why_unusable(cell) if cell is not None else None
        if cell is None and merged is not None:
            why = ("merged", ODD_MERGE.format(place=merged))
        if why is None:
            return cell
        self.unreadable.add(code)
        self.blame(*why, target=code, at=column)
        return None

    def blame(self, code: str, message: str, *, target: str = "", at: Column | None = None) -> None:
        """This method will note a fault of a cell, or of the whole row at the unit's name."""
        key = at.key if at else ""
        cell = self.row.cells.get(key)
        value = mask(cell.error or cell.text) if cell is not None else None
        if code.startswith(HARM):
            value = None
        place = self.sheet.place(key, self.row.number) if at else self.row.name_place
        header = f"{header_of(self.items[target])} {at.label}" if at else ""
        where = (self.row.sheet, place, self.row.number, header, target)
        unit = (self.standing.code, self.standing.name)
        self.faults.append(Fault(*where, *unit, value, code, message))

    def mend(self, target: str, column: Column, note: str) -> None:
        """This method will note what was read although it was written another way."""
        cell = self.row.cells.get(column.key)
        place = self.sheet.place(column.key, self.row.number)
        unit = (self.standing.code, self.standing.name)
        value = mask(cell.text) if cell is not None else ""
        self.mended.append(Mended(self.row.sheet, place, target, *unit, value, note))

    def verdict(self, outcome: Outcome, body: Mapping[str, Any]) -> RowVerdict:
        """This method will close the case."""
        judged = outcome in (Outcome.WRITE, Outcome.WRONG)
        return RowVerdict(
            sheet=self.row.sheet,
            row=self.row.number,
            unit=self.standing.code,
            unit_name=self.standing.name,
            outcome=outcome,
            state=self.standing.state,
            figures=len(self.standing.items) if judged else 0,
            cells=self._cells(outcome),
            faults=tuple(self.faults),
            mended=tuple(self.mended) if judged else (),
            warnings=self._warnings(outcome),
            body=body,
        )

    def _warnings(self, outcome: Outcome) -> tuple[str, ...]:
        told = []
        if self.standing.drafted and outcome is Outcome.WRITE:
            drafted = f"{self.standing.drafted}/{len(self.standing.items)} 项"
            told.append(f"{self.standing.name}有未报送的草稿（{drafted}），写入后以工作簿为准。")
        if self.row.hidden:
            told.append(f"“{self.row.sheet}”表第 {self.row.number} 行被隐藏了，里面的数照样读。")
        return tuple(told)

    def _cells(self, outcome: Outcome) -> tuple[CheckedCell, ...]:
        wrong = {fault.place for fault in self.faults}
        harmful = {fault.place for fault in self.faults if fault.code.startswith(HARM)}
        mended = {each.place for each in self.mended}
        whole_row = self.row.name_place in wrong
        cells = []
        for code in self.items:
            for column in self.columns(code):
                place = self.sheet.place(column.key, self.row.number)
                cell = self.row.cells.get(column.key)
                is_silent = cell is None or (code not in self.due and cell.text == NOT_DUE)
                if is_silent and place not in wrong:
                    continue
                state = CellState.UNCHANGED if outcome is Outcome.UNCHANGED else CellState.PASSED
                if place in mended and outcome is not Outcome.UNCHANGED:
                    state = CellState.MENDED
                if place in wrong or whole_row:
                    state = CellState.WRONG
                is_shown = cell is not None and place not in harmful
                text = mask(cell.error or cell.text) if cell and is_shown else ""
                cells.append(CheckedCell(place, code, column.field, text, state))
        return tuple(cells)


def _value_of(cell: Cell) -> Value:
    # What a person sees is what is read; only yes and no have a value of their own.
    return cell.value if isinstance(cell.value, bool) else cell.text
