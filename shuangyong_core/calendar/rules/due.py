"""Due rules (时限规则): what they may say, and the days they name before anything is moved.

A festival's date that falls on a rest day moves back to the last working day before it, a
period's date moves forward to the next one, a plain date stays. So 国防教育日, always a Saturday,
is due on the Friday before it. An offset in `wd` counts working days from the day after (or
before), one in `d` plain days; the move comes last.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shuangyong_core.calendar.rules.festivals import FESTIVALS, festival_date
from shuangyong_core.errors import Refused
from shuangyong_core.guard.folding import fold_width, trim
from shuangyong_core.guard.masking import mask

ALIASES = {
    "五一": "劳动节",
    "建军节": "八一",
    "全民国防教育日": "国防教育日",
    **{f"{name}节": name for name in ("元旦", "清明", "端午", "中秋", "国庆")},
}
PERIODS = {
    "月末": tuple(range(1, 13)),
    "季末": (3, 6, 9, 12),
    "半年末": (6, 12),
    "年末": (12,),
}
WRITTEN = re.compile(r"(?P<anchor>[^0-9+\s-]+)(?:(?P<by>[+-][1-9][0-9]{0,2})(?P<unit>wd|d))?")
PLAIN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class RuleUnknown(Refused):
    """A due rule that nobody can put on a calendar."""

    message = (
        "看不懂时限规则“{rule}”。可以写日期，如 2026-03-31；或节日："
        + "、".join(FESTIVALS)
        + "；或周期："
        + "、".join(PERIODS)
        + "；节日和周期后可加 -5wd（往前5个工作日）、+5wd（往后5个工作日）、-1d（往前1天）。"
    )
    code = "rule_unknown"


@dataclass(frozen=True, slots=True)
class Resolved:
    """One date a rule comes to, and whether a notice still to come may move it."""

    due_date: date
    rule: str
    provisional: bool
    nominal_date: date  # the festival's or period's own day, before offset and move

    @property
    def label(self) -> str:
        """This function will give the date as it is shown."""
        return label(self.due_date, self.provisional)


def label(day: date, provisional: bool) -> str:
    """This function will write a date as it is shown everywhere, 暂定 said when it may move."""
    return f"{day.isoformat()}（暂定）" if provisional else day.isoformat()


@dataclass(frozen=True, slots=True)
class DueRule:
    """A rule taken apart: a plain date, or an anchor with an offset in days or working days."""

    text: str
    plain: date | None = None
    anchor: str = ""
    offset: int = 0
    counts_workdays: bool = False

    @property
    def moves_forward(self) -> bool:
        """This function will say which way a rest day moves: a period's date forward."""
        return self.anchor in PERIODS

    def nominal_dates(self, year: int) -> Iterable[date]:
        """This function will give the anchor's own days in a year, in order."""
        if self.plain is not None:
            return [self.plain]
        if self.anchor in PERIODS:
            return [date(year, month, monthrange(year, month)[1]) for month in PERIODS[self.anchor]]
        return [festival_date(self.anchor, year)]

    def shifted_by_days(self, day: date) -> date:
        """This function will add an offset in plain days."""
        return day if self.counts_workdays else day + timedelta(days=self.offset)


def parse_rule(rule: str | date) -> DueRule:
    """This function will take a rule apart, or raise RuleUnknown."""
    text = rule.isoformat() if isinstance(rule, date) else fold_width(trim(rule))
    if PLAIN.fullmatch(text):
        try:
            return DueRule(text, plain=date.fromisoformat(text))
        except ValueError:
            raise RuleUnknown(rule=mask(text)) from None
    match = WRITTEN.fullmatch(text)
    anchor = ALIASES.get(match["anchor"], match["anchor"]) if match else ""
    if match is None or (anchor not in FESTIVALS and anchor not in PERIODS):
        raise RuleUnknown(rule=mask(text))
    return DueRule(
        text, anchor=anchor, offset=int(match["by"] or 0), counts_workdays=match["unit"] == "wd"
    )
