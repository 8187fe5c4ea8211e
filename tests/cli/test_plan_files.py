"""`plan template | export | copy`: a year from the catalogue without a line of yaml."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Operator
from tests.plans.filling import Desk

CODE = "linjiang-2026"


def test_a_plan_is_ticked_checked_mended_imported_and_written_out_again(
    district: Operator, tmp_path: Path
) -> None:
    book = tmp_path / "计划.xlsx"
    told = district.done("plan", "template", book, "--year", "2026").out
    desk = Desk(book.read_bytes())
    desk.tick("A04", "B03", "C01", "C03", "F01", "D13")
    desk.head("计划编码", CODE)
    who = desk.target("A04", "谁报", "街道、工会")
    goal = desk.target("C01", "目标数", "两次")
    book.write_bytes(desk.saved())

    first = district.refused("plan", "check", book)
    desk.target("C01", "目标数", 2)
    book.write_bytes(desk.saved())
    second = district.refused("plan", "import", book)
    desk.target("A04", "谁报", "街道、区总工会")
    book.write_bytes(desk.saved())

    assert "88 个任务可选，已打勾 0 个" in told
    assert f"计划.xlsx 第 {goal[4:]} 行 “目标数”列 任务!{goal[3:]}" in first
    assert f"任务!{who[3:]}" in second
    assert "核对通过" in district.done("plan", "check", book).out
    assert CODE in district.done("plan", "import", book).out
    # The office's member unit was found by its name.
    shown = district.done("plan", "show", CODE, "--json").json
    assert [each["code"] for each in shown["targets"]] == ["A04", "B03", "C01", "C03", "D13", "F01"]

    before = district.dump()
    for name in ("out.xlsx", "out.yaml"):
        district.done("plan", "export", CODE, tmp_path / name)
        district.done("plan", "import", tmp_path / name)
    assert district.dump() == before
    assert "要以 .xlsx 或 .yaml 结尾" in district.refused(
        "plan", "export", CODE, tmp_path / "x.doc"
    )


def test_a_copy_says_what_moved_and_a_template_begins_with_it(
    district: Operator, linjiang: Path, tmp_path: Path
) -> None:
    district.done("plan", "import", linjiang / "plan.yaml")

    copied = district.done("plan", "copy", CODE, "linjiang-2027", "--year", "2027").out
    district.done("plan", "template", tmp_path / "a.xlsx", "--from", "linjiang-2027")
    taken = district.refused("plan", "copy", CODE, "linjiang-2027", "--year", "2027")

    assert "2027-07-10（星期六）不上班，改为 2027-07-12" in copied
    assert "是暂定的" in copied
    assert "已有编码为 linjiang-2027" in taken
    sheet = Desk((tmp_path / "a.xlsx").read_bytes()).sheet("任务")
    assert [cell.value for cell in sheet["A"]].count("√") == 25
    assert len({cell.value for cell in sheet["B"][3:]} - {None}) == 88
    before = district.dump()
    district.done("plan", "import", tmp_path / "a.xlsx")
    assert district.dump() == before


def test_a_workbook_can_be_filled_in_before_anything_is_installed(
    bare: Operator, tmp_path: Path, linjiang: Path
) -> None:
    book = tmp_path / "a.xlsx"

    bare.done("plan", "template", book)
    desk = Desk(book.read_bytes())
    desk.tick("C01", "C02")
    desk.head("计划编码", CODE)
    desk.head("发布单位编码", "990106")
    book.write_bytes(desk.saved())
    said = bare.done("plan", "check", book, "--units", linjiang / "units.csv").out

    assert "核对通过" in said
    assert not bare.folder.exists()
