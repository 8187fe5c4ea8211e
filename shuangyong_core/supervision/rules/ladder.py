"""The ladder of reminders (提醒、催报、重点提醒、工作提示): which rung a morning stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shuangyong_core.calendar.rules import Calendar


class Rung(StrEnum):
    """How strongly a unit is asked; the words are those of the screen."""

    REMIND = "remind"  # 提醒
    URGE = "urge"  # 催报
    STRESS = "stress"  # 重点提醒
    DRAFT = "draft"  # 工作提示


RUNG_WORDS = {
    Rung.REMIND: "提醒",
    Rung.URGE: "催报",
    Rung.STRESS: "重点提醒",
    Rung.DRAFT: "工作提示",
}
WHO_HEARS = {
    Rung.REMIND: "联络员",
    Rung.URGE: "联络员",
    Rung.STRESS: "分管领导",
    Rung.DRAFT: "起草，由人发出",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A rung and its morning, in working days from the report-by date (报送时限)."""

    rung: Rung
    workdays: int


# Three working days ahead is the trade's rule of near deadlines; the steps after it are ours. Up
# to the leader in charge by itself, above that only a draft that a person sends.
LADDER = (Step(Rung.REMIND, -3), Step(Rung.URGE, 1), Step(Rung.STRESS, 3), Step(Rung.DRAFT, 6))


def mornings_of(due: date, calendar: Calendar) -> dict[date, Rung]:
    """This function will give the mornings on which an item due that day is reminded of."""
    # A date on a rest day is over with that day: the first working day after it is the next.
    return {calendar.add_workdays(due, step.workdays): step.rung for step in LADDER}


def strongest(rungs: set[Rung]) -> Rung:
    """This function will give the one rung that a unit hears of on a morning."""
    return max(rungs, key=list(Rung).index)
