"""The list of a unit's rounds, and of the units whose rounds one may open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Plan
from shuangyong_core.reports.queries.reach import WRITERS, require_unit_reader
from shuangyong_core.reports.queries.standing import Standing, list_standings
from shuangyong_core.reports.queries.supports import find_leads
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.units.queries import get_unit
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.frame import Home, home_of, plan_in_view
from shuangyong_core.web.lights import light_of
from shuangyong_core.web.pages.form_view import BelowRound, RoundListView, RoundRow
from shuangyong_core.web.pages.shell import Choice, Day, Link
from shuangyong_core.web.todo.rows import form_href, report_href
from shuangyong_core.web.waiting import is_writable, units_below


def rounds_view(session: Session, desk: Desk, unit: str) -> RoundListView:
    """This function will make the list of a unit's rounds; raises NotFound."""
    home, plan = home_of(session, desk), plan_in_view(session, desk)
    if home is None or plan is None:
        return RoundListView(home.name if home else "", (), (), 0, desk.today.year)
    wanted = get_unit(session, unit) if unit else home
    require_unit_reader(session, plan=plan.id, unit=wanted.id, actor=desk.actor)
    standings = list_standings(session, plan.id, [wanted.id])
    below = list_standings(session, plan.id, units_below(plan, [home.id]))
    is_writer = home.id in desk.actor.units_with(*WRITERS)
    return RoundListView(
        unit=wanted.name,
        units=_units(below, home, wanted.code),
        below=_below(plan, below, home, desk) if is_writer and wanted.id == home.id else (),
        rounds=tuple(_row(plan, one, desk) for one in standings),
        numbers=sum(one.items for one in standings),
        year=plan.year,
        support=_support(session, plan, wanted.id, wanted.code),
    )


def _support(session: Session, plan: Plan, unit: int, code: str) -> Link | None:
    count = len(find_leads(session, plan, unit=unit))
    return Link(f"{count} 项", f"/support/{plan.code}/{code}") if count else None


def _below(plan: Plan, below: Sequence[Standing], home: Home, desk: Desk) -> tuple[BelowRound, ...]:
    """The rounds that are open for units below: one workbook for all of them."""
    rounds = {one.round_code: one for one in below if _takes_reports(one, desk.today)}
    return tuple(
        BelowRound(
            code=code,
            title=one.round_title,
            due=Day(one.due, one.is_provisional),
            reported=sum(each.is_reported for each in below if each.round_code == code),
            expected=sum(each.round_code == code for each in below),
            workbook_href=f"/workbook/{plan.code}/{home.code}/{code}",
            set_aside_href=f"/workbook/{plan.code}/{home.code}/{code}/not-involved",
        )
        for code, one in rounds.items()
    )


def _takes_reports(one: Standing, today: date) -> bool:
    return one.opens_on <= today <= one.locks_on or one.backfilled > 0


def _units(below: Sequence[Standing], home: Home, wanted: str) -> tuple[Choice, ...]:
    named = {home.code: home.name} | {one.unit_code: one.unit_name for one in below}
    return tuple(
        Choice(code, name, code == wanted)
        for code, name in sorted(named.items(), key=lambda each: (each[0] != home.code, each[0]))
    )


def _row(plan: Plan, one: Standing, desk: Desk) -> RoundRow:
    light, state = light_of(one, desk.today)
    may_type = is_writable(one, desk.today) and bool(desk.actor.units_with(*WRITERS))
    is_open = one.is_reported or desk.today >= one.opens_on
    verb = "查看" if is_open else ""
    if may_type:
        verb = "去修改" if one.status is not Status.DRAFT else "继续填报" if one.filled else "填报"
    done_by = Day(one.done_by, one.is_provisional) if one.done_by else None
    return RoundRow(
        code=one.round_code,
        title=one.round_title,
        href=(form_href if may_type else report_href)(plan, one),
        opens=Day(one.opens_on, one.is_provisional),
        due=Day(one.due, one.is_provisional),
        done_by=done_by,
        fields=one.items,
        filled=one.items if one.is_reported else min(one.filled, one.items),
        light=light,
        state=state,
        verb=verb,
    )
