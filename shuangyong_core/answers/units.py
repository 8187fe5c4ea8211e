"""How a unit is answered."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.units.queries import UnitCard


class UnitAnswer(TypedDict):
    """A unit with its place in both trees; empty codes at a root."""

    code: str
    name: str
    kind: str
    kind_name: str
    parent: str
    territory: str
    children: int  # units directly under it, by responsibility


class UnitList(TypedDict):
    """A list of units."""

    items: list[UnitAnswer]


def unit(card: UnitCard) -> UnitAnswer:
    """This function will give a unit as it is answered."""
    return {
        "code": card.code,
        "name": card.name,
        "kind": card.kind,
        "kind_name": WORD_OF_KIND.get(card.kind, card.kind),
        "parent": card.parent,
        "territory": card.territory,
        "children": card.children,
    }


def units(cards: Sequence[UnitCard]) -> UnitList:
    """This function will give a list of units as it is answered."""
    return {"items": [unit(card) for card in cards]}
