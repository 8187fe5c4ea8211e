"""The units that acts name, as far as the actor may see them, and which of them are gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.units.models import Tree, Unit, UnitLink
from shuangyong_core.units.successions import (
    Succession,
    in_parts,
    lines_above,
    list_successions,
)


@dataclass(frozen=True, slots=True)
class UnitKnown:
    """A unit as acts name it; a new one has a number below zero."""

    id: int
    code: str
    name: str
    kind: str


def units_within(
    session: Session, codes: set[str], *, actor: Actor
) -> tuple[dict[str, UnitKnown], set[str]]:
    """This function will give the units of codes that an actor may reorganise, and all codes kept.

    Whoever sends plans down may reorganise what lies under the own unit, which stays where it is.
    """
    found: dict[str, UnitKnown] = {}
    for some in in_parts(codes):
        rows = select(Unit.id, Unit.code, Unit.name, Unit.kind).where(Unit.code.in_(some))
        found |= {row.code: UnitKnown(*row) for row in session.execute(rows)}
    if actor.is_unlimited or actor.administrator is Role.SYSTEM_ADMIN:
        return found, set(found)
    own = actor.units_with(Role.ISSUER)
    above = _parents(session, [unit.id for unit in found.values()])

    def is_own(unit: int | None) -> bool:
        while unit is not None and unit not in own:
            unit = above.get(unit)
        return unit is not None

    return {code: unit for code, unit in found.items() if is_own(unit.id)}, set(found)


def what_became(session: Session, units: Mapping[str, UnitKnown]) -> dict[str, list[Succession]]:
    """This function will give what became of those of these units that are gone, by code."""
    standing = lines_above(session, [one.id for one in units.values()], tree=Tree.RESPONSIBILITY)
    found: dict[str, list[Succession]] = {
        code: [] for code, unit in units.items() if unit.id not in standing
    }
    for one in list_successions(session, found):
        found[one.old].append(one)
    return found


def _parents(session: Session, units: list[int]) -> dict[int, int | None]:
    """Under whom units hang, or hung last, with all above them."""
    rows = (
        select(UnitLink.unit, UnitLink.parent)
        .where(UnitLink.tree == Tree.RESPONSIBILITY.value, UnitLink.valid_to.is_not(None))
        .order_by(UnitLink.valid_from)
    )
    found: dict[int, int | None] = {}
    for some in in_parts(units):
        found |= {
            unit: parent for unit, parent in session.execute(rows.where(UnitLink.unit.in_(some)))
        }
    above = [parent for parent in found.values() if parent is not None]
    lines = lines_above(session, {*units, *above}, tree=Tree.RESPONSIBILITY)
    return found | {unit: one.parent for unit, one in lines.items()}
