"""Whether 签收, 分解, 报送 and 审核 fit in one after the other before a round's dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.plans.rules.dates import DatedPlan
from shuangyong_core.plans.rules.text import PlanText
from shuangyong_core.plans.rules.units_under import UnitsUnder


class Dated(Protocol):
    """A round with its dates."""

    @property
    def code(self) -> str:
        """Its lasting code."""

    @property
    def opens_on(self) -> date:
        """From when it takes reports."""

    @property
    def due_date(self) -> date:
        """报送时限."""

    @property
    def locks_on(self) -> date:
        """Until when it takes late ones."""


@dataclass(frozen=True, slots=True)
class Within:
    """How many working days each stage may take, and how many reviews a report goes through."""

    acknowledge: int
    decompose: int
    review: int
    review_levels: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A round whose stages do not fit, with the earliest dates that can be met."""

    round: str
    starts_on: date
    levels: int  # holders between the issuer and who reports
    split_by: date  # by then the last of them has split
    due_date: date
    earliest_due: date
    locks_on: date
    earliest_lock: date
    within: Within

    @property
    def is_late(self) -> bool:
        """Its reports cannot be there by 报送时限."""
        return self.due_date < self.earliest_due

    def __str__(self) -> str:
        within = self.within
        steps = f"{self.starts_on} 下达"
        if self.levels:
            days = f"签收 {within.acknowledge}、分解 {within.decompose} 个工作日"
            steps += f"，{self.levels} 级各{days}，{self.split_by} 才分解完"
        if self.is_late:
            told = f"报送时限 {self.due_date} 来不及，最早可定 {self.earliest_due}"
            return f"{self.round}：{steps}，{told}。"
        days = f"{within.review_levels} 级审核各 {within.review} 个工作日"
        told = f"截止 {self.locks_on} 之前审不完，截止最早可定 {self.earliest_lock}"
        return f"{self.round}：报送时限 {self.due_date} 之后{days}，{told}。"


def check_chain(
    rounds: Iterable[Dated],
    *,
    levels: Mapping[str, int],
    starts_on: date,
    within: Within,
    calendar: Calendar,
) -> list[Shortfall]:
    """This function will find the rounds to come that cannot be met when sent down on a day.

    `levels` is by round; a round without one is asked of nobody. What was due before the day is
    a matter of 补录, not of this.
    """
    found = []
    for one in rounds:
        if one.code in levels and one.due_date >= starts_on:
            each = _walk(one, levels[one.code], starts_on, within, calendar)
            if each.is_late or each.locks_on < each.earliest_lock:
                found.append(each)
    return found


def levels_of(plan: PlanText, dated: DatedPlan, under: UnitsUnder) -> dict[str, int]:
    """This function will give how many holders stand above the lowest reporter of each round."""
    levels: dict[str, int] = {}
    for target in plan.targets:
        for number, group in enumerate(target.groups if not target.automatic else ()):
            deep = max((_holders_above(code, under) for code in under.reporters(group.who)),
                       default=None)  # fmt: skip
            for joined in dated.joined.get((target.code, number), ()) if deep is not None else ():
                levels[joined.round] = max(levels.get(joined.round, 0), deep or 0)
    return levels


def _walk(
    one: Dated, levels: int, starts_on: date, within: Within, calendar: Calendar
) -> Shortfall:
    split_by = calendar.add_workdays(starts_on, levels * (within.acknowledge + within.decompose))
    # One working day at least to report in, once it is known what and the round is open.
    earliest_due = max(calendar.add_workdays(split_by, 1), one.opens_on)
    due = max(one.due_date, earliest_due)
    reviewed = calendar.add_workdays(due, within.review * within.review_levels)
    return Shortfall(
        one.code, starts_on, levels, split_by, one.due_date, earliest_due, one.locks_on, reviewed,
        within,
    )  # fmt: skip


def _holders_above(code: str, under: UnitsUnder) -> int:
    above, seen = 0, {code}
    parent = under.units[code].parent
    while parent in under.units and parent != under.issuer and parent not in seen:
        seen.add(parent)
        above, parent = above + 1, under.units[parent].parent
    return above
