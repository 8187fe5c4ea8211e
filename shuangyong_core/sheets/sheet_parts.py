"""One sheet of an .xlsx, read in one pass: values, formulas, merged ranges, what is hidden."""

from __future__ import annotations

from collections.abc import Iterable

from shuangyong_core.sheets.book import (
    NO_VALUE,
    Cell,
    Limits,
    Row,
    Sheet,
    Value,
    letters,
    row_and_column,
)
from shuangyong_core.sheets.refusing import Unreadable
from shuangyong_core.sheets.values import number_cell, unescape
from shuangyong_core.sheets.workbook_parts import Frame, whole
from shuangyong_core.sheets.xml_parts import Attributes, Enough, walk

TRUE = ("1", "true", "on")


class SheetReader:
    """Collects what one sheet holds while its XML goes by; `problems` are (code, what)."""

    def __init__(self, frame: Frame, *, title: str, limits: Limits) -> None:
        self._frame, self._title, self._limits = frame, title, limits
        self._cells: list[Cell] = []
        self._rows: list[tuple[int, bool, list[Cell]]] = []
        self._row = self._column = self._silent = 0
        self._row_hidden = False
        self._cell: Attributes = {}
        self._raw: str | None = None
        self._pieces: list[str] = []
        self._is_formula = False
        self._merged: list[str] = []
        self._hidden_columns: set[int] = set()
        self.problems: dict[str, str] = {}

    def read(self, chunks: Iterable[bytes], *, elements: int) -> int:
        """This function will read the sheet and give the number of elements it looked at."""
        return walk(chunks, start=self._start, end=self._end, elements=elements)

    def sheet(self, state: str) -> Sheet:
        """This function will give what was read, rows without content left out."""
        inside = self._inside_merged()
        rows = []
        for number, hidden, cells in self._rows:
            merged = inside.get(number, {})
            known = tuple(
                Cell(c.row, c.column, c.value, c.text, c.is_formula, c.error, merged[c.column])
                if c.column in merged
                else c
                for c in cells
            )
            rows.append(Row(number, known, hidden, merged))
        hidden_columns = frozenset(self._hidden_columns)
        return Sheet(self._title, tuple(rows), state, tuple(self._merged), hidden_columns)

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name == "row":
            self._open_row(attributes)
        elif name == "f":
            self._is_formula = True
        elif name == "rPh":
            self._silent += 1
        elif name == "mergeCell":
            self._merged.append(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in TRUE:
            last = min(whole(attributes.get("max")), self._limits.columns)
            self._hidden_columns.update(range(whole(attributes.get("min")), last + 1))

    def _end(self, name: str, text: str) -> None:
        if name == "v":
            self._raw = text
        elif name == "t" and not self._silent:
            self._pieces.append(text)
        elif name == "rPh":
            self._silent -= 1
        elif name == "c":
            self._close_cell()
        elif name == "row" and self._cells:
            self._rows.append((self._row, self._row_hidden, self._cells))
            self._cells = []

    def _open_row(self, attributes: Attributes) -> None:
        number = whole(attributes["r"]) if "r" in attributes else self._row + 1
        if number <= self._row:
            raise Unreadable("broken_file", "行号重复或颠倒")
        self._row, self._column = number, 0
        self._row_hidden = attributes.get("hidden") in TRUE

    def _open_cell(self, attributes: Attributes) -> None:
        place = (self._row, self._column + 1)
        if "r" in attributes:
            place = row_and_column(attributes["r"]) or (0, 0)
        if place[0] != self._row or place[1] <= self._column:
            raise Unreadable("broken_file", "单元格位置重复或颠倒")
        self._column = place[1]
        self._cell, self._raw, self._pieces, self._is_formula = attributes, None, [], False

    def _close_cell(self) -> None:
        value, text, error = self._content()
        cell = Cell(self._row, self._column, value, text, self._is_formula, error)
        if cell.is_blank:
            return
        if self._row > self._limits.rows:
            self.problems.setdefault("too_many_rows", self._at(cell))
            raise Enough  # whatever follows, this file is refused
        if self._column > self._limits.columns:
            self.problems.setdefault("too_many_columns", self._at(cell))
        else:
            self._cells.append(cell)

    def _content(self) -> tuple[Value, str, str | None]:
        kind, raw = self._cell.get("t", "n"), self._raw
        if kind == "inlineStr":
            text = unescape("".join(self._pieces))
            return text, text, None
        if kind == "e":
            return None, "", (raw or "#VALUE!")[:20]
        if raw is None or (raw == "" and kind != "str"):
            return None, "", NO_VALUE if self._is_formula else None
        if kind == "s":
            text = self._shared(raw)
        elif kind == "b":
            return raw in TRUE, "TRUE" if raw in TRUE else "FALSE", None
        elif kind == "n":
            format_kind = self._format_kind()
            return *number_cell(raw, kind=format_kind, epoch_1904=self._frame.epoch_1904), None
        else:  # "str", a formula's text, and "d", an ISO date
            text = unescape(raw).removesuffix("T00:00:00") if kind == "d" else unescape(raw)
        return text, text, None

    def _shared(self, raw: str) -> str:
        number = whole(raw.strip())
        if number >= len(self._frame.texts):
            raise Unreadable("broken_file", "缺少共享的文字")
        return self._frame.texts[number]

    def _format_kind(self) -> str:
        number = whole(self._cell.get("s"))
        return self._frame.formats[number] if number < len(self._frame.formats) else "number"

    def _at(self, cell: Cell) -> str:
        return f"{self._title}!{cell.place}" if self._title else cell.place

    def _inside_merged(self) -> dict[int, dict[int, str]]:
        inside: dict[int, dict[int, str]] = {}
        room = self._limits.rows * self._limits.columns
        for name in self._merged:
            first, _, last = name.partition(":")
            start, stop = row_and_column(first), row_and_column(last or first)
            if start is None or stop is None:
                raise Unreadable("broken_file", "合并区域写错了")
            (top, left), (bottom, right) = start, stop
            bottom, right = min(bottom, self._limits.rows), min(right, self._limits.columns)
            room -= max(0, bottom - top + 1) * max(0, right - left + 1)
            if room < 0:
                raise Unreadable("file_too_complex", "合并区域过多或互相重叠")
            shown = f"{letters(left)}{top}:{last or first}"
            for row in range(top, bottom + 1):
                inside.setdefault(row, {}).update(dict.fromkeys(range(left, right + 1), shown))
        return inside
