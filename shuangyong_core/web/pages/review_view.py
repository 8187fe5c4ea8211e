"""What the review page needs: the queue, and one report beside what it is held against."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.pages.shell import Attached, Choice, Confirm, Light, Link, Notice

NOTHING = Link("—")


@dataclass(frozen=True, slots=True)
class Tab:
    """待审核 3."""

    label: str
    count: int  # reports
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """One report of the queue."""

    unit: str
    title: str
    due: str  # 今天到期
    light: Light
    hint: str
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure, ready to read with its unit, beside the earlier ones and the goal."""

    code: str
    title: str
    now: str
    last_time: str = "—"
    last_year: str = "—"
    goal: str = "不设"
    evidence: Link = NOTHING
    check: str = ""  # 请核对: seen by the reviewer only
    is_to_fix: bool = False
    reason: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The report in view; the form posts `fix`, `reason.CODE`, `reason` and `act`.

    act = ask_return | return | ask_accept | accept | accept_cleared; `ask_…` only asks.
    """

    unit: str
    title: str
    position: str  # 第 1 份，共 3 份 · 社区填报，第 2 次报送（7月15日 16:20）
    post_href: str
    version: int
    rows: tuple[Compared, ...]
    notes: tuple[Notice, ...] = ()
    usual_reasons: tuple[str, ...] = ()
    reason: str = ""  # one sentence for the whole
    files: tuple[Attached, ...] = ()
    previous_href: str = ""
    next_href: str = ""
    may_not_accept: str = ""  # why not; empty: may
    may_not_return: str = ""
    answer_href: str = ""  # where an objection of the unit is answered
    confirm: Confirm | None = None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The page of a reviewer."""

    tabs: tuple[Tab, ...]
    queue: tuple[Waiting, ...]
    report: Reviewed | None
    accept_label: str = "通过审核"
    rounds: tuple[Choice, ...] = ()
