"""What the page 配合任务 needs: the targets a unit supports, round by round."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.pages.shell import Attached, Day, Light, Link


@dataclass(frozen=True, slots=True)
class SupportRound:
    """One round of the lead, and what the unit handed in for it."""

    key: str  # of its fields: F01.R2
    code: str
    title: str
    due: Day
    light: Light
    state: str  # of the lead: 未报, 已报待审核, 已审核
    value: str  # what the lead reported; empty until then
    files: tuple[Attached, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class SupportTask:
    """A target that the unit supports."""

    code: str
    title: str
    lead: str
    rounds: tuple[SupportRound, ...]


@dataclass(frozen=True, slots=True)
class SupportView:
    """All that a unit supports."""

    unit: str
    path: tuple[Link, ...]
    post_href: str
    tasks: tuple[SupportTask, ...]
    may_hand_in: bool
    longest_note: int
    errors: tuple[str, ...] = ()
