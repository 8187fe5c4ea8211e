"""Writing what a spreadsheet program will open: a text stays a text, no value becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from shuangyong_core.sheets.csv_files import RISKY

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def new_book_options() -> dict[str, Any]:
    """This function will give the options every XlsxWriter workbook of ours is made with."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }


def csv_text(value: object) -> object:
    """This function will put an apostrophe before a text that a spreadsheet would calculate."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple(RISKY) else value


def write_csv(rows: Iterable[Sequence[str | int | Decimal | None]]) -> bytes:
    """This function will write rows as a csv that Excel opens in Chinese and runs nothing of."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerows([csv_text(value) for value in row] for row in rows)
    return page.getvalue().encode("utf-8-sig")
