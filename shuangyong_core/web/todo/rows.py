"""The rows of the to-do list: how long, what, who and why, and one button with a verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shuangyong_core.assignments.rules.requests import KIND_WORDS
from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import Plan
from shuangyong_core.reports.queries.standing import Standing
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.web.asking.showing import request_href
from shuangyong_core.web.lights import LIGHTS, how_long
from shuangyong_core.web.pages.todo_view import TodoRow
from shuangyong_core.web.rendering import monthday
from shuangyong_core.web.waiting import TO_MEND, Waiting

SOON = timedelta(days=30)


def form_href(plan: Plan, one: Standing) -> str:
    """This function will give the address of a form."""
    return f"/rounds/{plan.code}/{one.unit_code}/{one.round_code}"


def report_href(plan: Plan, one: Standing) -> str:
    """This function will give the address of a report as it is read."""
    return f"/reports/{plan.code}/{one.unit_code}/{one.round_code}"


def review_href(plan: Plan, one: Standing) -> str:
    """This function will give the address of a report under review."""
    return f"/review/{plan.code}/{one.unit_code}/{one.round_code}"


@dataclass(frozen=True, slots=True)
class Dated:
    """A row and the day it is due: what groups are made by."""

    due: date
    row: TodoRow


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one plan on one day."""

    plan: Plan
    today: date
    calendar: Calendar

    def to_report(self, waiting: Waiting) -> Iterator[Dated]:
        """This function will give the reports to write, the ones to mend first."""
        listed = waiting.to_report(self.today)
        for one in sorted(listed, key=lambda each: (each.status not in TO_MEND, each.due)):
            yield self._to_mend(one) if one.status in TO_MEND else self._to_write(one)

    def _to_mend(self, one: Standing) -> Dated:
        is_back = one.status is Status.RETURNED
        row = TodoRow(
            "warn" if is_back else "rev",
            "退回修改" if is_back else "复核中",
            f"修改：{self._title(one)}",
            "上级一次列全了要改的地方，改好再报" if is_back else "上级重新打开核对，改好再报",
            form_href(self.plan, one),
            "去修改",
        )
        return Dated(self.today, row)

    def _to_write(self, one: Standing) -> Dated:
        if one.unsent:
            return self._to_backfill(one)
        light, long = how_long(one.due, self.today, self.calendar)
        if one.is_put_off:
            said = f"{one.waiting} 项已延到 {monthday(one.due)}，到时补报；其余已报。"
            row = TodoRow(light, long, f"补报：{self._title(one)}", said, form_href(self.plan, one))
            return Dated(one.due, replace(row, verb="补报"))
        detail = f"应于 {monthday(one.due)}报送，{monthday(one.locks_on)}前仍可补报。"
        if one.filled:
            detail += f"草稿已填 {one.filled}/{one.items} 项"
        verb = "继续填报" if one.filled else "填报"
        href = form_href(self.plan, one)
        return Dated(one.due, TodoRow(light, long, self._title(one), detail, href, verb))

    def _to_backfill(self, one: Standing) -> Dated:
        rest = "其余各项照常。" if one.backfilled < one.items else ""
        detail = f"下达时已过报送时限，{one.unsent} 项补录，不算迟报。{rest}"
        row = TodoRow("na", "补录", self._title(one), detail, form_href(self.plan, one), "补录")
        # It waits for nobody's date, so it stands after all that does.
        return Dated(date.max, row)

    def to_review(self, waiting: Waiting) -> Iterator[Dated]:
        """This function will give the reports to decide over, the longest waiting first."""
        days = self.plan.within_review
        for one in sorted(waiting.to_review(), key=lambda each: str(each.sent_at)):
            came = shanghai_date(one.sent_at) if one.sent_at else self.today
            due = self.calendar.add_workdays(came, days)
            light, long = how_long(due, self.today, self.calendar)
            title = f"审核：{one.unit_name} {one.round_title}报送"
            detail = f"{monthday(came)}报来，审核时限 {days} 个工作日"
            href = review_href(self.plan, one)
            yield Dated(due, TodoRow(light, long, title, detail, href, "审核"))

    def objections(self, waiting: Waiting) -> Iterator[Dated]:
        """This function will give what units object to, each with the reason."""
        for one in waiting.objections():
            title = f"异议：{one.unit_name} {one.round_title}报送"
            detail = f"{one.acting_unit or ''}代填，单位提出：{one.objection}"
            row = TodoRow("warn", "单位有异议", title, detail, review_href(self.plan, one), "去看")
            yield Dated(self.today, row)

    def requests(self, waiting: Waiting) -> Iterator[Dated]:
        """This function will give the requests one decides over, each with its reason."""
        for row in waiting.requests:
            title = f"{KIND_WORDS[row.kind]}申请：{row.unit_name} {row.about}"
            long = f"延到 {monthday(row.until)}" if row.until else "等决定"
            yield Dated(
                self.today, TodoRow("rev", long, title, row.reason, request_href(row), "去决定")
            )

    def asked(self, waiting: Waiting) -> Iterator[TodoRow]:
        """This function will give what one's units asked for and nobody has decided."""
        for row in waiting.asked:
            title = f"{KIND_WORDS[row.kind]}申请：{row.about}"
            came = monthday(shanghai_date(row.asked_at))
            detail = f"{came}提出：{row.reason}"
            yield TodoRow("na", "等决定", title, detail, request_href(row), "查看")

    def to_look_at(self, waiting: Waiting) -> Iterator[TodoRow]:
        """This function will give what was typed for one's unit: a word on it is welcome."""
        for one in waiting.to_look_at(self.today):
            title = f"{one.acting_unit or '上级'}代填了{one.round_title}，请看一眼"
            detail = "可以确认或提出异议，不办也不算迟"
            yield TodoRow("na", "不用办", title, detail, report_href(self.plan, one), "看一眼")

    def soon(self, waiting: Waiting) -> Iterator[TodoRow]:
        """This function will give the rounds that open within a month."""
        for one in waiting.own:
            if self.today < one.opens_on <= self.today + SOON:
                done = f"{monthday(one.done_by)}前办理，" if one.done_by else ""
                detail = f"{done}{monthday(one.due)}前报送，{one.items} 项"
                href = form_href(self.plan, one)
                opens = f"{monthday(one.opens_on)}开放"
                yield TodoRow("na", opens, self._title(one), detail, href)

    def sent(self, waiting: Waiting) -> Iterator[TodoRow]:
        """This function will give one's reports that another must decide over."""
        for one in waiting.sent():
            came = shanghai_date(one.sent_at) if one.sent_at else self.today
            days = self.calendar.workdays_between(came, self.today)
            detail = f"{monthday(came)}报出，已等 {days} 个工作日"
            href = report_href(self.plan, one)
            yield TodoRow("na", "待审核", self._title(one), detail, href, "撤回")

    def mending(self, waiting: Waiting) -> Iterator[TodoRow]:
        """This function will give the reports that units below have to mend."""
        for one in waiting.below:
            if one.status in TO_MEND:
                light = LIGHTS[one.status]
                title = f"{one.unit_name} 修改{one.round_title}报送"
                detail = f"第 {one.latest_no} 次报送已退回，等单位改好再报"
                href = report_href(self.plan, one)
                yield TodoRow(light, "待更正", title, detail, href, "查看")

    def _title(self, one: Standing) -> str:
        return f"{self.plan.year}年{one.round_title}报送"
