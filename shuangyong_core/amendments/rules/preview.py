"""What an amendment would change, unit by unit, before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shuangyong_core.plans.rules.text import PlanText


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the plan as it shall be, on what ground, and what becomes of figures."""

    text: PlanText
    reason: str = ""  # 依据, e.g. the meeting that decided
    # By target: why figures that are accepted shall be kept out of the sum.
    set_aside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that reads otherwise: 目标 258 件 → 280 件."""

    label: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a target that count at the issuer: how many are accepted, and their sum."""

    accepted: int = 0
    total: str | None = None  # None where nothing is added up
    pending: int = 0


@dataclass(frozen=True, slots=True)
class SetAside:
    """A figure that is accepted and loses its place: it stays readable, and out of the sum."""

    target: str
    unit: str
    unit_name: str
    round: str
    value: str


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target with what changes of it, whom it touches, and what its figures come to."""

    code: str
    title: str
    sign: str  # add | change | drop
    display_unit: str
    fields: tuple[FieldChange, ...]
    units: int  # whose quota or items change
    confirms: int  # who has to confirm again
    before: Figures
    after: Figures
    set_aside: tuple[SetAside, ...]
    why_aside: str = ""


@dataclass(frozen=True, slots=True)
class RoundChange:
    """A round with what changes of it."""

    code: str
    title: str
    sign: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class QuotaChange:
    """What a unit holds and keeps for itself of a target, before and after, scaled."""

    target: str
    decimals: int
    held: int | None
    own: int | None
    new_held: int | None
    new_own: int | None


@dataclass(frozen=True, slots=True)
class ItemChange:
    """How many reports of a target come, go, or get another date."""

    target: str
    added: int = 0
    withdrawn: int = 0
    redated: int = 0


@dataclass(frozen=True, slots=True)
class UnitChange:
    """All that changes for one unit."""

    unit: int
    code: str
    name: str
    kind: str
    depth: int  # below the issuer: 1 is directly under it
    path: str
    quotas: tuple[QuotaChange, ...]
    items: tuple[ItemChange, ...]
    confirms: tuple[str, ...]  # targets it has to confirm again
    due_before: int  # numbers it reports in the year
    due_after: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole of it; `seal` names exactly this, and no other, amendment."""

    plan: str
    title: str
    version: int  # that stands
    next_version: int
    reason: str
    head: tuple[FieldChange, ...]
    rounds: tuple[RoundChange, ...]
    targets: tuple[TargetChange, ...]
    units: tuple[UnitChange, ...]
    due_before: int
    due_after: int
    accepted: int  # figures that stay as they are
    pending: int
    warnings: tuple[str, ...]
    seal: str

    @property
    def confirming(self) -> tuple[UnitChange, ...]:
        """The units that have something to confirm again."""
        return tuple(one for one in self.units if one.confirms)
