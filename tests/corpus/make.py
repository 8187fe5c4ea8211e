"""Makes the workbooks of the corpus, most of which nobody may keep: bombs, macros, passwords.

`python -m tests.corpus.make FOLDER` writes them out, to look at them or to try another program.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.sheets.making import (
    SHEET,
    ole2,
    parts,
    saved,
    with_lying_size,
    with_shared_bytes,
    zipped,
)

HEADER = ["code", "name", "kind", "parent_code", "valid_from", "base:households"]
DISTRICT = ["990106", "临江区", "district", None, None, None]
MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"
ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE a [<!ENTITY a0 "ha">{ENTITIES}]><worksheet>&a9;</worksheet>'
PAGE = "<html><meta charset=utf-8><table><tr><td>code<td>name</table>"


def listed(*rows: list[Any], change: Callable[[Any], None] | None = None) -> bytes:
    """This function will give a list of units as a workbook, changed before it is saved."""
    book = Workbook()
    for row in (HEADER, DISTRICT, *rows):
        book.active.append(row)
    if change is not None:
        change(book)
    return saved(book)


def street(**cells: Any) -> list[Any]:
    """This function will give a good row, or one with some cells changed."""
    good = dict(zip(HEADER, ["990106001", "甲街道", "street", "990106", None, None], strict=True))
    return list((good | {name.replace("__", ":"): value for name, value in cells.items()}).values())


def _hide_row(book: Any) -> None:
    book.active.row_dimensions[3].hidden = True


def _merge(book: Any) -> None:
    book.active.merge_cells("B3:C3")


def _comment(book: Any) -> None:
    book.active["B3"].comment = Comment("请核对", "甲")


def _sheets(book: Any) -> None:
    book.active.title = "改过的名字"
    book.create_sheet("别的")["A1"] = "别的内容"
    book.create_sheet("藏起来的").sheet_state = "veryHidden"


def _error(book: Any) -> None:
    book.active["B3"] = "#REF!"
    book.active["B3"].data_type = "e"


def _formula(book: Any) -> None:
    book.active["F3"] = "=1+1"


def _date(book: Any) -> None:
    book.active["E3"] = date(2026, 1, 1)


def _date_1904(book: Any) -> None:
    book.epoch = CALENDAR_MAC_1904
    _date(book)


def _cached() -> bytes:
    cells = [f'<c r="{place}" t="str"><f>T("x")</f><v>{value}</v></c>' for place, value in (
        ("A2", "990106"), ("B2", "临江区"), ("C2", "district"))]  # fmt: skip
    header = [f'<c r="{letter}1" t="inlineStr"><is><t>{name}</t></is></c>'
              for letter, name in zip("ABCD", HEADER, strict=False)]  # fmt: skip
    rows = f'<row r="1">{"".join(header)}</row><row r="2">{"".join(cells)}</row>'
    return zipped(parts(rows))


def _far() -> bytes:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return zipped(parts('<row r="1"><c r="A1"><v>1</v></c></row>' + far))


def _rows(count: int) -> bytes:
    cell = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    return zipped(parts("".join(cell.format(row) for row in range(1, count + 1))))


FILES: dict[str, Callable[[], bytes]] = {
    "01-numbers-as-text.xlsx": lambda: listed(street(base__households="１２０")),
    "02-code-as-number.xlsx": lambda: listed(street(code=990106001)),
    "03-formula-with-value.xlsx": _cached,
    "04-formula-without-value.xlsx": lambda: listed(street(), change=_formula),
    "05-error-cell.xlsx": lambda: listed(street(), change=_error),
    "06-merged-in-the-data.xlsx": lambda: listed(street(), change=_merge),
    "07-hidden-row.xlsx": lambda: listed(street(), change=_hide_row),
    "08-comment.xlsx": lambda: listed(street(), change=_comment),
    "09-several-sheets.xlsx": lambda: listed(street(), change=_sheets),
    "10-date-cell.xlsx": lambda: listed(street(), change=_date),
    "11-date-of-1904.xlsx": lambda: listed(street(), change=_date_1904),
    "12-formula-as-text.xlsx": lambda: listed(street(name="'=1+1")),
    "13-serial-that-is-no-date.xlsx": lambda: listed(street(valid_from=46023)),
    "14-csv-named.xlsx": lambda: "code,name,kind,parent_code\n990106,临江区,district,\n".encode(),
    "15-old.xls": lambda: (Path(__file__).parents[1] / "sheets" / "old.xls").read_bytes(),
    "16-web-page-named.xls": lambda: PAGE.encode(),
    "17-macro.xlsm": lambda: zipped(parts(kind=MACRO)),
    "18-macro-named.xlsx": lambda: zipped(parts() | {"xl/vbaProject.bin": b"x"}),
    "19-template.xltx": lambda: zipped(parts(kind=TEMPLATE)),
    "20-password.xlsx": lambda: ole2("EncryptionInfo", "EncryptedPackage"),
    "21-external-link.xlsx": lambda: zipped(
        parts() | {"xl/externalLinks/externalLink1.xml": "<a/>"}
    ),
    "22-embedded.xlsx": lambda: zipped(parts() | {"xl/embeddings/a.docx": b"x"}),
    "23-bomb.xlsx": lambda: zipped(parts() | {SHEET: b" " * 32_000_000}),
    "24-bomb-of-entities.xlsx": lambda: zipped(parts() | {SHEET: BOMB}),
    "25-size-that-lies.xlsx": lambda: with_lying_size(
        zipped(parts() | {SHEET: b" " * 3_000_000}), SHEET, says=100
    ),
    "26-entries-over-each-other.xlsx": lambda: with_shared_bytes(parts()),
    "27-cut-off.xlsx": lambda: listed(street())[:-300],
    "28-only-a-beginning.xlsx": lambda: b"PK\x03\x04" + bytes(3000),
    "29-far-cell.xlsx": _far,
    "30-400000-rows.xlsx": lambda: _rows(400_000),
    "31-word.docx": lambda: zipped(
        parts(kind="application/vnd.openxmlformats-officedocument.wordprocessingml."
              "document.main+xml")
    ),
    "32-page.pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "33-too-large.xlsx": lambda: b"1,2\n" * 2_700_000,
}  # fmt: skip


def main(folder: Path) -> None:
    """This function will write every file into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
