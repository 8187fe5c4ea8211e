"""What people do to a workbook before they upload it: taken, told or refused, never guessed."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from shuangyong_core import db
from shuangyong_core.reports.queries.template import get_template
from shuangyong_core.reports.rules.workbook.signing import NotOurs, OldTemplate
from shuangyong_core.reports.rules.workbook.verdict import Verdict
from shuangyong_core.reports.rules.workbook.write import write_workbook
from tests.reports.place import COMMUNITY, PLAN, ROUND, STREET, Street, build_street
from tests.reports.workbooks import (
    ALL,
    NEIGHBOUR,
    SECRET,
    TYPED,
    check,
    columns,
    download,
    place,
    read,
    row_of,
    type_in,
)

B03 = "B03.value"
AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def street(new_database: Callable[[str], str]) -> Iterator[Street]:
    """A street that nothing here writes to."""
    engine = db.make_engine(new_database("sqlite"))
    yield build_street(engine, AT)
    engine.dispose()


@pytest.fixture(scope="module")
def fresh(street: Street) -> bytes:
    """The workbook as it was downloaded."""
    return download(street)


def judged(
    street: Street, fresh: bytes, change: Callable[[Any], None], typed: Any = ALL
) -> Verdict:
    return check(street, type_in(fresh, typed, lambda book: change(book["社区"])))


def codes(verdict: Verdict) -> list[str]:
    return [each.code for each in (*verdict.problems, *verdict.faults)]


def test_columns_moved_about_and_headers_rewritten_are_found_by_their_hidden_keys(
    street: Street, fresh: bytes
) -> None:
    def change(sheet: Any) -> None:
        sheet.insert_cols(3)
        sheet.title = "我的社区"
        for column in (6, 9):
            sheet.cell(5, column).value = "改了"

    found = judged(street, fresh, change)

    assert found.passes
    assert found.checked == 7


def test_rows_in_another_order_keep_their_units(street: Street, fresh: bytes) -> None:
    def change(sheet: Any) -> None:
        first, second = row_of(sheet, COMMUNITY), row_of(sheet, NEIGHBOUR)
        for column in range(1, sheet.max_column + 1):
            one, other = sheet.cell(first, column), sheet.cell(second, column)
            one.value, other.value = other.value, one.value

    found = judged(street, fresh, change)

    assert found.passes
    assert {row.unit: row.figures for row in found.rows} == {COMMUNITY: 6, NEIGHBOUR: 1}


def test_a_column_of_ones_own_is_told_and_left_alone(street: Street, fresh: bytes) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(row_of(sheet, NEIGHBOUR), sheet.max_column + 2).value = 99

    found = judged(street, fresh, change)

    assert found.passes
    assert "列是自己加的，没有读。" in found.warnings[0]


def test_a_column_cut_out_is_named(street: Street, fresh: bytes) -> None:
    found = judged(street, fresh, lambda sheet: sheet.delete_cols(columns(sheet)["C06.value"]))

    assert codes(found) == ["column_lost", "missing"]
    assert "“C06 慰问金”的“数（元）”一列被删了" in found.problems[0].message


def test_a_total_of_ones_own_is_left_out_and_said(street: Street, fresh: bytes) -> None:
    def change(sheet: Any) -> None:
        row = sheet.max_row + 1
        sheet.cell(row, 2).value = "合 计"
        sheet.cell(row, columns(sheet)[B03]).value = 15

    found = judged(street, fresh, change)

    assert found.passes
    assert "是合计，没有读" in found.warnings[0]


def test_a_row_added_by_hand_is_refused(street: Street, fresh: bytes) -> None:
    def change(sheet: Any) -> None:
        row = sheet.max_row + 1
        sheet.cell(row, 2).value = "新建社区"
        sheet.cell(row, columns(sheet)[B03]).value = 15

    assert codes(judged(street, fresh, change)) == ["row_without_unit"]


def test_a_first_row_that_lost_its_code_is_refused_too(street: Street, fresh: bytes) -> None:
    def change(sheet: Any) -> None:
        for code in [cell for cell in sheet["A"][5:] if cell.value][:1]:
            code.value = None

    assert codes(judged(street, fresh, change)) == ["row_without_unit"]


def test_a_note_that_cannot_be_read_is_not_left_out(street: Street, fresh: bytes) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(row_of(sheet, NEIGHBOUR), columns(sheet)["#note"]).value = "#REF!"

    assert codes(judged(street, fresh, change)) == ["cell_error"]


def test_half_a_letter_in_the_signature_is_a_wrong_one(fresh: bytes) -> None:
    def change(book: Any) -> None:
        book["_meta"]["A1"].value = book["_meta"]["A2"].value = "_xD800_"

    with pytest.raises(NotOurs):
        read(type_in(fresh, {}, change))


@pytest.mark.parametrize("code", ["990106002", "nowhere"])
def test_a_hidden_code_typed_in_is_believed_by_nobody(
    street: Street, fresh: bytes, code: str
) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(row_of(sheet, NEIGHBOUR), 1).value = code

    assert codes(judged(street, fresh, change)) == ["unknown_unit"]


def test_a_unit_the_workbook_was_not_made_for_is_refused(street: Street) -> None:
    with db.read(street.engine) as session:
        template = get_template(
            session, PLAN, ROUND, STREET, below=True, actor=street.street_clerk, at=AT
        )
    (sheet,) = template.sheets
    alone = replace(template, sheets=(replace(sheet, rows=sheet.rows[:1]),))
    data = write_workbook(alone, secret=SECRET)

    def change(book: Any) -> None:
        book["社区"].cell(row_of(book["社区"], COMMUNITY), 1).value = NEIGHBOUR

    assert codes(check(street, type_in(data, ALL, change))) == ["unknown_unit"]


def test_a_unit_twice_names_both_rows(street: Street, fresh: bytes) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(row_of(sheet, NEIGHBOUR), 1).value = COMMUNITY

    (problem,) = judged(street, fresh, change).problems

    assert problem.message.startswith("“社区”表第 6 行和“社区”表第 7 行是同一个单位")


def test_a_name_over_another_units_row_is_told(street: Street, fresh: bytes) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(row_of(sheet, NEIGHBOUR), 2).value = "望江社区"

    assert codes(judged(street, fresh, change)) == ["other_name"]


def test_merged_cells_are_refused_by_their_range(street: Street, fresh: bytes) -> None:
    def change(sheet: Any) -> None:
        first, second = row_of(sheet, COMMUNITY), row_of(sheet, NEIGHBOUR)
        at = columns(sheet)[B03]
        sheet.merge_cells(start_row=first, end_row=second, start_column=at, end_column=at)

    found = judged(street, fresh, change)

    assert {fault.code for fault in found.faults} == {"merged"}
    assert all("D6:D7 是合并单元格" in fault.message for fault in found.faults)


def test_an_error_and_a_formula_nobody_has_calculated_are_refused(
    street: Street, fresh: bytes
) -> None:
    def change(sheet: Any) -> None:
        at = columns(sheet)
        row = row_of(sheet, COMMUNITY)
        sheet.cell(row, at["B06.numerator"]).value = "#REF!"
        sheet.cell(row, at["C06.value"]).value = "=1+1"

    found = judged(street, fresh, change)

    assert sorted(codes(found)) == ["cell_error", "no_value"]
    assert (found.checked, found.wrong) == (7, 2)


def test_a_hidden_row_or_column_is_read_and_told(street: Street, fresh: bytes) -> None:
    def change(sheet: Any) -> None:
        sheet.row_dimensions[row_of(sheet, NEIGHBOUR)].hidden = True
        sheet.column_dimensions["D"].hidden = True

    found = judged(street, fresh, change)

    assert found.passes
    told = [each.partition("被隐藏")[0] for each in found.warnings]
    assert told == ["“社区”表的 D 列", "“社区”表第 7 行"]


def test_a_sheet_cut_out_reports_nothing_and_is_told(street: Street, fresh: bytes) -> None:
    found = check(street, type_in(fresh, {}, lambda book: book.remove(book["社区"])))

    assert (found.passes, found.rows) == (True, ())
    assert found.warnings == ("“社区”表不在文件里了，其中的单位这次没有报。",)


def test_a_figure_of_another_unit_is_refused_like_one_that_never_was(
    street: Street, fresh: bytes
) -> None:
    data = type_in(fresh, {NEIGHBOUR: {B03: 3, "C06.value": 5}})

    (fault,) = check(street, data).faults

    assert (fault.code, f"{fault.sheet}!{fault.place}") == (
        "unknown_target", place(data, NEIGHBOUR, "C06.value"),
    )  # fmt: skip


def test_an_older_layout_is_not_read(
    street: Street, fresh: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shuangyong_core.reports.rules.workbook.signing.LAYOUT", 2)

    with pytest.raises(OldTemplate, match="格式已经更新"):
        check(street, fresh)


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_workbook_saved_by_another_program_is_the_same(
    street: Street, fresh: bytes, kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed; see .ci/system")
    folder = tmp_path_factory.getbasetemp() / "office"
    folder.mkdir(exist_ok=True)
    typed = {
        COMMUNITY: TYPED | {"F10.date": date(2026, 7, 3)},
        NEIGHBOUR: {B03: "不涉及：没有这类对象"},
    }
    (folder / "a.xlsx").write_bytes(type_in(fresh, typed))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir"]
    command += [str(folder / "out"), str(folder / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    found = check(street, (folder / "out" / f"a.{kind}").read_bytes())

    assert found.passes, found.faults
    assert (found.checked, found.mended) == (7, ())
    assert found.rows[0].body == check(street, type_in(fresh, typed)).rows[0].body


def test_the_workbook_shuts_what_is_not_to_be_typed(fresh: bytes) -> None:
    book = load_workbook(io.BytesIO(fresh))
    sheet = book["社区"]
    at, row = columns(sheet), row_of(sheet, NEIGHBOUR)

    assert sheet.protection.sheet
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    assert book["_meta"].sheet_state == "veryHidden"
    assert not sheet.cell(row, at[B03]).protection.locked
    assert sheet.cell(row, at["C06.value"]).protection.locked  # not this unit's
    assert sheet.cell(row, 2).protection.locked
    offered = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert "不涉及：没有这类对象" in (offered["D6:D7"] or "")
