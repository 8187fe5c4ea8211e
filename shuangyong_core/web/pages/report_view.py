"""What a report reads like once it is out of the reporter's hands, with its history."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.pages.shell import Attached, Confirm, Happened, Light


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure, ready to read."""

    code: str
    title: str
    text: str  # 3 次, 30/31，96.8%, 不涉及
    remark: str = ""  # the reason of 不涉及, the parts, 涉及 n 家
    goal: str = "不设"
    counts_since: str = ""  # 3月5日 09:20; empty: not counted


@dataclass(frozen=True, slots=True)
class ReportAct:
    """A button of the page: 撤回, 更正, 重新打开."""

    act: str
    label: str
    needs_reason: bool = False
    is_stop: bool = False


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report, read only."""

    title: str
    unit: str
    light: Light
    state: str
    facts: tuple[tuple[str, str], ...]  # 报送, 途径, 报送人, 审核, 校验号
    rows: tuple[Shown, ...]
    history: tuple[Happened, ...]
    files: tuple[Attached, ...] = ()
    post_href: str = ""
    version: int = 0
    acts: tuple[ReportAct, ...] = ()
    confirm: Confirm | None = None
    reason: str = ""  # as typed
    list_href: str = "/rounds"  # where the unit's other reports are
    may_not: str = ""  # one sentence: what cannot be done now, and who may
