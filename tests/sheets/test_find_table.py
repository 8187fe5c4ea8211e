"""A table is found by the names over its columns, and what is missing or doubled is said."""

from __future__ import annotations

import pytest

from shuangyong_core.errors import Problems
from shuangyong_core.sheets import Table, find_table, open_book, write_csv

HEADERS = {"code": ("编码", "单位编码"), "name": ("名称",), "note": ("备注",)}


def _table(text: str) -> Table:
    sheet = open_book(text.encode(), name="a.csv").first
    return find_table(sheet, HEADERS, required=("code", "name"), file="a.csv")


@pytest.mark.parametrize(
    "header",
    ["编码,名称", "名 称,CODE,别的", '"单位\n编码 *",　名称', "临江区单位表\n\n编码,名称"],
)
def test_a_header_is_known_in_any_order_and_place(header: str) -> None:
    cells = header.split("\n")[-1].split(",")
    name_first = "名" in cells[0]

    table = _table(f"{header}\n{'甲,990106001' if name_first else '990106001,甲'}\n")

    row = table.rows[0]
    assert (row.get("code").text, row.get("name").text) == ("990106001", "甲")
    assert row.get("note").is_blank


def test_columns_that_share_a_beginning_are_given_by_what_follows() -> None:
    row = _table("编码,名称,基数：户数,基数:会员数\n1,甲,12,\n").rows[0]

    assert {name: cell.text for name, cell in row.values("基数:").items()} == {
        "户数": "12",
        "会员数": "",
    }


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("名称,名称\n", ["doubled_header", "missing_header"]),
        ("别的\n", ["missing_header", "missing_header"]),
        ("编码,单位编码,名称\n", ["doubled_header"]),
        (" ,\n", ["empty"]),
    ],
)
def test_what_is_wrong_with_a_header_is_said_at_once(text: str, codes: list[str]) -> None:
    with pytest.raises(Problems) as refused:
        _table(text)

    assert [problem.code for problem in refused.value.problems] == codes


def test_our_csv_runs_nothing_and_reads_back_the_same() -> None:
    rows = [["名称", "=cmd|'/c calc'!A1", "@SUM", "-5", "+86", "甲\r\n乙"], ["\t乙", 12, None]]

    data = write_csv(rows)

    assert data.decode("utf-8-sig").splitlines()[0].startswith("名称,'=cmd|")
    cells = open_book(data, name="a.csv").first.rows[0].cells
    assert [cell.text for cell in cells] == [*rows[0][:5], "甲\n乙"]
