"""The year on the page: what should be there by each date, what is, and the rounds on a line."""

from __future__ import annotations

from collections.abc import Sequence

from shuangyong_core.plans.queries import RoundRow
from shuangyong_core.rollups.queries import RoundProgress
from shuangyong_core.rollups.queries import Trend as Running
from shuangyong_core.web.charts import RoundDates, YearLine, year_line
from shuangyong_core.web.pages.progress_view import RoundBox
from shuangyong_core.web.pages.shell import Day
from shuangyong_core.web.progress.asked import Asked
from shuangyong_core.web.rendering import monthday
from shuangyong_core.web.trend import Point, Trend, trend

NOTHING_DUE = "没有要报的"  # 不涉及 is what a unit says of itself


def trend_of(asked: Asked, running: Running) -> Trend | None:
    """This function will draw 已审核 against 按计划应达; nothing where nothing is due."""
    if not running.planned:
        return None
    planned = [
        Point(point.date, point.items, f"{point.label} {point.items:,}")
        for point in running.planned
    ]
    accepted = [Point(point.date, point.items) for point in running.accepted]
    return trend(planned, accepted, year=asked.plan.year, today=asked.today)


def line_of(asked: Asked, progress: Sequence[RoundProgress]) -> YearLine:
    """This function will put the rounds on the line of the year."""
    tallies = {each.id: each for each in progress}
    dates = [
        RoundDates(each.code, each.opens_on, each.due_date, each.done_by,
                   _tone(asked, each, tallies[each.id]))  # type: ignore[arg-type]
        for each in asked.rounds
    ]  # fmt: skip
    return year_line(dates, year=asked.plan.year, today=asked.today)


def boxes_of(asked: Asked, progress: Sequence[RoundProgress]) -> tuple[RoundBox, ...]:
    """This function will give a box a round: how far, until when, what next."""
    rows = {each.id: each for each in asked.rounds}
    return tuple(_box(asked, rows[each.id], each) for each in progress)


def _box(asked: Asked, row: RoundRow, progress: RoundProgress) -> RoundBox:
    tally, is_open = progress.tally, row.state(asked.today) == "open"
    if asked.today < row.opens_on:
        count = f"{tally.expected:,} 项" if tally.expected else NOTHING_DUE
        light = "na" if tally.expected else "ni"
    else:
        count, light = f"{tally.reported:,}/{tally.expected:,}", tally.light.value
        count = count if tally.expected else NOTHING_DUE
    return RoundBox(
        row.code,
        row.title,
        Day(row.due_date, row.is_provisional),
        light,  # type: ignore[arg-type]
        count,
        _remark(asked, row, progress),
        is_now=is_open,
    )


def _remark(asked: Asked, row: RoundRow, progress: RoundProgress) -> str:
    tally, today = progress.tally, asked.today
    if today < row.opens_on:
        opens = f"{monthday(row.opens_on)}开放"
        return f"{opens}，{monthday(row.done_by)}前办理" if row.done_by else opens
    if tally.expected and tally.accepted == tally.expected:
        return "已全部审核"
    left = tally.expected - tally.accepted
    if today <= row.due_date:
        return f"{monthday(row.due_date)}前报送"
    if today <= row.locks_on and tally.overdue:
        return f"{monthday(row.locks_on)}前可补报"
    return f"还有 {left:,} 项未审核" if left else ""


def _tone(asked: Asked, row: RoundRow, progress: RoundProgress) -> str:
    if asked.today < row.opens_on:
        return "na"
    if progress.tally.overdue:
        return "late"
    return "done" if progress.tally.accepted == progress.tally.expected else ""
