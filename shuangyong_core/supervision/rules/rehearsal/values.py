"""What a rehearsal finds, as plain values; dates are plain days of Asia/Shanghai."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from shuangyong_core.plans.rules.dates import RoundDates
from shuangyong_core.supervision.rules.ladder import Rung
from shuangyong_core.supervision.rules.rehearsal.holidays import Holiday


@dataclass(frozen=True, slots=True)
class Profile:
    """Units that are asked the same: all of a kind, or one that is asked by its code."""

    who: str
    name: str
    kind: str
    units: tuple[str, ...]
    numbers: Mapping[str, int]  # by round: how many numbers one unit brings

    @property
    def rounds(self) -> int:
        """Forms a year."""
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a kind of unit reported last year: reports by working days after the report-by date."""

    reports: Mapping[int, int] = field(default_factory=dict)
    never: int = 0

    @property
    def total(self) -> int:
        """Reports that were expected."""
        return sum(self.reports.values()) + self.never

    def open_after(self, workdays: int) -> Fraction:
        """The share still open on the morning so many working days after the date."""
        done = sum(count for day, count in self.reports.items() if day < workdays)
        return Fraction(self.total - done, self.total) if self.total else Fraction(0)


@dataclass(frozen=True, slots=True)
class MonthLoad:
    """What one unit hands in within a month: forms, and numbers on them."""

    month: date  # its first day
    forms: int
    numbers: int


@dataclass(frozen=True, slots=True)
class Load:
    """A year of one unit of a profile."""

    profile: Profile
    months: tuple[MonthLoad, ...]
    is_over: bool  # more forms than the plan allows
    minutes: int  # about, for the whole year


@dataclass(frozen=True, slots=True)
class Morning:
    """Units reminded on one morning, each once and by its strongest rung."""

    day: date
    at_most: Mapping[Rung, int]  # if nobody reports before being asked
    expected: Mapping[Rung, int] | None  # if everybody does as last year


@dataclass(frozen=True, slots=True)
class RoundRun:
    """One round of the year as it would go."""

    dates: RoundDates
    title: str
    workdays: int  # from opening to the report-by date, both counted
    units: int
    numbers: int
    most_to_review: int  # reports the busiest reviewer gets
    reviewer: str
    expected_late: int | None  # by the habits of last year; None without
    mornings: Mapping[Rung, date]  # when its reminders fall


class ClashKind(StrEnum):
    """What a date collides with."""

    REST_DAY = "rest_day"  # 休息日
    HOLIDAY = "holiday"  # 长假
    SHORT = "short"  # 时间不够
    OVERLAP = "overlap"  # 两次同开
    SAME_MONTH = "same_month"  # 一月两报
    REVIEW = "review"  # 审核时间
    LAUNCH = "launch"  # 下达太晚
    OVER_LIMIT = "over_limit"  # 超上限
    PROVISIONAL = "provisional"  # 暂定


@dataclass(frozen=True, slots=True)
class Clash:
    """A date that collides with a holiday, with another date, or with what is possible."""

    kind: ClashKind
    day: date | None
    round: str
    message: str  # with what to do


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A year run on the pretend clock."""

    code: str
    title: str
    year: int
    launch_by: date | None  # the latest launch that still leaves time to confirm and split
    max_rounds: int
    rounds: tuple[RoundRun, ...]
    loads: tuple[Load, ...]
    mornings: tuple[Morning, ...]
    clashes: tuple[Clash, ...]
    holidays: tuple[Holiday, ...]  # three days off in a row and more
    habits_of: int | None  # the year the habits were taken from
    unknown_habits: tuple[str, ...]  # kinds there is nothing on

    @property
    def forms(self) -> int:
        """All forms of the year."""
        return sum(one.units for one in self.rounds)

    @property
    def numbers(self) -> int:
        """All numbers of the year."""
        return sum(one.numbers for one in self.rounds)

    @property
    def expected_late(self) -> int | None:
        """Reports that would come late, if everybody does as last year."""
        known = [one.expected_late for one in self.rounds if one.expected_late is not None]
        return sum(known) if known else None
