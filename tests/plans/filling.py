"""A workbook of a plan in the hands of a clerk: rows found by code, cells by their header."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from shuangyong_core.plans.workbook.layout import HEADER_ROW


class Desk:
    """One workbook while it is typed into."""

    def __init__(self, data: bytes) -> None:
        self._book = load_workbook(io.BytesIO(data))

    def row(self, sheet: str, code: str, *, column: str = "A", nth: int = 0) -> int:
        """The number of a row by what stands in a column."""
        cells = self._book[sheet][column]
        return [cell.row for cell in cells if cell.value == code][nth]

    def put(self, sheet: str, row: int, header: str, value: object) -> str:
        """Types into a cell and says where it is."""
        cell = self._book[sheet].cell(row, self._column(self._book[sheet], header))
        cell.value = value
        return f"{sheet}!{cell.coordinate}"

    def add(self, sheet: str, *rows: tuple[object, ...]) -> None:
        """Writes rows under the last."""
        for row in rows:
            self._book[sheet].append(row)

    def head(self, field: str, value: object) -> str:
        """Fills in a field of the head."""
        return self.put("计划", self.row("计划", field), "填写", value)

    def target(self, code: str, header: str, value: object, *, nth: int = 0) -> str:
        """Types into the row of a target."""
        return self.put("任务", self.row("任务", code, column="B", nth=nth), header, value)

    def tick(self, *codes: str) -> None:
        """Ticks targets."""
        for code in codes:
            self.target(code, "选", "√")

    def sheet(self, title: str) -> Worksheet:
        """A sheet as it is."""
        return self._book[title]

    def saved(self) -> bytes:
        """The workbook as a file."""
        stream = io.BytesIO()
        self._book.save(stream)
        return stream.getvalue()

    def _column(self, sheet: Worksheet, header: str) -> int:
        return next(cell.column for cell in sheet[HEADER_ROW] if cell.value == header)
