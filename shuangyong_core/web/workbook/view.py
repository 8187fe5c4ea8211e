"""The page of a workbook from its template, its course, and the verdict over what was uploaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.errors import Refused
from shuangyong_core.reports.queries.place import Place, find_place
from shuangyong_core.reports.queries.workbook_course import WorkbookEvent, workbook_course
from shuangyong_core.reports.rules.workbook.course import WorkbookStep
from shuangyong_core.reports.rules.workbook.findings import Fault
from shuangyong_core.reports.rules.workbook.layout import OWN, Template
from shuangyong_core.reports.rules.workbook.read import Filled
from shuangyong_core.reports.rules.workbook.verdict import Outcome, Verdict
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.lights import late_light
from shuangyong_core.web.pages.shell import Day, Happened, Notice
from shuangyong_core.web.pages.workbook_view import Checked, FaultRow, MendedKind, WorkbookView
from shuangyong_core.web.rendering import moment
from shuangyong_core.web.workbook.grid import grids_of

MOST_FAULTS = 100
HARM = "guard_"
SCANNED = "已检查表内文字：没有发现证件号、手机号、部队番号。图片内容系统看不到，请自行把关。"


def workbook_view(
    session: Session,
    desk: Desk,
    address: Address,
    template: Template,
    *,
    checked: Checked | None = None,
    refused: Refused | None = None,
) -> WorkbookView:
    """This function will make the page; what was refused as a whole stands on top of it."""
    place = find_place(session, *address.codes)
    course = workbook_course(session, place)
    return WorkbookView(
        title=f"{place.year}年{place.round_title}",
        unit=place.unit_name,
        rounds_href="/rounds",
        post_href=address.workbook,
        lead=_lead(place, template),
        light=late_light(place.due_date, desk.today),
        due=Day(place.due_date, place.is_provisional),
        locks=Day(place.locks_on, place.is_provisional),
        amount=_amount(template),
        fetched_at=_fetched(course),
        history=tuple(Happened(each.text, each.at, each.who) for each in course),
        checked=checked,
        errors=refused.lines[:MOST_FAULTS] if refused else (),
        set_aside_href=f"{address.workbook}/not-involved",
    )


def _lead(place: Place, template: Template) -> str:
    below = [sheet for sheet in template.sheets if sheet.key != OWN]
    told = "、".join(f"{len(sheet.rows)} 个{sheet.title}" for sheet in below)
    words = "、".join(sheet.title for sheet in below) or "单位"
    if not told:
        return "一个工作簿填完本级要报的项目。"
    return f"一个工作簿填完 {told}。{place.unit_name}代填记为代填，{words}可确认或提出异议。"


def _amount(template: Template) -> str:
    told = [
        f"本级 {len(sheet.items)} 项"
        if sheet.key == OWN
        else f"{len(sheet.rows)} 个{sheet.title} × {len(sheet.items)} 项"
        for sheet in template.sheets
    ]
    locked = sum(len(row.due) for row in template.rows if row.is_settled)
    waits = sum(sheet.open_figures for sheet in template.sheets)
    shut = f"已报送或已审核的 {locked} 格锁定，" if locked else ""
    return f"{'、'.join(told)}，{shut}待填 {waits} 格。含上次值和目标。"


def _fetched(course: Sequence[WorkbookEvent]) -> datetime | None:
    return next((each.at for each in course if each.step is WorkbookStep.FETCHED), None)


def checked_of(
    filled: Filled,
    verdict: Verdict,
    template: Template,
    *,
    key: str,
    marked_href: str,
    at: datetime,
    seconds: float,
) -> Checked:
    """This function will tell what a check found."""
    faults = [_fault(each) for each in verdict.faults]
    faults += [
        FaultRow(each.field or "表格", "表格本身", "", "", each.value or "", each.message)
        for each in verdict.problems
    ]
    mended = len(verdict.mended)
    said = f" · 另有 {mended} 格写法已自动更正，不用再改" if mended else ""
    took = f"{max(seconds, 0.1):.1f}"
    return Checked(
        heading=verdict.summary.rstrip("。"),
        detail=f"{verdict.file} · {moment(at)} 检查，用时 {took} 秒{said}",
        passes=verdict.passes,
        faults=tuple(faults[:MOST_FAULTS]),
        more=max(len(faults) - MOST_FAULTS, 0),
        cells=f"{verdict.wrong} 格" if verdict.wrong else f"{len(faults)} 处",
        kinds=_kinds(verdict),
        grids=grids_of(filled, verdict, template),
        notes=_notes(verdict),
        key=key,
        writes=verdict.count(Outcome.WRITE),
        marked_href=marked_href,
    )


def _fault(fault: Fault) -> FaultRow:
    title = fault.header.removeprefix(fault.target).strip() if fault.target else "整行"
    return FaultRow(
        fault.where, fault.unit_name, fault.target, title, fault.value or "没有填", fault.message
    )


def _kinds(verdict: Verdict) -> tuple[MendedKind, ...]:
    found = []
    for kind, count in verdict.mended_kinds:
        first = next(each for each in verdict.mended if each.kind == kind)
        found.append(MendedKind(kind, first.value, first.became, count))
    return tuple(found)


def _notes(verdict: Verdict) -> tuple[Notice, ...]:
    notes = [Notice(text, kind="b") for text in dict.fromkeys(verdict.warnings)]
    if not any(fault.code.startswith(HARM) for fault in verdict.faults):
        notes.append(Notice(SCANNED, icon="shield-check"))
    return tuple(notes)
