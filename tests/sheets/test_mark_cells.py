"""The sender's own workbook comes back marked, and a second time without the marks of the first."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from shuangyong_core.sheets import Mark, mark_cells, open_book
from tests.sheets.making import parts, saved, zipped


def _template() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "社区"
    for row in (["名称", "户数"], ["甲", "约50"], ["=cmd|' /c calc'!A1", 12]):
        sheet.append(row)
    sheet["A3"].data_type = "s"
    sheet["B2"].fill = PatternFill("solid", fgColor="FFFFFFCC")
    sheet.protection.sheet = True
    check = DataValidation(type="whole", operator="between", formula1="0", formula2="999")
    check.add("B2:B3")
    sheet.add_data_validation(check)
    book.create_sheet("_meta").sheet_state = "veryHidden"
    return saved(book)


def _read(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


MARKS = [Mark("社区", "B2", "不能填约数"), Mark("社区", "", "=少了一行"), Mark("没有", "B2", "?")]


def test_a_bad_cell_is_red_and_says_why() -> None:
    book = _read(mark_cells(_template(), MARKS))

    cell = book["社区"]["B2"]
    assert (cell.fill.fgColor.rgb, cell.comment.text) == ("FFFFC7CE", "不能填约数")
    assert book.sheetnames[0] == "错误清单"
    front = book["错误清单"]
    assert front["B4"].hyperlink.location == "'社区'!B2"
    assert [front.cell(row, 3).value for row in (4, 5, 6)] == ["不能填约数", "=少了一行", "?"]
    assert front["C5"].data_type == "s"


def test_what_the_template_had_is_still_there() -> None:
    book = _read(mark_cells(_template(), MARKS))

    sheet = book["社区"]
    assert sheet.protection.sheet
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["B2:B3"]
    assert book["_meta"].sheet_state == "veryHidden"
    assert sheet["A3"].data_type == "s"


def test_a_marked_workbook_is_read_like_the_first_and_loses_its_marks() -> None:
    once = mark_cells(_template(), MARKS)
    twice = _read(mark_cells(once, [Mark("社区", "B3", "请核对")]))

    assert open_book(once, name="a.xlsx").first.title == "社区"
    cell = twice["社区"]["B2"]
    assert (cell.fill.fgColor.rgb, cell.comment) == ("FFFFFFCC", None)
    assert twice["社区"]["B3"].comment.text == "请核对"
    assert twice.sheetnames.count("错误清单") == 1


def test_what_cannot_be_given_back_whole_gives_the_list_alone() -> None:
    old = Path(__file__).with_name("old.xls").read_bytes()

    for data in (old, "名称,户数\n".encode(), zipped({"xl/media/a.png": b"x"})):
        assert _read(mark_cells(data, MARKS, front=False)).sheetnames == ["错误清单"]


def test_a_merged_range_as_large_as_the_sheet_is_not_written_back() -> None:
    merged = '<mergeCells><mergeCell ref="{}"/></mergeCells>'
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'

    for place in ("A1:AZ5000", "XFD1048576:A1"):
        data = zipped(parts(row, after=merged.format(place)))
        assert _read(mark_cells(data, MARKS)).sheetnames == ["错误清单"]
    small = zipped(parts(row, after=merged.format("A1:C9")))
    assert "社区" in _read(mark_cells(small, MARKS)).sheetnames


def test_an_altered_memory_of_colours_stops_nothing() -> None:
    book = _read(mark_cells(_template(), MARKS))
    for number, kept in enumerate(
        (("社区", "B2", "solid", "red"), ("社区", "B2", "solid", "theme:1:x"), (7, None, "", "")), 1
    ):
        for column, value in enumerate(kept, 1):
            book["_标记"].cell(number, column, value)
    book["_标记"].cell(300_000, 1).fill = PatternFill("solid", fgColor="FFFFFFFF")

    again = _read(mark_cells(saved(book), [Mark("社区", "B3", "请核对")]))

    assert again["社区"]["B2"].fill.fill_type is None
