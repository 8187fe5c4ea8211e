"""What the form of one round needs, and the list of a unit's rounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shuangyong_core.web.pages.shell import Attached, Choice, Confirm, Day, Light, Link

AFTER_SENDING = "报送后审核前可以撤回"
Kind = Literal["count", "money", "ratio", "score", "date", "yes_no", "text", "distinct"]


@dataclass(frozen=True, slots=True)
class Fact:
    """上次 2（2025年下半年）: a name and what is known, ready to read."""

    name: str
    text: str
    remainder_of: str = ""  # 报后还差: plain decimal of goal less what was reported; page counts on


@dataclass(frozen=True, slots=True)
class Part:
    """A tick or a number inside a figure."""

    name: str
    value: str = ""  # as typed; a tick is "1" or ""


@dataclass(frozen=True, slots=True)
class Field:
    """One figure to report; its inputs are named `CODE.value`, `CODE.numerator`, …

    Also `.denominator`, `.part.NAME`, `.keys`, `.text`, `.covered`, `.ni`, `.reason`, `.other`.
    """

    code: str  # the target's code
    title: str
    kind: Kind
    unit: str = ""  # display unit: 户, 元, 次
    hint: str = ""
    facts: tuple[Fact, ...] = ()
    value: str = ""  # as typed, money in 元
    numerator: str = ""
    denominator: str = ""
    numerator_label: str = "分子"
    denominator_label: str = "分母"
    parts: tuple[Part, ...] = ()  # a number each, not asked for: they add up to the value
    ticks: tuple[Part, ...] = ()  # boxes (any kind)
    covered: str | None = None  # 涉及 n 家; None: not asked
    most_covered: int = 0  # so many there are; 0: not known
    may_be_not_involved: bool = True
    is_not_involved: bool = False
    reasons: tuple[Choice, ...] = ()
    other_reason: str = ""
    prefilled: str = ""  # 已按活动记录填入：3 次
    error: str = ""
    may_wait: str = ""  # a later date was granted: why this one may be left out now
    category: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand under one heading; no heading where there is only one."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """The last return: one reason, all faults at once."""

    by: str  # a post
    at: datetime
    reason: str
    codes: tuple[str, ...]  # fields marked 要改


@dataclass(frozen=True, slots=True)
class FormView:
    """The form of one unit in one round."""

    title: str
    unit: str
    post_href: str  # POST: act = draft | submit | confirm
    # POST by script: {"saved_at": "09:31", "version": 7}; refused: {"message": "…"}, shown in red
    draft_href: str
    version: int  # compare-and-swap
    light: Light
    due: Day
    locks: Day | None  # late reports until then; none: 补录, open until the year is closed
    minutes: int
    fields: tuple[Field, ...]
    submit_label: str  # 报送街道审核
    saved_at: datetime | None = None
    after_sending: str = AFTER_SENDING
    acting_for: str = ""  # 代填: for whom, and whether it counts as reviewed
    returned: Returned | None = None
    files: tuple[Attached, ...] = ()
    handed: tuple[Attached, ...] = ()  # by supporting units (配合)
    most_files: int = 1  # 0: no upload is offered
    paper_place: str = ""  # 存放地和页码
    note: str = ""
    confirm: Confirm | None = None
    ask_href: str = ""  # 申请延期或豁免

    @property
    def groups(self) -> tuple[Group, ...]:
        """The fields by category, in the order of the plan."""
        found: dict[str, list[Field]] = {}
        for field in self.fields:
            found.setdefault(field.category, []).append(field)
        is_one = len(found) == 1
        return tuple(
            Group("" if is_one else title, tuple(fields)) for title, fields in found.items()
        )

    @property
    def wrong(self) -> tuple[Field, ...]:
        """The fields that need mending."""
        return tuple(field for field in self.fields if field.error)


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round of the list."""

    code: str
    title: str
    href: str
    opens: Day
    due: Day
    done_by: Day | None
    fields: int  # numbers to report
    filled: int  # numbers in the draft
    light: Light
    state: str
    verb: str  # 填报, 继续填报, 查看, or empty before it opens


@dataclass(frozen=True, slots=True)
class BelowRound:
    """An open round of the units below: one workbook for all, or 不涉及 for many."""

    code: str
    title: str
    due: Day
    reported: int  # reports
    expected: int  # reports
    workbook_href: str
    set_aside_href: str


@dataclass(frozen=True, slots=True)
class RoundListView:
    """The rounds of one unit, and of the units it types for."""

    unit: str
    units: tuple[Choice, ...]  # whose rounds one may open; one alone: no select
    rounds: tuple[RoundRow, ...]
    numbers: int  # a year
    year: int
    below: tuple[BelowRound, ...] = ()
    support: Link | None = None  # 配合任务, where there are any
