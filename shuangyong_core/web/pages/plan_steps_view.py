"""What each of the five steps of a plan shows, and all of one target on its own page."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.pages.shell import Choice, Confirm, Link


@dataclass(frozen=True, slots=True)
class Field:
    """One text field of a form, with the sentence of what is wrong with it."""

    name: str
    label: str
    value: str
    hint: str = ""
    error: str = ""
    choices: tuple[Choice, ...] = ()  # one of these is chosen, nothing is typed

    @property
    def said(self) -> str:
        """What is read where nothing can be changed any more."""
        return next((one.label for one in self.choices if one.is_chosen), self.value)


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as it is typed, and the dates its rules come out as."""

    number: int
    fields: tuple[Field, ...]  # code, title, opens_on, due_date, locks_on, done_by
    dates: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """One round of a target."""

    code: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One group of a target, or an entry of the catalogue that is not ticked."""

    code: str
    title: str
    number: int
    is_on: bool
    who: str
    goal: str  # the number as typed; empty with `said`
    unit: str  # 次/单位
    said: str  # instead of a number: 每单位完成
    chips: tuple[Chip, ...]
    source: str
    error: str = ""
    href: str = ""  # where all of it is changed


@dataclass(frozen=True, slots=True)
class HeadingRows:
    """One of the eight headings: what is ticked, and the rest folded away."""

    number: int
    title: str
    chosen: tuple[TargetRow, ...]
    rest: tuple[TargetRow, ...]
    counts: str  # 已选 5/16
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class TargetsView:
    """Step 3."""

    headings: tuple[HeadingRows, ...]
    shows: tuple[Choice, ...]  # 全部 88, 已选 25, 未选 63
    kinds: tuple[Choice, ...]
    search: str
    show: str
    rounds: str  # R1 3月6日 · R2 7月10日
    own_href: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of unit under the issuer."""

    name: str
    units: int
    asked: str  # 4 次 11 个数; — where it is asked for nothing


@dataclass(frozen=True, slots=True)
class BaseRow:
    """A base that goals are split by, and who lacks it."""

    name: str
    targets: str
    units: int
    missing: int
    examples: str


@dataclass(frozen=True, slots=True)
class UnitsView:
    """Step 4."""

    kinds: tuple[KindRow, ...]
    bases: tuple[BaseRow, ...]
    mend: Link


@dataclass(frozen=True, slots=True)
class LaunchRow:
    """One target of the plan, to be sent down or down already."""

    code: str
    title: str
    who: str
    is_down: bool
    is_ticked: bool
    count: str  # 129 项


@dataclass(frozen=True, slots=True)
class LaunchView:
    """Step 5."""

    rows: tuple[LaunchRow, ...]
    may_not: str
    past: str  # rounds that are over: R1、R2
    backfills: bool
    confirm: Confirm | None
    progress: str  # 正在下达 …
    is_running: bool
    uncovered: tuple[str, ...] = ()  # whom it will not reach
    shortfalls: tuple[str, ...] = ()  # rounds that cannot be met if it is sent down today
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GroupForm:
    """One group of a target on its own page: who, when, how much."""

    number: int
    kinds: tuple[Choice, ...]
    codes: str  # single units, by code
    chips: tuple[Chip, ...]
    goals: tuple[Choice, ...]
    goal: str
    splits: tuple[Choice, ...]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class TargetView:
    """All of one target: of the catalogue, or the office's own."""

    code: str
    is_new: bool
    heads: tuple[Field, ...]  # code of a new one, title, source
    headings: tuple[Choice, ...]
    measures: tuple[Choice, ...]  # what is counted; only of the office's own
    measured: tuple[Field, ...]  # unit, hint; of the office's own
    counted: str  # 户，走访户数; of the catalogue's
    groups: tuple[GroupForm, ...]
    behalf: tuple[Choice, ...]
    error: str = ""
    about: tuple[tuple[str, str], ...] = ()
    supporting: str = ""  # 配合单位: words and codes; empty for none

    @property
    def title(self) -> str:
        """What it is called so far."""
        return self.heads[0].value
