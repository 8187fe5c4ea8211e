"""The table 逐单位看: a row for each unit directly below, a column for each target that moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shuangyong_core.amendments.rules.preview import (
    ItemChange,
    Preview,
    QuotaChange,
    UnitChange,
)
from shuangyong_core.web.pages.amend_view import Cell, UnitRow
from shuangyong_core.web.values import grouped

MOST_COLUMNS = 8
NOTHING = Cell(said="—")


@dataclass(frozen=True, slots=True)
class Column:
    """A target of the table."""

    code: str
    title: str
    display_unit: str
    sign: str


def columns_of(seen: Preview) -> tuple[Column, ...]:
    """This function will choose the targets whose quotas or items move, as far as there is room."""
    heads = [unit for unit in seen.units if unit.depth == 1]
    moved = {one.target for unit in heads for one in unit.quotas}
    moved |= {one.target for unit in heads for one in unit.items}
    found = [
        Column(one.code, one.title, one.display_unit, one.sign)
        for one in seen.targets
        if one.code in moved
    ]
    return tuple(found[:MOST_COLUMNS])


def rows_of(seen: Preview, columns: Sequence[Column]) -> tuple[UnitRow, ...]:
    """This function will make a row of each unit directly below, with those below it counted."""
    heads = [unit for unit in seen.units if unit.depth == 1]
    below = [unit for unit in seen.units if unit.depth > 1]
    listed = [
        UnitRow(
            name=unit.name,
            cells=tuple(_cell(unit, one.code) for one in columns),
            due=_due(unit),
            todo=_todo(unit, [one for one in below if one.path.startswith(unit.path)]),
        )
        for unit in heads
    ]
    alone = [one for one in below if not any(one.path.startswith(unit.path) for unit in heads)]
    if alone:
        blank = tuple(NOTHING for _ in columns)
        todo = _todo(None, alone)
        listed.append(UnitRow(f"其余单位的下级（{len(alone)} 个）", blank, "—", todo))
    rest = rest_of(seen, columns)
    return tuple(listed) if rest is None else (*listed, rest)


def sums_of(seen: Preview, columns: Sequence[Column]) -> tuple[Cell, ...]:
    """This function will give the totals of the plan, those of units that do not change too."""
    issuer = {one.target: one for unit in seen.units if unit.depth == 0 for one in unit.quotas}
    heads = [unit for unit in seen.units if unit.depth == 1]
    return tuple(
        _of_quota([issuer[one.code]], said="") if one.code in issuer else _sum(heads, one.code)
        for one in columns
    )


def rest_of(seen: Preview, columns: Sequence[Column]) -> UnitRow | None:
    """This function will make the row of the units directly below that nothing changes for."""
    rests = {one.code: unchanged(seen, one.code) for one in columns}
    if not any(rests.values()):
        return None
    decimals = {one.target: one.decimals for unit in seen.units for one in unit.quotas}
    cells = tuple(
        Cell(said=grouped(rests[one.code], decimals[one.code]) if rests[one.code] else "—")
        for one in columns
    )
    return UnitRow("没有变化的单位", cells, "—", "不用做什么")


def unchanged(seen: Preview, code: str) -> int:
    """This function will give what the units hold that do not change: a total less the rest."""
    held = {
        depth: sum(
            one.held or 0
            for unit in seen.units
            for one in unit.quotas
            if unit.depth == depth and one.target == code
        )
        for depth in (0, 1)
    }
    return max(0, held[0] - held[1])


def _cell(unit: UnitChange, code: str) -> Cell:
    quota = next((one for one in unit.quotas if one.target == code), None)
    item = next((one for one in unit.items if one.target == code), None)
    return _of_quota([quota], said=_items([item])) if quota else Cell(said=_items([item]) or "不变")


def _sum(units: Sequence[UnitChange], code: str) -> Cell:
    quotas = [one for unit in units for one in unit.quotas if one.target == code]
    items = [one for unit in units for one in unit.items if one.target == code]
    return _of_quota(quotas, said=_items(items)) if quotas else Cell(said=_items(items) or "—")


def _of_quota(quotas: Sequence[QuotaChange], *, said: str) -> Cell:
    decimals = quotas[0].decimals
    was = sum(one.held or 0 for one in quotas)
    becomes = sum(one.new_held or 0 for one in quotas)
    difference = grouped(becomes - was, decimals)
    return Cell(
        was=grouped(was, decimals) if any(one.held is not None for one in quotas) else "—",
        becomes=grouped(becomes, decimals)
        if any(one.new_held is not None for one in quotas)
        else "免",
        by=difference if becomes < was else f"+{difference}",
        said=said,
    )


def _items(items: Sequence[ItemChange | None]) -> str:
    found = [one for one in items if one]
    added, gone = sum(one.added for one in found), sum(one.withdrawn for one in found)
    moved = sum(one.redated for one in found)
    told = [f"加 {added} 项"] if added else []
    told += [f"减 {gone} 项"] if gone else []
    told += [f"改期 {moved} 项"] if moved else []
    return "，".join(told)


def _due(unit: UnitChange) -> str:
    if unit.due_before == unit.due_after:
        return f"{unit.due_before} 不变"
    return f"{unit.due_before} → {unit.due_after}"


def _todo(unit: UnitChange | None, below: Sequence[UnitChange]) -> str:
    told = []
    if unit and unit.confirms:
        told.append(f"确认分解（{'、'.join(unit.confirms)}）")
    if below:
        again = sum(bool(one.confirms) for one in below)
        told.append(f"{len(below)} 个下级随之调整" + (f"，{again} 个要确认" if again else ""))
    return "，".join(told) or "不用做什么"
