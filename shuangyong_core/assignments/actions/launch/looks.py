"""How closely the first split looks at a target: at crowds where they tell enough, else at units.

What a first-level unit holds depends on sums alone. Only a unit that is a party in its own split
needs those beside it one by one, and only a code or a missing base needs every unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from shuangyong_core.assignments.actions.launch.content import TargetContent, names_units
from shuangyong_core.assignments.actions.launch.crowd import (
    needs_every_unit,
    splits_own_work,
    take_crowds,
)
from shuangyong_core.assignments.actions.launch.units import take_units
from shuangyong_core.assignments.actions.launch.work import clear_work
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.tree import NodeRow


@dataclass(frozen=True, slots=True)
class Look:
    """Targets that are looked at in one way, and how many rows each of them needs for it."""

    contents: Sequence[TargetContent]
    units: int
    by_code: bool = False
    is_fine: bool | None = None  # which crowds; None: every unit


def looks(
    session: Session, plan: Plan, contents: Sequence[TargetContent], *, issuer: NodeRow
) -> Iterator[Look]:
    """This function will sort targets by the look they need, and take the units for each look."""
    clear_work(session)
    bases = {content.base for content in contents if content.base}
    units = take_crowds(session, plan, issuer=issuer, bases=bases)
    closest = needs_every_unit(session, plan, contents)
    fine = splits_own_work(session, contents) - closest
    coarse = {content.id for content in contents} - closest - fine
    for chosen, is_fine in ((coarse, False), (fine, True)):
        if chosen:
            yield Look(_only(contents, chosen), units[is_fine], is_fine=is_fine)
    if closest:
        clear_work(session)
        taken = take_units(session, plan, path=issuer.path)
        yield Look(_only(contents, closest), taken, by_code=names_units(session, plan))


def _only(contents: Sequence[TargetContent], chosen: set[int]) -> list[TargetContent]:
    return [content for content in contents if content.id in chosen]
