"""What the pages beside the plan need: 交办登记, one hand-out, 需协调事项, 通知."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.pages.shell import Attached, Choice, Happened, Light


@dataclass(frozen=True, slots=True)
class PartState:
    """One unit's state in the register."""

    name: str
    light: Light
    state: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register."""

    number: str
    title: str
    href: str
    giver: str
    due: str
    state: str
    parts: tuple[PartState, ...]
    more: int = 0  # parts not listed


@dataclass(frozen=True, slots=True)
class TypedHandout:
    """What was typed in the form, kept when it is shown again."""

    title: str = ""
    text: str = ""
    due_date: str = ""


@dataclass(frozen=True, slots=True)
class RegisterView:
    """交办登记, and the form to hand out for those who may."""

    rows: tuple[RegisterRow, ...]
    may_issue: bool
    receivers: tuple[tuple[str, tuple[Choice, ...]], ...]  # by kind
    typed: TypedHandout
    key: str
    is_open: bool = False
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """What a unit reported as done."""

    text: str
    said: str  # who and when
    files: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """One unit's part on the page of a hand-out."""

    unit: str  # code
    name: str
    giver: str
    light: Light
    state: str
    words: str  # 剩 3 个工作日
    answer_by: str
    answers: tuple[AnswerShown, ...]
    may: tuple[str, ...]
    receivers: tuple[Choice, ...] = ()  # to pass on to
    typed: str = ""


@dataclass(frozen=True, slots=True)
class HandoutView:
    """One hand-out."""

    number: str
    title: str
    text: str
    giver: str
    due: str
    due_day: str  # as a date field takes it
    issued: str
    state: str
    parts: tuple[PartView, ...]
    may_cancel: bool
    href: str
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemShown:
    """One problem with its answer and what may be done."""

    number: str
    title: str
    text: str
    href: str
    unit: str
    holder: str
    wish: str
    raised: str
    light: Light
    state: str
    answer: str
    answered: str
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """需协调事项: the list, and the form to raise one."""

    rows: tuple[ProblemShown, ...]
    may_raise: bool
    above: str  # whom it goes to
    typed_title: str
    typed_text: str
    typed_date: str
    key: str
    is_open: bool = False
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One problem, and what happened to it."""

    problem: ProblemShown
    history: tuple[Happened, ...]
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice."""

    key: str
    kind: str
    text: str
    href: str
    when: str
    unit: str
    is_unread: bool


@dataclass(frozen=True, slots=True)
class NoticesView:
    """通知."""

    lines: tuple[NoticeLine, ...]
    unread: int
