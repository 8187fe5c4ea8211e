"""Where a thing that is still open lies, and the sentence that says who holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """What has to be done next with a thing that is open."""

    CONFIRM = "confirm"  # 待确认下达
    REPORT = "report"  # 待填报
    REVIEW = "review"  # 待审核
    CORRECT = "correct"  # 待修改
    SPLIT = "split"  # 待落实
    RESUME = "resume"  # 暂停中


STAGE_WORDS = {
    Stage.CONFIRM: "待确认下达",
    Stage.REPORT: "待填报",
    Stage.REVIEW: "待审核",
    Stage.CORRECT: "待修改",
    Stage.SPLIT: "未落实，待重新分解",
    Stage.RESUME: "暂停中",
}


@dataclass(frozen=True, slots=True)
class OpenThing:
    """One thing that keeps an assignment from being closed, and who holds it."""

    target: int
    target_code: str
    stage: Stage
    unit: int
    unit_code: str
    unit_name: str
    holder_code: str
    holder_name: str
    round_code: str | None = None
    round_title: str | None = None
    due: date | None = None

    @property
    def sentence(self) -> str:
        """What is open and in whose hands, as people read it."""
        what = f"{self.unit_name}"
        if self.round_title:
            what += f" {self.round_title}"
        when = ""
        if self.due and self.stage is Stage.REPORT:
            when = f"（{self.due.month}月{self.due.day}日前）"
        by = f"，在{self.holder_name}" if self.holder_code != self.unit_code else ""
        return f"{what}：{STAGE_WORDS[self.stage]}{when}{by}。"


def hands(things: Sequence[OpenThing]) -> list[tuple[str, int]]:
    """This function will count what is open by the name of who holds it, the most first."""
    counts: dict[str, int] = {}
    for thing in things:
        counts[thing.holder_name] = counts.get(thing.holder_name, 0) + 1
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))
