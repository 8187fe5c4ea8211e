"""One row of a list of units while it is read: what is wrong is gathered, not raised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from sys import intern

from shuangyong_core.errors import Problem, Refused
from shuangyong_core.guard.dates import NotADate, parse_date
from shuangyong_core.guard.folding import trim
from shuangyong_core.guard.hidden import find_hidden
from shuangyong_core.guard.masking import mask
from shuangyong_core.guard.numbers import NotANumber, parse_count
from shuangyong_core.guard.scanning import PERSONAL, scan
from shuangyong_core.units.kinds import KIND_OF_WORD
from shuangyong_core.units.rules import UnitText

LONGEST_NAME = 120
NO_BASES: Mapping[str, int] = {}  # one for all units that have none
# What a spreadsheet makes of a long code: 990106001.0 or 9.90106E+11.
SPOILED = re.compile(r"^[0-9]+\.0+$|^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$")
SPOILED_SENTENCE = "编码被表格改成了数字，开头的 0 会丢，单元格请设为文本格式再填。"
GOOD_CODE = re.compile(r"^[0-9A-Za-z][0-9A-Za-z_.-]{0,39}$")
FULL_WIDTH = str.maketrans({chr(0xFF01 + n): chr(0x21 + n) for n in range(94)} | {"　": " "})
Why = tuple[str, str]  # a code, and the sentence to read


def fold_width(raw: str) -> str:
    """This function will give a code or a word as it is kept: no blanks around it, half width."""
    return raw.strip().strip("\ufeff\u200b\u00a0　").translate(FULL_WIDTH)


def tidy_unit_name(raw: str) -> str:
    """This function will give a unit's name as it is kept."""
    return unicodedata.normalize("NFC", trim(raw))


def why_no_code(code: str) -> Why | None:
    """This function will say why a text cannot be a unit's code."""
    if SPOILED.match(code):
        return "spoiled_code", SPOILED_SENTENCE
    if not GOOD_CODE.match(code):
        return "code", "编码只能用数字、字母和短横线，最多 40 位。"
    return None


def why_no_name(name: str) -> Iterator[Why]:
    """This function will say everything that keeps a text from being a unit's name."""
    if len(name) > LONGEST_NAME:
        yield "text", f"名称最多 {LONGEST_NAME} 个字。"
    elif hidden := find_hidden(name, with_lines=False):
        yield "hidden_character", f"有看不见的控制字符 {hidden}，请删掉后重填。"
    # A division or regiment may be the name of a place in the west of the country.
    yield from ((f"guard_{hit.kind}", hit.sentence) for hit in scan(name) if hit.kind in PERSONAL)


class RowReader:
    """One row while it is read; what is wrong goes to the shared list of problems."""

    def __init__(
        self,
        name: str,
        number: int,
        cells: dict[str, str],
        problems: list[Problem],
        notes: list[str],
    ) -> None:
        self._name, self._number, self._cells = name, number, cells
        self._problems, self._notes = problems, notes

    def unit(self) -> UnitText:
        return UnitText(
            row=self._number,
            code=self._code("code", needed=True),
            name=self._text("name"),
            kind=self._kind(),
            # One superior has many units: its code is kept once.
            parent=intern(self._code("parent_code")),
            territory=intern(self._code("territory_code")),
            valid_from=self._date("valid_from"),
            bases=self._bases(),
        )

    def _wrong(self, code: str, column: str, message: str) -> None:
        value = mask(self._cells.get(column, ""))
        place = (self._name, self._number, column)
        self._problems.append(Problem(code, message, *place, value=value))

    def _clean(self, column: str) -> str:
        raw = self._cells.get(column) or ""
        clean = fold_width(raw)
        if clean != raw.strip():
            self._notes.append(f"第 {self._number} 行“{column}”列：全角字符已转为半角 {clean}")
        return clean

    def _text(self, column: str) -> str:
        text = tidy_unit_name(self._cells.get(column) or "")
        if not text:
            self._wrong("blank", column, "不能为空。")
        for code, why in why_no_name(text):
            self._wrong(code, column, why)
        return text

    def _code(self, column: str, *, needed: bool = False) -> str:
        code = self._clean(column)
        if not code and needed:
            self._wrong("blank", column, "不能为空。")
        elif code and (why := why_no_code(code)):
            self._wrong(why[0], column, why[1])
        return code

    def _kind(self) -> str:
        word = self._clean("kind")
        kind = KIND_OF_WORD.get(word)
        if kind is None:
            self._wrong(
                "unknown_kind", "kind", "没有这种类型，可用：" + "、".join(KIND_OF_WORD) + "。"
            )
        return kind or word

    def _date(self, column: str) -> str:
        text = self._cells.get(column, "")
        if not trim(text):
            return ""
        try:
            parsed = parse_date(text)
        except NotADate as wrong:
            self._pass_on(wrong, column)
            return ""
        self._tell(column, parsed.notes)
        return parsed.day.isoformat()

    def _bases(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for column in self._cells:
            if column and column.startswith("base:"):
                text = self._cells[column]
                if trim(text):
                    found[intern(column[5:])] = self._base(text, column)
        return found or NO_BASES

    def _base(self, text: str, column: str) -> int:
        try:
            parsed = parse_count(text)
        except NotANumber as wrong:
            self._pass_on(wrong, column, before="基数要是不小于 0 的整数：")
            return 0
        self._tell(column, parsed.notes)
        return parsed.scaled

    def _pass_on(self, wrong: Refused, column: str, *, before: str = "") -> None:
        for fault in wrong.problems:
            self._wrong(fault.code, column, before + fault.message)

    def _tell(self, column: str, notes: tuple[str, ...]) -> None:
        self._notes += [f"第 {self._number} 行“{column}”列：{note}" for note in notes]
