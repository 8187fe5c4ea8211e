"""Until when an answer is in time, and which light a unit shows: working days, never minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.rollups.rules.lights import Light
from shuangyong_core.supervision.rules.handouts import WAITING, UnitStatus

SOON = 2  # working days left, from which on a light warns


@dataclass(frozen=True, slots=True)
class Lamp:
    """A light and the words beside it."""

    light: Light
    words: str


def answer_by_after_return(
    answer_by: date, *, returned_on: date, within: int, calendar: Calendar
) -> date:
    """This function will give until when a returned answer may come again: never sooner."""
    return max(answer_by, calendar.add_workdays(returned_on, within))


def lamp_of(
    status: UnitStatus, *, answer_by: date, was_late: bool, today: date, calendar: Calendar
) -> Lamp:
    """This function will give the light of one unit's part in a hand-out."""
    if status is UnitStatus.WITHDRAWN:
        return Lamp(Light.NOT_INVOLVED, "")
    if status not in WAITING:
        late = "逾期后办结" if was_late else ""
        return Lamp(Light.WARN if was_late else Light.OK, late)
    if today > answer_by:
        over = calendar.workdays_between(answer_by, today)
        return Lamp(Light.LATE, f"逾期 {over} 个工作日" if over else "已过时限")
    left = calendar.workdays_between(today, answer_by)
    if status is UnitStatus.RETURNED or left <= SOON:
        return Lamp(Light.WARN, f"剩 {left} 个工作日" if left else "今天到期")
    return Lamp(Light.OK, f"剩 {left} 个工作日")
