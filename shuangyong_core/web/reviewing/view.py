"""The page of a reviewer: the queue, and one report beside what it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import Plan
from shuangyong_core.reports.queries.review_page import ReviewPage, ReviewRow
from shuangyong_core.reports.queries.review_queue import WAITING, QueueLine, review_queue
from shuangyong_core.reports.rules.reply import STANDING, Reply
from shuangyong_core.reports.rules.status import Act, Status
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.filling.typed import split_note
from shuangyong_core.web.lights import LIGHTS, how_long
from shuangyong_core.web.pages.review_view import Compared, Reviewed, ReviewView, Tab, Waiting
from shuangyong_core.web.pages.shell import Attached, Light, Link, Notice
from shuangyong_core.web.rendering import moment
from shuangyong_core.web.replying import reply_notices, typed_by
from shuangyong_core.web.reviewing.deciding import HELD, Said, confirm
from shuangyong_core.web.shown import attached, handed, remark_of
from shuangyong_core.words import words

TABS: dict[str, tuple[str, tuple[Status, ...]]] = {
    "": ("待审核", WAITING),
    "mending": ("待修改", (Status.RETURNED, Status.REOPENED)),
    "accepted": ("已审核", (Status.ACCEPTED,)),
}
USUAL = ("请与登记核对后再报", "口径不对，请看填报说明", "日期不在本期内，请核对")


def review_view(
    session: Session,
    desk: Desk,
    plan: Plan | None,
    *,
    tab: str = "",
    opened: tuple[Address, ReviewPage] | None = None,
    said: Said | None = None,
) -> ReviewView:
    """This function will make the page of a reviewer, with a report open or none."""
    if plan is None:
        return ReviewView((), (), None)
    tab = tab if tab in TABS else ""
    calendar = get_calendar(session)
    found = review_queue(session, actor=desk.actor, plan=plan.code, statuses=TABS[tab][1])
    counts = {"": found.waiting, "mending": found.reopened + found.returned,
              "accepted": found.accepted}  # fmt: skip
    here = opened[1].report if opened else None
    queue = tuple(_waiting(line, plan, desk.today, calendar, here) for line in found.lines)
    report = None
    if opened:
        beside = _beside(found.lines, plan, here)
        limit = calendar.add_workdays(desk.today, plan.within_correct)
        report = reviewed(*opened, said or Said(), beside, limit)
    return ReviewView(
        tabs=tuple(
            Tab(title, counts[key], f"/review?tab={key}" if key else "/review", key == tab)
            for key, (title, _) in TABS.items()
        ),
        queue=queue,
        report=report,
        accept_label=f"{words()['accept']}{words()['review']}",
    )


def review_href(line: QueueLine) -> str:
    """This function will give the address of a report under review."""
    return f"/review/{line.plan}/{line.unit_code}/{line.round_code}"


def _waiting(
    line: QueueLine, plan: Plan, today: date, calendar: Calendar, here: int | None
) -> Waiting:
    light: Light = LIGHTS[line.status]
    due = ""
    if line.status in WAITING:
        came = shanghai_date(line.submitted_at)
        light, due = how_long(calendar.add_workdays(came, plan.within_review), today, calendar)
    title = f"{plan.year}年{line.round_title}报送"
    return Waiting(
        line.unit_name, title, due, light, _hint(line), review_href(line), line.report == here
    )


def _hint(line: QueueLine) -> str:
    if line.is_own:
        return "您报的，由另一人审核"
    said = [f"第 {line.no} 次报送"] if line.no > 1 else []
    said += [f"{line.acting_unit or ''}代填"] if line.on_behalf else []
    said += ["单位有异议"] if line.reply == Reply.OBJECTED and line.status in STANDING else []
    said += [f"{line.not_involved} 项不涉及"] if line.not_involved else []
    return "，".join(said) or f"{moment(line.submitted_at)} 报来"


def _beside(lines: Sequence[QueueLine], plan: Plan, here: int | None) -> tuple[str, str, str]:
    """The place in the queue, the address before and the address after."""
    numbers = [line.report for line in lines]
    if here not in numbers:
        return "", "", review_href(lines[0]) if lines else ""
    at = numbers.index(here)
    before = review_href(lines[at - 1]) if at else ""
    after = review_href(lines[at + 1]) if at + 1 < len(lines) else ""
    return f"第 {at + 1} 份，共 {len(lines)} 份 · ", before, after


def reviewed(
    address: Address, seen: ReviewPage, said: Said, beside: tuple[str, str, str], limit: date
) -> Reviewed:
    """This function will make one report ready to decide over."""
    place, latest = seen.place, seen.latest
    came = typed_by(latest)
    has_more = latest.no > 1
    why = {act: seen.may_not.get(act, "") for act in (Act.ACCEPT, Act.RETURN)}
    may_not = "有要改的，先退回修改" if said.fixes and not why[Act.ACCEPT] else why[Act.ACCEPT]
    return Reviewed(
        unit=place.unit_name,
        title=f"{place.year}年{place.round_title}报送",
        position=f"{beside[0]}{came}，第 {latest.no} 次报送（{moment(latest.at)}）",
        post_href=address.review,
        version=latest.no,
        rows=tuple(_compared(row, said, latest.held, has_more=has_more) for row in seen.rows),
        notes=_notes(seen),
        usual_reasons=USUAL,
        reason=said.reason,
        files=_evidence(seen),
        previous_href=beside[1],
        next_href=beside[2],
        may_not_accept=may_not,
        may_not_return=why[Act.RETURN],
        confirm=confirm(address, seen, said, limit),
        answer_href=address.report if seen.may_answer else "",
        errors=said.errors,
    )


def _evidence(seen: ReviewPage) -> tuple[Attached, ...]:
    files = tuple(attached(file) for file in seen.files)
    files += tuple(handed(file) for file in seen.handed_in)
    _, place = split_note(seen.latest.note)
    return (*files, Attached("纸质材料", place)) if place else files


def _compared(row: ReviewRow, said: Said, held: Sequence[str], *, has_more: bool) -> Compared:
    required = row.due.required
    remark = remark_of(row.value, required)
    return Compared(
        code=required.code,
        title=required.title,
        now=row.text,
        last_time=row.previous_submission_text if has_more else "—",
        last_year=row.previous_round_text,
        goal=row.goal_text,
        evidence=Link(remark or "—"),
        check=HELD if required.code in held else "",
        is_to_fix=required.code in said.fixes,
        reason=said.fixes.get(required.code, ""),
    )


def _notes(seen: ReviewPage) -> tuple[Notice, ...]:
    notes = [Notice(HELD, "待核查：", "w")] if seen.latest.held else []
    note, _ = split_note(seen.latest.note)
    if note:
        notes.append(Notice(note, "单位说明：", "b"))
    if seen.returns:
        text = f"这份报送退回过 {seen.returns} 次。再退回请尽量一次说清。"
        notes.append(Notice(text, icon="arrow-back-up"))
    return (*reply_notices(seen.latest), *notes[:2])
