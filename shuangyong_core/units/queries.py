"""What is known of units: by code, in a tree, with their links and bases of today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.errors import NotFound
from shuangyong_core.units.models import Tree, Unit, UnitBase, UnitLink
from shuangyong_core.units.successions import in_parts


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


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit with the codes above it in both trees of today, and how many are under it."""

    code: str
    name: str
    kind: str
    parent: str
    territory: str
    children: int  # by responsibility


def get_unit(session: Session, code: str) -> Unit:
    """This function will give the unit of a code; raises UnitNotFound."""
    unit = session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        raise UnitNotFound(unit=code)
    return unit


def get_links(session: Session) -> dict[str, UnitLinks]:
    """This function will give every unit with its links of today, by code."""
    superior, territory = _parent_codes(Tree.RESPONSIBILITY), _parent_codes(Tree.TERRITORY)
    parents = dict(session.execute(superior).tuples().all())
    sites = dict(session.execute(territory).tuples().all())
    rows = session.execute(select(Unit.code, Unit.name, Unit.kind).order_by(Unit.code))
    return {
        code: UnitLinks(code, name, kind, parents.get(code) or "", sites.get(code) or "")
        for code, name, kind in rows
    }


def _parent_codes(tree: Tree) -> Select[tuple[str, str]]:
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


def latest_bases(session: Session, units: Collection[int]) -> dict[tuple[int, str], UnitBase]:
    """This function will give the latest base numbers of units, by unit and base."""
    found: dict[tuple[int, str], UnitBase] = {}
    for some in in_parts(units):
        rows = select(UnitBase).where(UnitBase.unit.in_(some)).order_by(UnitBase.date)
        found |= {(row.unit, row.key): row for row in session.scalars(rows)}
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


def get_card(session: Session, unit: int) -> UnitCard:
    """This function will give a unit with its place of today."""
    return UnitCard(*session.execute(_cards().where(Unit.id == unit)).one())


def names_of(session: Session, codes: Sequence[str]) -> dict[str, str]:
    """This function will give the names of units by their codes; unknown codes are left out."""
    found = select(Unit.code, Unit.name).where(Unit.code.in_(codes))
    return {code: name for code, name in session.execute(found)}


def list_children(session: Session, unit: int, *, tree: Tree) -> Sequence[UnitCard]:
    """This function will list the units directly under a unit in a tree of today, by code."""
    below = select(UnitLink.unit).where(UnitLink.parent == unit, *_today(tree))
    rows = session.execute(_cards().where(Unit.id.in_(below)).order_by(Unit.code))
    return [UnitCard(*row) for row in rows]


def list_line(session: Session, unit: int, *, tree: Tree) -> Sequence[int]:
    """This function will give a unit and all above it in a tree of today, nearest first."""
    line = (
        select(UnitLink.unit, UnitLink.parent)
        .where(UnitLink.unit == unit, *_today(tree))
        .cte("line", recursive=True)
    )
    above = select(UnitLink.unit, UnitLink.parent).where(
        UnitLink.unit == line.c.parent, *_today(tree)
    )
    return session.scalars(select(line.union_all(above).c.unit)).all()


def _today(tree: Tree) -> tuple[ColumnElement[bool], ...]:
    return (UnitLink.tree == str(tree), UnitLink.valid_to.is_(None))


def _cards() -> Select[tuple[str, str, str, str, str, int]]:
    superior, site, below = aliased(Unit), aliased(Unit), aliased(UnitLink)
    above, around = aliased(UnitLink), aliased(UnitLink)
    children = (
        select(func.count())
        .select_from(below)
        .where(
            below.parent == Unit.id,
            below.tree == str(Tree.RESPONSIBILITY),
            below.valid_to.is_(None),
        )
        .scalar_subquery()
    )
    joined = select(
        Unit.code,
        Unit.name,
        Unit.kind,
        func.coalesce(superior.code, ""),
        func.coalesce(site.code, ""),
        children,
    )
    for link, other, tree in (
        (above, superior, Tree.RESPONSIBILITY),
        (around, site, Tree.TERRITORY),
    ):
        is_today = (link.unit == Unit.id) & (link.tree == str(tree)) & link.valid_to.is_(None)
        joined = joined.join(link, is_today, isouter=True)
        joined = joined.join(other, other.id == link.parent, isouter=True)
    return joined
