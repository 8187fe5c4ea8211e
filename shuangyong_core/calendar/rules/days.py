"""Which days are worked: published notices where there are any, else Mon-Fri and the law."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from shuangyong_core.calendar.rules.due import DueRule, Resolved, parse_rule
from shuangyong_core.calendar.rules.festivals import statutory_days
from shuangyong_core.calendar.rules.notices import YearNotice
from shuangyong_core.calendar.rules.published import bundled_notice

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, eq=False)
class Calendar:
    """Working days by the notices loaded, then those of the installation, then the law alone."""

    notices: Mapping[int, YearNotice] = field(default_factory=dict)
    bundled: Callable[[int], YearNotice | None] = bundled_notice
    _worked: dict[int, tuple[date, ...]] = field(default_factory=dict, init=False, repr=False)

    def is_provisional(self, year: int) -> bool:
        """This function will say whether the holiday notice of a year is still to come."""
        return self._notice(year) is None

    def is_workday(self, day: date) -> bool:
        """This function will say whether a day is worked, make-up days included."""
        worked = self._workdays_of(day.year)
        at = bisect_right(worked, day)
        return at > 0 and worked[at - 1] == day

    def add_workdays(self, day: date, n: int) -> date:
        """This function will count n working days on (or back), beginning with the next day."""
        step = ONE_DAY if n > 0 else -ONE_DAY
        for _ in range(abs(n)):
            day = self._next_workday(day + step, step=step)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """This function will count the working days after `start` up to and with `end`."""
        if end < start:
            return -self.workdays_between(end, start)
        whole_years = sum(len(self._workdays_of(year)) for year in range(start.year, end.year))
        return whole_years + self._rank(end) - self._rank(start)

    def resolve(self, rule: str | date, year: int) -> list[Resolved]:
        """This function will give the dates of a rule in a year, or raise RuleUnknown.

        A plain date comes back as written, whatever its year. A festival's date may fall in
        the year before (元旦), a period's in the year after (年末+5wd).
        """
        parsed = parse_rule(rule)
        return [self._resolve_one(parsed, day) for day in parsed.nominal_dates(year)]

    def _resolve_one(self, rule: DueRule, nominal: date) -> Resolved:
        if rule.plain is not None:
            return Resolved(nominal, rule.text, False, nominal)
        day = rule.shifted_by_days(nominal)
        if rule.counts_workdays:
            day = self.add_workdays(day, rule.offset)
        day = self._next_workday(day, step=ONE_DAY if rule.moves_forward else -ONE_DAY)
        years = range(min(day, nominal).year, max(day, nominal).year + 1)
        return Resolved(day, rule.text, any(map(self.is_provisional, years)), nominal)

    def _next_workday(self, day: date, *, step: timedelta) -> date:
        while not self.is_workday(day):
            day += step
        return day

    def _rank(self, day: date) -> int:
        return bisect_right(self._workdays_of(day.year), day)

    def _notice(self, year: int) -> YearNotice | None:
        return self.notices.get(year) or self.bundled(year)

    def _workdays_of(self, year: int) -> tuple[date, ...]:
        if year not in self._worked:
            self._worked[year] = self._build(year)
        return self._worked[year]

    def _build(self, year: int) -> tuple[date, ...]:
        notice, following = self._notice(year), self.notices.get(year + 1)
        said = {} if notice else dict.fromkeys(statutory_days(year), False)
        # A notice may reach into the last December: that of 2019 made 2018-12-29 a working day.
        for source in filter(None, (notice, following)):
            said |= {day.day: day.is_workday for day in source.days}
        first = date(year, 1, 1)
        days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
        return tuple(day for day in days if said.get(day, day.weekday() < 5))
