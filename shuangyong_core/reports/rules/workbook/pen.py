"""Puts values into a sheet that is being written: each as what it is, a text never a formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.reports.rules.workbook.cells import Value
from shuangyong_core.reports.rules.workbook.columns import Column

FIGURES = 3  # the first column of figures, counted from 0


@dataclass(frozen=True, slots=True)
class Placed:
    """An input column where it stands in a sheet; without a column it is the grey one."""

    at: int
    item: RequiredFigure
    column: Column | None


@dataclass(slots=True)
class Pen:
    """One sheet being written."""

    book: Any
    sheet: Any
    looks: Mapping[str, Any]
    placed: list[Placed] = field(default_factory=list)

    @property
    def note(self) -> int:
        """The last column."""
        return FIGURES + len(self.placed)

    def put(self, row: int, column: int, value: Value, look: str) -> None:
        """This method will write a value as what it is; a text is never a formula."""
        style = self.looks[look]
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, style)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, style)
        else:
            self.sheet.write_number(row, column, float(value), style)
