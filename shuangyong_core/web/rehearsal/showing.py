"""A rehearsed year as the page's values: what counts is said in words beside every number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from shuangyong_core.plans.rules.words import UNIT_KINDS
from shuangyong_core.supervision.queries.rehearse import CannotRehearse
from shuangyong_core.supervision.rules.ladder import RUNG_WORDS, WHO_HEARS, Rung
from shuangyong_core.supervision.rules.rehearsal import (
    Clash,
    ClashKind,
    Load,
    Morning,
    Rehearsal,
    RoundRun,
)
from shuangyong_core.web.pages.rehearsal_view import (
    Cell,
    ClashRow,
    LoadRow,
    MorningCell,
    MorningRow,
    RehearsalView,
    RoundRow,
)
from shuangyong_core.web.pages.shell import Light, Link
from shuangyong_core.web.rehearsal.picture import picture
from shuangyong_core.web.rendering import monthday

LEADS = {
    ClashKind.REST_DAY: "不上班",
    ClashKind.HOLIDAY: "挨着长假",
    ClashKind.SHORT: "时间短",
    ClashKind.OVERLAP: "两次同开",
    ClashKind.SAME_MONTH: "一月两报",
    ClashKind.REVIEW: "来不及审",
    ClashKind.LAUNCH: "下达太晚",
    ClashKind.OVER_LIMIT: "超上限",
    ClashKind.PROVISIONAL: "暂定",
}
NOTHING = "—"


def rehearsal_view(found: Rehearsal, *, today: date) -> RehearsalView:
    """This function will make the page of a rehearsed year."""
    months = sorted({each.month for one in found.loads for each in one.months if each.forms})
    by_day = {one.day: one for one in found.mornings}
    return RehearsalView(
        path=_path(found.code, found.title),
        title=found.title,
        year=found.year,
        summary=_summary(found),
        launch_by=monthday(found.launch_by) if found.launch_by else "",
        picture=picture(found, today=today),
        months=tuple(f"{month.month}月" for month in months),
        loads=tuple(_load(one, months) for one in found.loads),
        limit=found.max_rounds,
        rounds=tuple(_round(one) for one in found.rounds),
        rungs=tuple(f"{RUNG_WORDS[rung]}（{WHO_HEARS[rung]}）" for rung in Rung),
        mornings=tuple(_morning_row(one, by_day) for one in found.rounds if one.units),
        clashes=tuple(_clash(one) for one in found.clashes),
        habits=_habits(found),
    )


def blocked_view(code: str, wrong: CannotRehearse) -> RehearsalView:
    """This function will make the page of a plan that cannot be run yet."""
    said = dict.fromkeys(one.message for one in wrong.problems)
    return RehearsalView(_path(code, code), code, 0, summary=str(wrong), blocked=tuple(said))


def _path(code: str, title: str) -> tuple[Link, ...]:
    return (Link("计划", "/plans"), Link(title, f"/plans/{code}/rounds"))


def _summary(found: Rehearsal) -> str:
    late = f"，预计迟报 {found.expected_late} 份" if found.expected_late is not None else ""
    return f"全年 {found.forms:,} 份报送、{found.numbers:,} 个数{late}"


def _habits(found: Rehearsal) -> str:
    if found.habits_of is None:
        return "没有往年的报送可以参照，只算都不主动报时最多要提醒几家。"
    told = f"照 {found.habits_of} 年各类单位的报送早晚估计。"
    if not found.unknown_habits:
        return told
    names = "、".join(UNIT_KINDS[kind] for kind in found.unknown_habits)
    return f"{told}{names}往年没有报过，不估计。"


def _load(one: Load, months: Sequence[date]) -> LoadRow:
    profile = one.profile
    return LoadRow(
        name=profile.name,
        units=len(profile.units),
        cells=tuple(Cell(each.forms, each.numbers) for each in one.months if each.month in months),
        rounds=profile.rounds,
        numbers=sum(profile.numbers.values()),
        minutes=one.minutes,
        is_over=one.is_over,
    )


def _round(one: RoundRun) -> RoundRow:
    return RoundRow(
        code=one.dates.code,
        title=one.title,
        opens=monthday(one.dates.opens_on),
        due=monthday(one.dates.due_date),
        workdays=one.workdays,
        units=one.units,
        numbers=one.numbers,
        reviewer=one.reviewer,
        to_review=one.most_to_review,
        late=NOTHING if one.expected_late is None else f"{one.expected_late:,}",
    )


def _morning_row(one: RoundRun, by_day: Mapping[date, Morning]) -> MorningRow:
    cells = [
        MorningCell(monthday(day), _asked(by_day[day], rung)) for rung, day in one.mornings.items()
    ]
    return MorningRow(f"{one.dates.code} {one.title}", tuple(cells))


def _asked(one: Morning, rung: Rung) -> str:
    most, likely = one.at_most.get(rung, 0), (one.expected or {}).get(rung)
    return f"{most:,}" if likely is None else f"{likely:,} / {most:,}"


def _clash(one: Clash) -> ClashRow:
    light: Light = "na" if one.kind == ClashKind.PROVISIONAL else "warn"
    return ClashRow(light, LEADS[one.kind], one.message)
