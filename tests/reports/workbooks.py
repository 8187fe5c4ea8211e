"""A clerk at a workbook: downloads it, types into cells by unit and column, uploads it again."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from openpyxl import load_workbook

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.reports.actions.import_workbook import Imported, import_workbook
from shuangyong_core.reports.queries.check_workbook import check_workbook
from shuangyong_core.reports.queries.template import get_template
from shuangyong_core.reports.rules.workbook.read import Filled, read_workbook
from shuangyong_core.reports.rules.workbook.verdict import Verdict
from shuangyong_core.reports.rules.workbook.write import write_workbook
from tests.reports.place import COMMUNITY, PLAN, ROUND, STREET, Street

SECRET = b"s" * 32
NEIGHBOUR = "990106001002"
Typed = Mapping[str, Mapping[str, Any]]
# What GOOD of the street says, typed into cells.
TYPED: dict[str, Any] = {
    "B03.value": 12, "B03.part:国防": 5, "B03.part:双拥": 7,
    "B06.numerator": 30, "B06.denominator": 31,
    "C06.value": 1200.5,
    "A16.tick:安排": "是", "A16.tick:宣传": "是",
    "C01.keys": "驻军单位A、驻军单位B",
    "F10.date": "2026-07-03",
}  # fmt: skip


def download(street: Street, *, unit: str = STREET, below: bool = True, **how: Any) -> bytes:
    """This function will write a workbook as the street downloads it."""
    facts = {"round_code": ROUND, "actor": street.street_clerk, "at": street.at} | how
    with db.read(street.engine) as session:
        template = get_template(session, PLAN, unit=unit, below=below, **facts)
    return write_workbook(template, secret=SECRET)


def columns(sheet: Any) -> dict[str, int]:
    """This function will give the columns of a sheet by the keys of its hidden row."""
    return {cell.value: cell.column for cell in sheet[1] if cell.value}


def row_of(sheet: Any, unit: str) -> int:
    """This function will give the row of a unit by its hidden code."""
    return next(cell.row for cell in sheet["A"] if cell.value == unit)


def place(data: bytes, unit: str, key: str) -> str:
    """This function will name a cell as Excel does: 社区!E9."""
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        if any(cell.value == unit for cell in sheet["A"]):
            cell = sheet.cell(row_of(sheet, unit), columns(sheet)[key])
            return f"{sheet.title}!{cell.coordinate}"
    raise KeyError(unit)


def type_in(data: bytes, typed: Typed, change: Callable[[Any], None] | None = None) -> bytes:
    """This function will type into cells, then do anything else to the book, and save it."""
    book = load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        for unit, cells in typed.items():
            if any(cell.value == unit for cell in sheet["A"]):
                for key, value in cells.items():
                    sheet.cell(row_of(sheet, unit), columns(sheet)[key]).value = value
    if change is not None:
        change(book)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def read(data: bytes, name: str = "江滨街道.xlsx") -> Filled:
    """This function will read a workbook that came back."""
    return read_workbook(data, name=name, secret=SECRET)


def check(street: Street, data: bytes, *, actor: Actor | None = None, **how: Any) -> Verdict:
    """This function will judge a workbook and write nothing."""
    facts = {"actor": actor or street.street_clerk, "at": street.at} | how
    with db.read(street.engine) as session:
        return check_workbook(session, read(data), **facts)


def upload(street: Street, data: bytes, *, actor: Actor | None = None, **how: Any) -> Imported:
    """This function will take a workbook in."""
    facts = {"actor": actor or street.street_clerk, "at": street.at} | how
    with db.write(street.engine) as session:
        return import_workbook(session, read(data), **facts)


ALL: Typed = {COMMUNITY: TYPED, NEIGHBOUR: {"B03.value": 3}}
