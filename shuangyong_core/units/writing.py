"""Writing units to a file that can be read in again: csv, or a workbook whose codes stay text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter import Workbook

from shuangyong_core.sheets import new_book_options
from shuangyong_core.units.queries import UnitLinks

Bases = Mapping[str, Mapping[str, int]]
HEADS = ("code", "name", "kind", "parent_code", "territory_code")
WIDTHS = (18, 34, 20, 18, 18)


def units_csv(links: Mapping[str, UnitLinks], bases: Bases) -> str:
    """This function will write every unit with its bases as csv."""
    page = io.StringIO(newline="")
    csv.writer(page, lineterminator="\n").writerows(_rows(links, bases))
    return page.getvalue()


def units_xlsx(links: Mapping[str, UnitLinks], bases: Bases) -> bytes:
    """This function will write every unit with its bases as a workbook."""
    data = io.BytesIO()
    book = Workbook(data, new_book_options())
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "bg_color": "#F1F3F6"})
    sheet = book.add_worksheet("单位")
    sheet.freeze_panes(1, 2)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width, text)
    for number, row in enumerate(_rows(links, bases)):
        for column, value in enumerate(row):
            if number == 0:
                sheet.write_string(number, column, str(value), bold)
            elif isinstance(value, int):
                sheet.write_number(number, column, value)
            elif value:
                sheet.write_string(number, column, value, text)
    book.close()
    return data.getvalue()


def _rows(links: Mapping[str, UnitLinks], bases: Bases) -> Iterator[Sequence[str | int]]:
    keys = sorted({key for each in bases.values() for key in each})
    yield [*HEADS, *(f"base:{key}" for key in keys)]
    for unit in links.values():
        site = "" if unit.territory == unit.parent else unit.territory
        numbers = [bases.get(unit.code, {}).get(key, "") for key in keys]
        yield [unit.code, unit.name, unit.kind, unit.parent, site, *numbers]
