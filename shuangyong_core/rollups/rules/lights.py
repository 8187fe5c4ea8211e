"""The one table of lights, for every page and paper: a tally of items and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# From a tenth of the due items on: 滞后.
LATE_FROM_ONE_IN = 10


class Light(StrEnum):
    """Shape, colour and word are the page's; this is the state they show."""

    OK = "ok"  # ● 正常
    WARN = "warn"  # ▲ 需关注
    LATE = "late"  # ■ 滞后
    REVIEWING = "rev"  # ◇ 复核中
    NOT_STARTED = "na"  # — 未开始
    NOT_INVOLVED = "ni"  # ⊘ 不涉及


@dataclass(frozen=True, slots=True)
class Tally:
    """Items and where they stand; tallies of different units are added with `+`."""

    expected: int = 0  # 应报
    reported: int = 0  # 已报
    accepted: int = 0  # 已审核
    pending: int = 0  # 待审核
    returned: int = 0  # 退回修改
    reviewing: int = 0  # 复核中
    on_time: int = 0
    not_involved: int = 0  # 不涉及
    overdue: int = 0  # 滞后: past its date and not reported

    def __add__(self, other: Tally) -> Tally:
        # Field by field: a page adds hundreds, and astuple copies deeply.
        return Tally(
            self.expected + other.expected,
            self.reported + other.reported,
            self.accepted + other.accepted,
            self.pending + other.pending,
            self.returned + other.returned,
            self.reviewing + other.reviewing,
            self.on_time + other.on_time,
            self.not_involved + other.not_involved,
            self.overdue + other.overdue,
        )

    @property
    def light(self) -> Light:
        """This function will read the light off the table."""
        if self.expected == self.not_involved:
            return Light.NOT_INVOLVED
        if self.overdue and self.overdue * LATE_FROM_ONE_IN >= self.expected:
            return Light.LATE
        if self.overdue or self.returned:
            return Light.WARN
        if self.reviewing:
            return Light.REVIEWING
        return Light.OK if self.reported else Light.NOT_STARTED

    @property
    def word(self) -> str:
        """This function will say what a hand is needed for; empty when none is."""
        if self.light is Light.WARN:
            return "需关注" if self.overdue else "退回"
        return {Light.LATE: "滞后", Light.REVIEWING: "复核中"}.get(self.light, "")
