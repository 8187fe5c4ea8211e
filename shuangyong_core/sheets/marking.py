"""Gives senders their own workbook back: bad cells red with a comment, a list of them in front."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from shuangyong_core.sheets.book import FRONT, row_and_column
from shuangyong_core.sheets.own_book import load_own_book

AUTHOR = "双拥责任链"
MEMORY = "_标记"  # which cells we coloured, so that the next time they get their own fill back
RED = PatternFill("solid", fgColor="FFFFC7CE")
COLOUR = re.compile(r"[0-9A-Fa-f]{8}|theme:[0-9]{1,2}:-?[0-9.]{1,24}")
MOST_REMEMBERED = 20_000
PARTED = "\n\n（原批注）\n"
TOP, WRAPPED = Alignment(vertical="top"), Alignment(wrap_text=True, vertical="top")
WIDTHS = (("A", 7), ("B", 22), ("C", 80))


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell to colour, and what is wrong with it; without a place it stands in the list only."""

    sheet: str
    place: str
    message: str


def mark_cells(data: bytes, marks: Sequence[Mark], *, front: bool = True) -> bytes:
    """This function will give the sender's workbook back with its bad cells marked and listed.

    What cannot be written back whole (pictures, an old .xls, a csv) gives the list alone.
    """
    book = load_own_book(data)
    if book is None:
        book = Workbook()
        book.remove(book.active)
        front = True
    _unmark(book)
    remembered = [_mark(book, mark) for mark in _by_cell(marks) if _has_place(book, mark)]
    if remembered:
        _remember(book, remembered)
    if front:
        _list_in_front(book, marks)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def _by_cell(marks: Sequence[Mark]) -> list[Mark]:
    said: dict[tuple[str, str], list[str]] = {}
    for mark in marks:
        said.setdefault((mark.sheet, mark.place), []).append(mark.message)
    return [Mark(sheet, place, "\n".join(each)) for (sheet, place), each in said.items()]


def _has_place(book: Any, mark: Mark) -> bool:
    return mark.sheet in book.sheetnames and row_and_column(mark.place) is not None


def _mark(book: Any, mark: Mark) -> tuple[str, str, str, str]:
    sheet = book[mark.sheet]
    cell = sheet[_top_left(sheet, mark.place)]
    fill = cell.fill
    kept = (fill.fill_type or "", _colour(fill.fgColor))
    cell.fill = RED
    before = cell.comment.text if cell.comment is not None else ""
    text = mark.message + (PARTED + before if before else "")
    cell.comment = Comment(text, AUTHOR, width=320, height=120)
    return (mark.sheet, cell.coordinate, *kept)


def _top_left(sheet: Any, place: str) -> str:
    for merged in sheet.merged_cells.ranges:
        if place in merged:
            return str(merged.coord.partition(":")[0])
    return place


def _colour(colour: Any) -> str:
    if colour.type == "theme":
        return f"theme:{colour.theme}:{colour.tint}"
    return str(colour.rgb) if colour.type == "rgb" else ""


def _unmark(book: Any) -> None:
    if FRONT in book.sheetnames:
        book.remove(book[FRONT])
    if MEMORY not in book.sheetnames:
        return
    last = min(book[MEMORY].max_row, MOST_REMEMBERED)  # a far cell would make a million of them
    for remembered in book[MEMORY].iter_rows(max_row=last, max_col=4, values_only=True):
        title, place, kind, colour = (str(each or "") for each in remembered)
        if title in book.sheetnames and row_and_column(place) is not None:
            cell = book[title][place]
            cell.fill = _fill(kind, colour)
            if cell.comment is not None and cell.comment.author == AUTHOR:
                before = cell.comment.text.partition(PARTED)[2]
                cell.comment = Comment(before, "") if before else None
    book.remove(book[MEMORY])


def _fill(kind: str, colour: str) -> PatternFill:
    # The sheet is hidden, not safe: what somebody altered there is no fill at all.
    if kind != "solid" or not COLOUR.fullmatch(colour):
        return PatternFill()
    if colour.startswith("theme:"):
        _, theme, tint = colour.split(":")
        return PatternFill("solid", fgColor=Color(theme=int(theme), tint=float(tint)))
    return PatternFill("solid", fgColor=colour)


def _remember(book: Any, cells: Sequence[tuple[str, str, str, str]]) -> None:
    sheet = book.create_sheet(MEMORY)
    sheet.sheet_state = "veryHidden"
    for number, cell in enumerate(cells, start=1):
        for column, kept in enumerate(cell, start=1):
            _write(sheet, number, column, kept)


def _list_in_front(book: Any, marks: Sequence[Mark]) -> None:
    sheet = book.create_sheet(FRONT, 0)
    for each in book.worksheets:
        each.sheet_view.tabSelected = each is sheet
    book.active = 0
    for name, width in WIDTHS:
        sheet.column_dimensions[name].width = width
    _write(sheet, 1, 1, f"有 {len(marks)} 处需要改，改好后把这个文件重新上传；本页不用删。")
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.row_dimensions[1].height = 26
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0
    for column, title in enumerate(("序号", "位置（点击前往）", "怎么改"), start=1):
        _write(sheet, 3, column, title).font = Font(bold=True)
    for number, mark in enumerate(marks, start=1):
        row = number + 3
        _write(sheet, row, 1, number).alignment = TOP
        place = _write(sheet, row, 2, f"{mark.sheet}!{mark.place}" if mark.place else mark.sheet)
        place.alignment = TOP
        if _has_place(book, mark):
            quoted = mark.sheet.replace("'", "''")
            place.hyperlink = Hyperlink(place.coordinate, location=f"'{quoted}'!{mark.place}")
            place.font = Font(color="FF0563C1", underline="single")
        _write(sheet, row, 3, mark.message).alignment = WRAPPED
    sheet.freeze_panes = "A4"


def _write(sheet: Any, row: int, column: int, value: str | int) -> Any:
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # or a message that begins with = would be a formula
    return cell
