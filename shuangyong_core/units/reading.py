"""Reading a file of units: csv or workbook, header in English or Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.masking import mask
from shuangyong_core.sheets import Limits, open_rows, why_unusable
from shuangyong_core.sheets.book import MB, Row
from shuangyong_core.units.row import FULL_WIDTH, SPOILED, SPOILED_SENTENCE, RowReader
from shuangyong_core.units.rules import UnitList, UnitText
from shuangyong_core.units.words import BASES

# Every unit of the nation is 665,276 rows, in 30 MB.
LIMITS = Limits(upload=64 * MB, rows=1_000_000)
MAX_SHOWN = 200
HEADER = {
    "编码": "code",
    "名称": "name",
    "类型": "kind",
    "上级编码": "parent_code",
    "属地编码": "territory_code",
    "启用日期": "valid_from",
}
NEEDED = ("code", "name", "kind", "parent_code")
CODES = ("code", "parent_code", "territory_code")


def read_units(data: bytes, name: str) -> UnitList:
    """This function will read units from a csv or workbook; `Problems` names every wrong row."""
    rows = open_rows(data, name=name, limits=LIMITS)
    first = next(rows, Row(1, ()))
    header = _read_header({c.column: c.text for c in first.cells}, name, first.number)
    problems: list[Problem] = []
    units: list[UnitText] = []
    notes: list[str] = []
    for row in rows:
        cells = {header[c.column]: c.text for c in row.cells if c.column in header}
        found: list[Problem] = []
        units.append(RowReader(name, row.number, cells, found, notes).unit())
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
