"""The shapes hand-outs, problems and notices are answered in."""

from __future__ import annotations

from typing_extensions import TypedDict


class HandoutFileAnswer(TypedDict):
    """A file that went out with an answer, or waits for the next."""

    sha256: str
    name: str


class HandoutAnswerAnswer(TypedDict):
    """What a unit reported as done."""

    no: int
    at: str
    who: str
    text: str
    files: list[HandoutFileAnswer]


class HandoutPartAnswer(TypedDict):
    """One unit's part in a hand-out."""

    unit: str
    unit_name: str
    giver_name: str  # who handed it to this unit, and strikes it off
    due_date: str
    answer_by: str  # the deadline, or later after a return
    status: str
    status_name: str
    light: str  # ok | warn | late | ni
    light_words: str
    was_late: bool
    answers: list[HandoutAnswerAnswer]
    may: list[str]


class HandoutAnswer(TypedDict):
    """A hand-out with the parts the caller sees."""

    number: str  # 双拥交办〔2026〕1号
    reference: str  # the same in an address
    plan: str
    title: str
    text: str
    giver: str
    giver_name: str
    due_date: str
    status: str  # open | closed | cancelled
    status_name: str
    issued_at: str
    units: list[HandoutPartAnswer]
    may_cancel: bool


class HandoutList(TypedDict):
    """Hand-outs, open ones first."""

    items: list[HandoutAnswer]


class ProblemAnswer(TypedDict):
    """A problem raised upward (需协调事项)."""

    number: str
    reference: str
    plan: str
    title: str
    text: str
    unit: str
    unit_name: str
    holder: str  # with whom it lies
    holder_name: str
    wished_by: str | None
    status: str  # open | answered | closed
    status_name: str
    raised_at: str
    answer: str
    answered_at: str | None
    may: list[str]


class ProblemList(TypedDict):
    """Problems, open ones first."""

    items: list[ProblemAnswer]


class NoticeAnswer(TypedDict):
    """A notice to one of the caller's units."""

    id: int
    about: str  # handout | problem | report
    rung: str
    rung_name: str
    text: str
    reference: str  # of what it is about
    unit: str
    unit_name: str
    at: str
    read_at: str | None


class NoticeList(TypedDict):
    """Notices, unread ones first."""

    items: list[NoticeAnswer]


class NoticeRead(TypedDict):
    """A notice is marked as read."""

    id: int
