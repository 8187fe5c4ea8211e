"""Who does what on which day of the demo year: pure, from the unit's code and the round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from shuangyong_core.clock import at_shanghai


class Ending(StrEnum):
    """How a report stands on the pretend day."""

    ACCEPTED = "accepted"  # 已审核
    WAITING = "waiting"  # 待审核
    RETURNED = "returned"  # 退回修改
    REOPENED = "reopened"  # 复核中
    MISSING = "missing"  # 未报


@dataclass(frozen=True, slots=True)
class Course:
    """The course of one report: instants of its acts, and how it ends."""

    sent_at: datetime
    decided_at: datetime
    ending: Ending
    returned_first: bool = False


# R2: five communities of 石桥 and the street 北固 have not reported.
MISSING = frozenset(f"990106007{number:03d}" for number in range(1, 6)) | {"990106010"}
RETURNED = frozenset({"990106008004", "990106013006"})
REOPENED = frozenset({"990106001009"})
# Two communities each of four streets wait for their street; three reports wait for the district.
WAITING = frozenset(
    f"990106{street:03d}{community:03d}" for street in (2, 5, 7, 12) for community in (7, 8)
) | {"990106001", "990106003", "990106-GH"}
# R1: once returned, then sent again and accepted, as the drill-down shows.
CORRECTED = frozenset({"990106001001", "990106004003", "990106009005"})


def course_of(unit: str, round_: str) -> Course:
    """This function will give the course of a unit's report in R1 or R2."""
    luck = Random(f"{unit}/{round_}/when")
    first, last = (date(2026, 3, 2), 4) if round_ == "R1" else (date(2026, 7, 2), 8)
    day = _workday(first + timedelta(days=luck.randint(0, last)))
    ending = Ending.ACCEPTED if round_ == "R1" else _ending(unit)
    if ending is Ending.WAITING:
        # Reported late, so that the review itself is still within its days.
        day = date(2026, 7, luck.choice([15, 16]))
    sent_at = at_shanghai(day, luck.randint(8, 16), luck.randint(0, 59))
    decided = _workday(day + timedelta(days=luck.randint(1, 3)))
    if ending in (Ending.RETURNED, Ending.REOPENED):
        decided = date(2026, 7, 16)
    decided_at = at_shanghai(decided, luck.randint(9, 16), luck.randint(0, 59))
    return Course(sent_at, decided_at, ending, round_ == "R1" and unit in CORRECTED)


def _ending(unit: str) -> Ending:
    for ending, units in (
        (Ending.MISSING, MISSING),
        (Ending.RETURNED, RETURNED),
        (Ending.REOPENED, REOPENED),
        (Ending.WAITING, WAITING),
    ):
        if unit in units:
            return ending
    return Ending.ACCEPTED


def _workday(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day
