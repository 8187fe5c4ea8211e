"""What is known of units: by code, in a tree, with their links and bases of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.errors import NotFound
from shuangyong_core.units.models import Tree, Unit, UnitBase, UnitLink


class UnitNotFound(NotFound):
    """There is no unit of this code, or it is not yours to see."""

    message = "没有编码为 {unit} 的单位，或者不在您的范围内。"
    code = "unit_not_found"


@dataclass(frozen=True, slots=True)
class UnitLinks:
    """A unit with the codes of its superior and of its territory; empty at a root."""

    code: str
    name: str
    kind: str
    parent: str
    territory: str


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One line of a printed tree."""

    depth: int
    code: str
    name: str
    kind: str
    below: int  # units directly under it


def get_unit(session: Session, code: str) -> Unit:
    """This function will give the unit of a code; raises UnitNotFound."""
    unit = session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        raise UnitNotFound(unit=code)
    return unit


def get_links(session: Session) -> dict[str, UnitLinks]:
    """This function will give every unit with its links of today, by code."""
    superior, territory = _parent_codes(Tree.RESPONSIBILITY), _parent_codes(Tree.TERRITORY)
    parents = dict(session.execute(superior).all())
    sites = dict(session.execute(territory).all())
    rows = session.execute(select(Unit.code, Unit.name, Unit.kind).order_by(Unit.code))
    return {
        code: UnitLinks(code, name, kind, parents.get(code) or "", sites.get(code) or "")
        for code, name, kind in rows
    }


def _parent_codes(tree: Tree) -> Select[str, str]:
    above = aliased(Unit)
    return (
        select(Unit.code, above.code)
        .join(UnitLink, UnitLink.unit == Unit.id)
        .join(above, above.id == UnitLink.parent, isouter=True)
        .where(UnitLink.tree == str(tree), UnitLink.valid_to.is_(None))
    )


def get_bases(session: Session) -> dict[str, dict[str, int]]:
    """This function will give the latest base numbers of every unit, by code and key."""
    found: dict[str, dict[str, int]] = {}
    rows = (
        select(Unit.code, UnitBase.key, UnitBase.value)
        .join(Unit, Unit.id == UnitBase.unit)
        .order_by(UnitBase.date)
    )
    for code, key, value in session.execute(rows):
        found.setdefault(code, {})[key] = value
    return found


def list_tree(
    session: Session, *, root: str | None = None, tree: Tree, depth: int | None = None
) -> Sequence[TreeLine]:
    """This function will list a tree from a unit (or every root) down, by code, depth first."""
    links = get_links(session)
    if root is not None and root not in links:
        raise UnitNotFound(unit=root)
    below: dict[str, list[str]] = {}
    for unit in links.values():
        above = unit.parent if tree is Tree.RESPONSIBILITY else unit.territory
        below.setdefault(above, []).append(unit.code)
    lines: list[TreeLine] = []
    stack = [(0, code) for code in reversed([root] if root else sorted(below.get("", [])))]
    while stack:
        level, code = stack.pop()
        unit, children = links[code], sorted(below.get(code, []))
        lines.append(TreeLine(level, code, unit.name, unit.kind, len(children)))
        if depth is None or level < depth:
            stack.extend((level + 1, child) for child in reversed(children))
    return lines
