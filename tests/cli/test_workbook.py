"""`report template` and `report import`: a workbook out, filled, checked, taken in, marked."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import Operator
from tests.reports.place import COMMUNITY, PLAN, ROUND, STREET, Street
from tests.reports.workbooks import ALL, NEIGHBOUR, Typed, place, type_in

HERE = ("--plan", PLAN, "--unit", STREET, "--round", ROUND, "--below")


def filled(desk: Operator, typed: Typed) -> Path:
    """This function will write a workbook and type into it."""
    path = desk.folder.parent / "江滨街道.xlsx"
    desk.done("report", "template", *HERE, "-o", path)
    path.write_bytes(type_in(path.read_bytes(), typed))
    return path


def test_a_workbook_is_written_for_all_units_below(operator: Operator, street: Street) -> None:
    said = operator.done("report", "template", *HERE, "-o", operator.folder.parent / "a.xlsx")

    assert said.out == "已写出 a.xlsx：2 个单位，待填 7 格。\n"


def test_a_filled_workbook_is_checked_and_then_taken_in(operator: Operator, street: Street) -> None:
    path = filled(operator, ALL)
    before = operator.dump()

    checked = operator.done("report", "import", path, "--dry-run", "--json").json
    assert operator.dump() == before
    said = operator.done("report", "import", path)
    again = operator.done("report", "import", path)

    assert (checked["passes"], checked["summary"]) == (True, "7 格全部通过，可以写入 2 个单位。")
    assert [row["outcome"] for row in checked["rows"]] == ["write", "write"]
    assert said.out.startswith(f"已报送，回执号 {ROUND}-{COMMUNITY}-1\n")
    assert "没有变化 2 个单位" in again.out


def test_a_wrong_cell_is_named_and_marked_in_a_copy(operator: Operator, street: Street) -> None:
    path = filled(operator, {NEIGHBOUR: {"B03.value": "约50"}})

    said = operator.refused("report", "import", path)

    where = place(path.read_bytes(), NEIGHBOUR, "B03.value")
    assert "1 格里有 1 格要改，0 格通过。还没有写入任何数。" in said
    assert where in said
    marked = load_workbook(io.BytesIO(path.with_name("江滨街道-检查结果.xlsx").read_bytes()))
    assert marked.sheetnames[0] == "错误清单"
    sheet, _, cell = where.partition("!")
    assert "不能填约数" in marked[sheet][cell].comment.text


def test_what_was_marked_is_mended_and_taken_in(operator: Operator, street: Street) -> None:
    path = filled(operator, {NEIGHBOUR: {"B03.value": "约50"}})
    operator.refused("report", "import", path)
    marked = path.with_name("江滨街道-检查结果.xlsx")

    marked.write_bytes(type_in(marked.read_bytes(), {NEIGHBOUR: {"B03.value": 50}}))

    assert f"{ROUND}-{NEIGHBOUR}-1" in operator.done("report", "import", marked).out


def test_a_file_that_is_not_ours_is_refused(operator: Operator, street: Street) -> None:
    said = operator.refused("report", "import", operator.file("a.csv", "单位,数\n江滨,1\n"))

    assert "请重新下载工作簿再填" in said
