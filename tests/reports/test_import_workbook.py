"""A workbook taken in: all or nothing, once, by whom, for whom, and like every other channel."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from shuangyong_core import db
from shuangyong_core.accounts.actor import Grant, Role
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import Round
from shuangyong_core.reports.actions import accept, return_for_revision, save_draft
from shuangyong_core.reports.models import Report, Submission
from shuangyong_core.reports.queries.figures import figures_of
from shuangyong_core.reports.rules.refusals import NothingDue
from shuangyong_core.reports.rules.workbook.signing import NotOurs, OldTemplate
from shuangyong_core.reports.rules.workbook.verdict import Outcome, WorkbookRefused
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, STREET, Street
from tests.reports.workbooks import (
    ALL,
    NEIGHBOUR,
    TYPED,
    check,
    columns,
    download,
    place,
    row_of,
    type_in,
    upload,
)

B03 = "B03.value"
# What the databases may answer differently runs on both; the rest is the same rules again.
pytestmark = pytest.mark.databases("sqlite")
on_both = pytest.mark.databases("sqlite", "postgresql")


def outcomes(street: Street, data: bytes) -> dict[str, str]:
    return {row.unit: row.outcome.value for row in check(street, data).rows}


@on_both
def test_a_street_types_for_its_communities_in_one_go(street: Street) -> None:
    done = upload(street, type_in(download(street), ALL))

    assert [receipt.number for receipt in done.receipts] == [
        f"R2-{COMMUNITY}-1", f"R2-{NEIGHBOUR}-1",
    ]  # fmt: skip
    assert {(receipt.channel, receipt.on_behalf) for receipt in done.receipts} == {
        ("workbook", True)
    }
    with db.read(street.engine) as session:
        acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
        assert acts.count("report.submit") == 2
        assert acts[-1] == "report.import"


@on_both
def test_a_workbook_gives_the_figures_a_form_gives(street: Street) -> None:
    upload(street, type_in(download(street), {COMMUNITY: TYPED}))
    street.send(GOOD, place=(PLAN, "R1", COMMUNITY), at=street.at.replace(month=3, day=2))

    with db.read(street.engine) as session:
        reports = dict(session.execute(select(Report.round, Report.id)).all())
        workbook = figures_of(session, reports[2], [1])[1]
        form = figures_of(session, reports[1], [1])[1]

    assert workbook == form


def test_the_units_own_workbook_is_its_own_report(street: Street) -> None:
    data = download(street, unit=COMMUNITY, below=False, actor=street.clerk)

    done = upload(street, type_in(data, {COMMUNITY: TYPED}), actor=street.clerk)

    assert [receipt.on_behalf for receipt in done.receipts] == [False]


@on_both
def test_the_same_file_twice_changes_nothing(street: Street) -> None:
    data = type_in(download(street), ALL)
    upload(street, data)
    before = street.counts()

    again = upload(street, data)

    assert again.receipts == ()
    assert again.verdict.count(Outcome.UNCHANGED) == 2
    assert street.counts() == before


@on_both
def test_the_same_file_at_once_from_many_windows_is_sent_once(street: Street) -> None:
    # Whoever also reviews: what they type counts at once, so a second try would be a correction.
    grants = (Grant(2, Role.REPORTER), Grant(2, Role.REVIEWER))
    officer = replace(street.street_clerk, grants=grants)
    data = type_in(download(street), ALL)
    with ThreadPoolExecutor(4) as windows:
        done = list(windows.map(lambda _: upload(street, data, actor=officer), range(4)))

    assert sorted(len(each.receipts) for each in done) == [0, 0, 0, 2]
    with db.read(street.engine) as session:
        assert session.scalars(select(Submission.no)).all() == [1, 1]
        assert set(session.scalars(select(Report.status))) == {"accepted"}


@on_both
def test_one_wrong_cell_keeps_the_whole_file_out(street: Street) -> None:
    data = type_in(download(street), {**ALL, NEIGHBOUR: {B03: "12件左右"}})
    before = street.counts()

    with pytest.raises(WorkbookRefused) as refused:
        upload(street, data)

    (problem,) = refused.value.problems
    assert str(refused.value) == "7 格里有 1 格要改，6 格通过。还没有写入任何数。"
    assert (problem.field, problem.value) == (place(data, NEIGHBOUR, B03), "12件左右")
    assert problem.column == "柳塘社区 B03 宣传教育活动 数（次）"
    assert street.counts() == before


def test_a_blank_row_is_not_reported_yet(street: Street) -> None:
    data = type_in(download(street), {NEIGHBOUR: {B03: 3}})

    assert outcomes(street, data) == {COMMUNITY: "blank", NEIGHBOUR: "write"}


def test_a_row_half_filled_names_every_missing_cell(street: Street) -> None:
    data = type_in(download(street), {COMMUNITY: {B03: 12, "B06.numerator": 30}})

    verdict = check(street, data)

    lacking = {fault.place for fault in verdict.faults}
    keys = ("B06.denominator", "C06.value", "A16.tick:安排", "C01.keys", "F10.date")
    assert lacking == {place(data, COMMUNITY, key).partition("!")[2] for key in keys}
    assert (verdict.checked, verdict.wrong) == (6, 5)


def test_what_was_mended_is_said_by_kind_and_cell(street: Street) -> None:
    typed = TYPED | {B03: "１２", "F10.date": "2026年7月3日", "C06.value": "1,200.50元"}

    verdict = check(street, type_in(download(street), {COMMUNITY: typed}))

    assert verdict.passes
    assert dict(verdict.mended_kinds) == {
        "全角数字": 1, "中文日期": 1, "多余空格、单位": 1, "千分位": 1,
    }  # fmt: skip
    assert {each.target for each in verdict.mended} == {"B03", "F10", "C06"}
    wrong = check(street, type_in(download(street), {COMMUNITY: typed | {"B06.numerator": "约3"}}))
    assert (wrong.passes, wrong.mended) == (False, verdict.mended)


def accepted(street: Street) -> bytes:
    upload(street, type_in(download(street), ALL))
    with db.write(street.engine) as session:
        report = session.scalars(select(Report.id).where(Report.unit == 4)).one()
        status = session.scalars(select(Report.status).where(Report.unit == 4)).one()
        if status != "accepted":
            accept(session, report, no=1, actor=street.reviewer, at=street.at)
    return download(street)


def test_an_accepted_row_is_grey_and_shut_and_shows_what_was_sent(street: Street) -> None:
    data = accepted(street)

    def look(book: Any) -> None:
        sheet = book["社区"]
        cell = sheet.cell(row_of(sheet, NEIGHBOUR), columns(sheet)[B03])
        assert (cell.value, cell.protection.locked) == (3, True)

    type_in(data, {}, look)
    assert outcomes(street, data)[NEIGHBOUR] == "unchanged"


def test_a_changed_accepted_row_is_refused_with_the_way_out(street: Street) -> None:
    data = type_in(accepted(street), {NEIGHBOUR: {B03: 4}})

    (fault,) = check(street, data).faults

    assert (fault.code, fault.where) == ("row_settled", place(data, NEIGHBOUR, B03))
    assert "用“更正”" in fault.message


@on_both
def test_a_returned_row_is_open_again_with_what_to_mend(street: Street) -> None:
    street.send()
    with db.write(street.engine) as session:
        report = session.scalars(select(Report.id)).one()
        return_for_revision(session, report, no=1, reason="请核对", fields={"B03": "次数偏多"},
                            actor=street.reviewer, at=street.at)  # fmt: skip

    data = download(street)
    done = upload(street, type_in(data, {COMMUNITY: {B03: 11, "B03.part:国防": 4}}))

    assert [receipt.no for receipt in done.receipts] == [2]

    def look(book: Any) -> None:
        texts = {cell.value for row in book["社区"].iter_rows() for cell in row if cell.value}
        assert "退回修改：请核对" in texts
        assert any("要改：次数偏多" in str(text) for text in texts)

    type_in(data, {}, look)


def test_a_row_that_moved_since_the_download_is_told(street: Street) -> None:
    data = type_in(download(street), {COMMUNITY: TYPED | {B03: None, "B03.part:国防": 6}})
    street.send()
    with db.write(street.engine) as session:
        report = session.scalars(select(Report.id)).one()
        return_for_revision(session, report, no=1, reason="请核对", fields={},
                            actor=street.reviewer, at=street.at)  # fmt: skip

    (fault,) = check(street, data).faults

    assert fault.code == "row_moved"


def test_a_draft_begun_meanwhile_is_told_and_the_workbook_wins(street: Street) -> None:
    data = type_in(download(street), {COMMUNITY: TYPED})
    with db.write(street.engine) as session:
        save_draft(session, PLAN, ROUND, COMMUNITY, body={"figures": {"B03": {"value": 1}}},
                   version=None, actor=street.clerk, at=street.at)  # fmt: skip

    done = upload(street, data)

    assert done.verdict.warnings == ("望江社区有未报送的草稿（1/6 项），写入后以工作簿为准。",)
    assert len(done.receipts) == 1


def test_whoever_may_only_look_is_told_so(street: Street) -> None:
    data = type_in(download(street), {NEIGHBOUR: {B03: 3}})

    (fault,) = check(street, data, actor=street.viewer).faults

    assert fault.code == "may_not_write"


def test_another_streets_workbook_does_not_exist(street: Street) -> None:
    data = type_in(download(street), {NEIGHBOUR: {B03: 3}})

    with pytest.raises(NotFound):
        check(street, data, actor=street.stranger)
    with pytest.raises(NotFound):
        download(street, actor=street.stranger)


def test_another_rounds_workbook_is_refused_whole(street: Street) -> None:
    data = type_in(download(street, round_code="R1"), {NEIGHBOUR: {B03: 3}})

    with pytest.raises(OldTemplate, match="已于 2026-03-20 截止"):
        check(street, data)
    with pytest.raises(OldTemplate, match="江滨街道“开年和春节”的工作簿"):
        check(street, data, expected=(PLAN, ROUND, STREET))


def test_a_changed_signature_is_refused(street: Street) -> None:
    def forge(book: Any) -> None:
        sheet = book["_meta"]
        sheet["A2"].value = sheet["A2"].value.replace(STREET, "990106002")

    def strip(book: Any) -> None:
        book.remove(book["_meta"])

    for change in (forge, strip):
        with pytest.raises(NotOurs):
            check(street, type_in(download(street), {}, change))


def test_a_round_without_anything_due_has_no_workbook(street: Street) -> None:
    with pytest.raises(NothingDue):
        download(street, unit="990106002", actor=street.stranger)


def test_the_round_closes_for_workbooks_too(street: Street) -> None:
    data = type_in(download(street), ALL)
    with db.write(street.engine) as session:
        session.execute(update(Round).values(locks_on=street.at.date().replace(day=1)))

    with pytest.raises(OldTemplate):
        upload(street, data)
    with db.read(street.engine) as session:
        assert session.scalars(select(Submission.no)).all() == []


def test_what_a_scan_finds_is_named_and_never_shown_again(street: Street) -> None:
    secret = "13000000000"
    data = type_in(download(street), {COMMUNITY: TYPED | {"C01.keys": secret}})

    verdict = check(street, data)

    (fault,) = verdict.faults
    assert (fault.code, fault.value) == ("guard_mobile_number", None)
    assert secret[3:7] not in repr([row.cells for row in verdict.rows]) + fault.message
