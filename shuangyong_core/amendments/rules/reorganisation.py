"""What a reorganisation would do, as plain values: unit by unit, and the sums of every round."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Open items of one round that go from a unit to its heir."""

    plan: str
    round: str
    heir: str
    heir_name: str
    items: int


@dataclass(frozen=True, slots=True)
class BaseChange:
    """A base number (基数) of one unit, before and after; it was not known there before: None."""

    unit: str  # its name
    base: str
    before: int | None
    after: int

    @property
    def text(self) -> str:
        """This function will write it: 滨河社区优抚对象 27 → 60."""
        before = "—" if self.before is None else f"{self.before:,}"
        return f"{self.unit}{self.base} {before} → {self.after:,}"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One unit and what becomes of it."""

    row: int
    code: str
    name: str
    act: str
    to: tuple[str, ...]  # as they are shown: name and code
    since: date
    below: int  # units that come along
    handed_over: tuple[HandedOver, ...]
    bases: tuple[BaseChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundSum:
    """The issuer's sums of one round, before and after: what was accepted stays."""

    round: str
    is_over: bool
    expected: int
    expected_after: int
    accepted: int
    accepted_after: int


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What a running plan goes through."""

    code: str
    title: str
    edition: int
    moved: int  # units that stand elsewhere, in either tree
    quotas: int
    items_given: int
    items_ended: int
    rounds: tuple[RoundSum, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """All of it; `seal` stands for what was looked at, and a moved state breaks it."""

    file: str
    changes: tuple[UnitChange, ...]
    plans: tuple[PlanChange, ...]
    done_rows: tuple[int, ...]  # rows that were carried out before
    seal: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done."""
        return not self.changes


def seal_of(changes: Sequence[UnitChange], plans: Sequence[PlanChange]) -> str:
    """This function will give one short word for what would be done, not for sums that live on."""
    units = [asdict(change) for change in changes]
    moves = [
        [one.code, one.edition, one.moved, one.quotas, one.items_given, one.items_ended]
        for one in plans
    ]
    return f"{_word(units)}-{_word(moves)}"


def what_moved(seal: str, now: str) -> str:
    """This function will say in words what a broken seal was about."""
    units = seal.partition("-")[0] != now.partition("-")[0]
    return "单位去向、基数或移交的事项" if units else "计划里的任务数"


def digest_of(acts: Sequence[dict[str, str]]) -> str:
    """This function will give the lasting mark of a list of acts."""
    return hashlib.sha256(_json(acts)).hexdigest()


def _word(value: object) -> str:
    return hashlib.sha256(_json(value)).hexdigest()[:20]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode()
