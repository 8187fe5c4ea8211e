"""Reading a file of units: csv or workbook, header in English or Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal

from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.guard.dates import NotADate, parse_date
from shuangyong_core.guard.folding import trim
from shuangyong_core.guard.hidden import find_hidden
from shuangyong_core.guard.masking import mask
from shuangyong_core.guard.numbers import NotANumber, parse_count
from shuangyong_core.guard.scanning import PERSONAL, scan
from shuangyong_core.sheets import Limits, open_book, why_unusable
from shuangyong_core.sheets.book import MB, Row
from shuangyong_core.units.kinds import KIND_OF_WORD
from shuangyong_core.units.rules import UnitList, UnitText

LIMITS = Limits(upload=64 * MB, rows=100_000)
MAX_SHOWN = 200
LONGEST_NAME = 120
HEADER = {
    "编码": "code",
    "名称": "name",
    "类型": "kind",
    "上级编码": "parent_code",
    "属地编码": "territory_code",
    "启用日期": "valid_from",
}
NEEDED = ("code", "name", "kind", "parent_code")
BASES = {"户数": "households", "会员数": "members", "优抚对象": "beneficiaries"}
# What a spreadsheet makes of a long code: 990106001.0 or 9.90106E+11.
SPOILED = re.compile(r"^[0-9]+\.0+$|^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$")
SPOILED_SENTENCE = "编码被表格改成了数字，开头的 0 会丢，单元格请设为文本格式再填。"
CODES = ("code", "parent_code", "territory_code")
GOOD_CODE = re.compile(r"^[0-9A-Za-z][0-9A-Za-z_.-]{0,39}$")
FULL_WIDTH = str.maketrans({chr(0xFF01 + n): chr(0x21 + n) for n in range(94)} | {"　": " "})


def read_units(data: bytes, name: str) -> UnitList:
    """This function will read units from a csv or workbook; `Problems` names every wrong row."""
    rows = open_book(data, name=name, limits=LIMITS).first.rows
    header_row = rows[0].number if rows else 1
    header = _read_header(
        {c.column: c.text for c in rows[0].cells} if rows else {}, name, header_row
    )
    problems: list[Problem] = []
    units: list[UnitText] = []
    notes: list[str] = []
    for row in rows[1:]:
        cells = {header[c.column]: c.text for c in row.cells if c.column in header}
        found: list[Problem] = []
        units.append(_Row(name, row.number, cells, found, notes).unit())
        faults = list(_faults_of_cells(row, header, name))
        unusable = {fault.column for fault in faults}
        # A cell that cannot be used at all is said once, not also as a blank one.
        problems += [each for each in found if each.column not in unusable] + faults
        notes += [f"第 {row.number} 行是隐藏的，也读了进来。"] if row.hidden else []
    if not units and not problems:
        problems.append(Problem("empty", "文件里没有单位，请从第 2 行起一行一个。", file=name))
    if problems:
        raise Problems(problems[:MAX_SHOWN])
    return UnitList(name, tuple(units), tuple(notes))


def _read_header(cells: dict[int, str], name: str, row: int) -> dict[int, str]:
    header = {}
    for column, cell in cells.items():
        word = cell.strip().translate(FULL_WIDTH)
        base = re.match(r"^(?:基数|base):\s*(.+)$", word)
        if base:
            word = f"base:{BASES.get(base[1], base[1])}"
        header[column] = HEADER.get(word, word)
    names = list(header.values())
    faults = [f"缺少“{column}”列" for column in NEEDED if column not in names]
    faults += [f"“{column}”列有两个" for column in dict.fromkeys(names) if names.count(column) > 1]
    if faults:
        sentence = "；".join(faults) + "。表头应为 code,name,kind,parent_code 或对应的中文表头。"
        raise Problems([Problem("header", sentence, file=name, row=row)])
    return header


def _faults_of_cells(row: Row, header: Mapping[int, str], name: str) -> Iterator[Problem]:
    """What only a workbook can do wrong: error cells, merged cells, codes kept as numbers."""
    typed = {cell.column for cell in row.cells}
    covered = [row.cell(number) for number in row.merged if number not in typed]
    for cell in (*row.cells, *covered):
        column = header.get(cell.column, "")
        why = why_unusable(cell) if column else None
        is_number = column in CODES and isinstance(cell.value, int | Decimal)
        if why is None and is_number and not SPOILED.match(cell.text):
            why = ("spoiled_code", SPOILED_SENTENCE)
        if why:
            yield Problem(why[0], why[1], file=name, row=row.number, column=column,
                          value=mask(cell.error or cell.text))  # fmt: skip


class _Row:
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
            parent=self._code("parent_code"),
            territory=self._code("territory_code"),
            valid_from=self._date("valid_from"),
            bases=self._bases(),
        )

    def _wrong(self, code: str, column: str, message: str) -> None:
        value = mask(self._cells.get(column, ""))
        place = (self._name, self._number, column)
        self._problems.append(Problem(code, message, *place, value=value))

    def _clean(self, column: str) -> str:
        raw = self._cells.get(column) or ""
        clean = raw.strip().strip("\ufeff\u200b\u00a0　").translate(FULL_WIDTH)
        if clean != raw.strip():
            self._notes.append(f"第 {self._number} 行“{column}”列：全角字符已转为半角 {clean}")
        return clean

    def _text(self, column: str) -> str:
        text = unicodedata.normalize("NFC", trim(self._cells.get(column) or ""))
        if not text:
            self._wrong("blank", column, "不能为空。")
        elif len(text) > LONGEST_NAME:
            self._wrong("text", column, f"名称最多 {LONGEST_NAME} 个字。")
        elif hidden := find_hidden(text, with_lines=False):
            self._wrong("hidden_character", column, f"有看不见的控制字符 {hidden}，请删掉后重填。")
        for hit in scan(text):
            # A division or regiment may be the name of a place in the west of the country.
            if hit.kind in PERSONAL:
                self._wrong(f"guard_{hit.kind}", column, hit.sentence)
        return text

    def _code(self, column: str, *, needed: bool = False) -> str:
        code = self._clean(column)
        if not code and needed:
            self._wrong("blank", column, "不能为空。")
        elif SPOILED.match(code):
            self._wrong("spoiled_code", column, SPOILED_SENTENCE)
        elif code and not GOOD_CODE.match(code):
            self._wrong("code", column, "编码只能用数字、字母和短横线，最多 40 位。")
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

    def _bases(self) -> dict[str, int]:
        found = {}
        for column in self._cells:
            if column and column.startswith("base:"):
                text = self._cells[column]
                if trim(text):
                    found[column[5:]] = self._base(text, column)
        return found

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
