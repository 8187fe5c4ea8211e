"""How acts are answered: a draft saved, a report sent, decided over, taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

from typing_extensions import TypedDict

from shuangyong_core.reports.actions.not_involved import SetAside
from shuangyong_core.reports.actions.reply import Replied
from shuangyong_core.reports.actions.save_draft import SavedDraft
from shuangyong_core.reports.actions.submit import Receipt
from shuangyong_core.reports.rules.reply import REPLY_WORDS
from shuangyong_core.reports.rules.status import STATUS_WORDS, Status


class SavedAnswer(TypedDict):
    """A draft is kept; `version` is what the next save names in If-Match."""

    version: int
    saved_at: str


class ReceiptAnswer(TypedDict):
    """A report is sent; the same for every repetition of the same key."""

    number: str  # 回执号
    no: int
    at: str
    channel: str
    on_behalf: bool  # 代填
    is_reviewed: bool  # typed for the unit by its reviewer: accepted in the same act
    normalised: list[str]  # 已自动更正


class DecisionAnswer(TypedDict):
    """Where the report stands after a decision over a submission."""

    no: int
    status: str
    status_name: str
    at: str


class ReplyAnswer(TypedDict):
    """What the unit or its reviewer has said about what was typed for it."""

    no: int
    status: str  # confirmed | objected | answered
    status_name: str
    at: str


class SetAsideAnswer(TypedDict):
    """What became of one unit that was marked 不涉及."""

    unit: str
    name: str
    outcome: str  # submitted | drafted | unchanged
    number: str | None  # 回执号
    is_reviewed: bool
    missing: list[str]  # targets still to report


class SetAsideList(TypedDict):
    """Every unit that was named."""

    items: list[SetAsideAnswer]


class EvidenceAnswer(TypedDict):
    """A file is attached to what is being written."""

    sha256: str
    size: int
    media_type: str


class Decided(Protocol):
    """What every decision has: a return, an acceptance, a withdrawal."""

    @property
    def no(self) -> int: ...
    @property
    def status(self) -> Status: ...
    @property
    def at(self) -> datetime: ...


def instant(at: datetime) -> str:
    """This function will write an instant in UTC with a Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def saved(draft: SavedDraft) -> SavedAnswer:
    """This function will answer a draft that is kept."""
    return {"version": draft.version, "saved_at": instant(draft.saved_at)}


def receipt(sent: Receipt) -> ReceiptAnswer:
    """This function will answer a report that is sent."""
    return {
        "number": sent.number,
        "no": sent.no,
        "at": instant(sent.at),
        "channel": sent.channel,
        "on_behalf": sent.on_behalf,
        "is_reviewed": sent.is_reviewed,
        "normalised": list(sent.normalised),
    }


def set_aside(units: Iterable[SetAside]) -> SetAsideList:
    """This function will answer what became of the units."""
    return {
        "items": [
            {
                "unit": each.unit,
                "name": each.name,
                "outcome": each.outcome.value,
                "number": each.number,
                "is_reviewed": each.is_reviewed,
                "missing": list(each.missing),
            }
            for each in units
        ]
    }


def reply(said: Replied) -> ReplyAnswer:
    """This function will answer a word on what was typed for a unit."""
    return {
        "no": said.no,
        "status": said.status.value,
        "status_name": REPLY_WORDS[said.status],
        "at": instant(said.at),
    }


def decision(decided: Decided) -> DecisionAnswer:
    """This function will answer a decision."""
    return {
        "no": decided.no,
        "status": decided.status.value,
        "status_name": STATUS_WORDS[decided.status],
        "at": instant(decided.at),
    }
