"""How a report's standing looks: its light, its word, and how long is left, in one place."""

from __future__ import annotations

from datetime import date

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.documents.lights import LIGHTS, Light, late_light, look_of
from shuangyong_core.reports.queries.standing import Standing
from shuangyong_core.web.rendering import monthday

__all__ = ["LIGHTS", "channel_of", "how_long", "late_light", "light_of", "look_of"]
CHANNELS = {
    "form": "网页填报",
    "script": "接口报送",
    "command": "批量报送",
    "workbook": "工作簿报送",
}


def light_of(standing: Standing, today: date) -> tuple[Light, str]:
    """This function will give the light and the word of a report in a list."""
    return look_of(
        standing.status,
        opens_on=standing.opens_on,
        # Nobody is late with 补录, whenever it comes.
        due=date.max if standing.is_backfill else standing.due,
        was_sent=standing.latest_no > 0,
        today=today,
    )


def how_long(due: date, today: date, calendar: Calendar) -> tuple[Light, str]:
    """This function will say how long is left until a date, or how far it is behind."""
    if due < today:
        return "late", f"超期 {max(calendar.workdays_between(due, today), 1)} 个工作日"
    if due == today:
        return "warn", "今天到期"
    left = (due - today).days
    return ("ok", f"还有 {left} 天") if left <= 14 else ("ok", f"{monthday(due)}到期")


def channel_of(
    channel: str | None, *, on_behalf: bool | None, acting_unit: str | None = None
) -> str:
    """This function will say how a report came in; typed for the unit, who typed it."""
    return f"{acting_unit or ''}代填" if on_behalf else CHANNELS.get(channel or "", "—")
