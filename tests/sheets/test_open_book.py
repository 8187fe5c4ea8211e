"""What is read of an honest workbook: each value as a person sees it in Excel."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from shuangyong_core.errors import Problems
from shuangyong_core.sheets import Cell, Limits, Row, new_book_options, open_book, why_unusable
from tests.sheets.making import FORMATTED, parts, saved, zipped


def _row(data: bytes, number: int = 1) -> Row:
    return open_book(data, name="a.xlsx").first.row(number)


def _shown(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


def test_numbers_and_texts_are_read_as_a_person_sees_them() -> None:
    row = _row(zipped(parts(FORMATTED)))

    assert _shown(row)[:7] == ["20", "1.1", "0.3", "300000", "NaN", "TRUE", "临江"]
    assert [cell.value for cell in row.cells[:3]] == [20, Decimal("1.1"), Decimal("0.3")]
    assert row.cell(11).text == "甲\r乙"
    assert row.cell(12).is_blank


def test_a_formula_gives_its_value_or_says_that_it_has_none() -> None:
    row = _row(zipped(parts(FORMATTED)))

    assert (row.cell(8).text, row.cell(8).is_formula) == ("20", True)
    assert [why[0] for c in (9, 10) if (why := why_unusable(row.cell(c)))] == [
        "no_value",
        "cell_error",
    ]
    assert row.cell(10).error == "#DIV/0!"


def test_a_serial_is_a_date_only_where_the_cell_says_so() -> None:
    book = Workbook()
    sheet = book.active
    kinds = [
        "yyyy-mm-dd",
        "General",
        "0%",
        'yyyy"年"m"月"',
        "h:mm",
        "0.00",
        "[h]:mm",
        "yyyy/m/d;@",
        "General元",
    ]
    for column, kind in enumerate(kinds, start=1):
        cell = sheet.cell(1, column, 46203 if column not in (3, 5) else 0.5)
        cell.number_format = kind
    sheet.cell(1, 10, datetime(2026, 7, 1, 9, 30))
    sheet.cell(1, 11, 60).number_format = "yyyy-mm-dd"

    row = _row(saved(book))

    assert _shown(row) == ["2026-06-30", "46203", "50%", "2026-06-30", "12:00", "46203", "46203",
                           "2026-06-30", "46203", "2026-07-01 09:30", "60"]  # fmt: skip
    assert row.cell(1).value == date(2026, 6, 30)
    assert row.cell(10).value == datetime(2026, 7, 1, 9, 30)


def test_the_calendar_of_1904_is_kept() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = date(2026, 6, 30)

    assert _shown(_row(saved(book))) == ["2026-06-30"]


def test_what_is_merged_or_hidden_is_known() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "社区"
    for row in range(1, 6):
        sheet.append([row, row, row, row])
    sheet.merge_cells("B2:C3")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("_meta").sheet_state = "veryHidden"

    read = open_book(saved(book), name="a.xlsx")

    first = read.first
    assert first.merged == ("B2:C3",)
    assert [first.row(2).cell(c).merged for c in (1, 2, 3)] == [None, "B2:C3", "B2:C3"]
    assert [row.number for row in first.rows if row.hidden] == [4]
    assert first.hidden_columns == {4}
    assert [each.state for each in read.sheets] == ["visible", "veryHidden"]
    assert first.at(first.row(5).cell(5).place) == "社区!E5"


def test_openpyxl_reads_the_same_values() -> None:
    rows = [["户", 12, 3.25, date(2026, 3, 6)], ["", None, -7, True], ["=1+1", 1e10, 0.1, "　空 "]]
    page = io.BytesIO()
    with xlsxwriter.Workbook(page, new_book_options()) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif value is not None:
                    sheet.write(number, column, value)

    ours = open_book(page.getvalue(), name="a.xlsx").first
    theirs = load_workbook(io.BytesIO(page.getvalue())).active

    for line in theirs.iter_rows():
        for cell in line:
            mine = ours.row(cell.row).cell(cell.column)
            same = cell.value.date() if isinstance(cell.value, datetime) else cell.value
            assert (float(mine.value) if isinstance(mine.value, Decimal) else mine.value) == same


def test_an_old_workbook_is_read_by_the_child() -> None:
    book = open_book(Path(__file__).with_name("old.xls").read_bytes(), name="a.xlsx")

    assert book.kind == "xls"
    rows = [["名称", "户数", "日期"], ["甲", "12", "2026-06-30"], ["乙", "3.5"], ["合并"]]
    assert [_shown(row) for row in book.first.rows] == rows
    assert book.first.row(4).cell(2).merged == "A4:B4"
    assert [each.state for each in book.sheets] == ["visible", "hidden"]


def test_a_child_that_runs_out_of_time_is_said() -> None:
    data = Path(__file__).with_name("old.xls").read_bytes()

    with pytest.raises(Problems) as refused:
        open_book(data, name="a.xls", limits=Limits(seconds=0))

    assert refused.value.problems[0].code == "file_too_complex"


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("名称,户数\n甲,12\n".encode("utf-8-sig"), [["名称", "户数"], ["甲", "12"]]),
        ("名称\t户数\r\n𠮷,12\t3\r\n".encode("gb18030"), [["名称", "户数"], ["𠮷,12", "3"]]),
        ("名称;户数\r甲;12\r".encode("utf-16"), [["名称", "户数"], ["甲", "12"]]),
        ('"名,称",户数\n"甲\n乙",12\n'.encode(), [["名,称", "户数"], ["甲\n乙", "12"]]),
        ("名称,,\n,,\n甲,,\n".encode(), [["名称"], ["甲"]]),
        (b"'=1+1,'-5\n", [["=1+1", "-5"]]),
    ],
)
def test_every_usual_csv_is_read(data: bytes, shown: list[list[str]]) -> None:
    book = open_book(data, name="a.csv")

    assert book.kind == "csv"
    assert [_shown(row) for row in book.first.rows] == shown


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        ('名称,户数\n"甲,12\n'.encode(), "not_csv", 2),
        ("名称,户数\n甲,1\x002\n".encode(), "control", 2),
        ("名称,户数\n甲,\x9b12\n".encode(), "control", 2),
        ("名称,户数\n锟斤拷,12\n".encode(), "encoding", None),
        ("名称,户数\n甲,12\n".encode()[:-5] + b"\xff\xff\n", "encoding", None),
        (("1," * 70 + "2\n").encode(), "too_many_columns", None),
    ],
)
def test_a_csv_with_faults_names_them(data: bytes, code: str, row: int | None) -> None:
    with pytest.raises(Problems) as refused:
        open_book(data, name="a.csv")

    assert [(p.code, p.row) for p in refused.value.problems] == [(code, row)]


def test_a_blank_cell_is_a_cell() -> None:
    assert Cell(3, 28).place == "AB3"
    assert Row(3, ()).cell(2) == Cell(3, 2)
