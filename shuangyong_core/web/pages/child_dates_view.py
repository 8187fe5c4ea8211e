"""What 给下级提前时限 needs: the rounds to come, whose date, and what stands."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.pages.shell import Choice, Day


@dataclass(frozen=True, slots=True)
class GivenDate:
    """An earlier date that stands; its form takes it back."""

    unit: str
    unit_code: str
    code: str
    title: str
    round: str
    was: Day
    due: Day
    lead: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChildDatesView:
    """The page of a holder; posts round, due, unit, target, reason and act = give | back."""

    unit: str
    plan: str
    lead: int  # working days earlier that need no reason
    rounds: tuple[Choice, ...]
    units: tuple[Choice, ...]
    targets: tuple[Choice, ...]
    due: str
    reason: str
    given: tuple[GivenDate, ...]
    post_href: str
    back_href: str
    errors: tuple[str, ...] = ()
