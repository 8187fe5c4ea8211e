"""Units beside and under the numbers: the tree with its groups, and 单位 × 类别."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import add

from shuangyong_core.rollups.queries import Matrix, MatrixRow, TreeCount
from shuangyong_core.rollups.rules.lights import Light, Tally
from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.units.models import Kind, Tree
from shuangyong_core.web.pages import progress_view as view
from shuangyong_core.web.progress.asked import LEFT, Asked

# A group longer than this shows what needs a hand, and the rest as one row.
MOST_ROWS = 26
NEEDS_A_HAND = (Light.LATE, Light.WARN, Light.REVIEWING)
DIRECT, OWN, ELSEWHERE = "直属", "本级承办", "辖区内其他系统单位"


def tree_of(asked: Asked, counts: Sequence[TreeCount]) -> view.TreeNode:
    """This function will put the units under one into the tree: 直属 first, then the line."""
    root = next(count for count in counts if count.unit.id == asked.node.unit)
    children = [count for count in counts if count.parent == asked.node.unit]
    mine = [child for child in children if _may_open(asked, child.unit.id)]
    direct = [child for child in mine if _is_direct(asked, child.unit.kind)]
    line = [child for child in mine if child not in direct]
    groups: list[view.TreeNode] = []
    if direct:
        groups.append(_group(asked, DIRECT, direct))
    if line and not direct:
        groups += [_node(asked, child) for child in line]
    elif line:
        groups.append(_group(asked, f"{_kind(line[0].unit.kind)} {len(line)}", line))
    return view.TreeNode(
        root.unit.name,
        asked.href(unit=root.unit.code),
        root.tally.light.value,
        root.tally.reported,
        root.tally.expected,
        is_current=True,
        is_open=True,
        children=tuple(groups),
    )


def _group(asked: Asked, name: str, counts: Sequence[TreeCount]) -> view.TreeNode:
    """Units with nothing to report are one line of the group."""
    idle = [count for count in counts if not count.tally.expected and not count.is_inner]
    shown = [_node(asked, count) for count in counts if len(idle) < 3 or count not in idle]
    if len(idle) >= 3:
        shown.append(view.TreeNode(f"其他 {len(idle)} 个单位", "", "ni", 0, 0))
    total = reduce(add, (count.tally for count in counts), Tally())
    return view.TreeNode(
        name, "", total.light.value, total.reported, total.expected,
        is_open=True, children=tuple(shown),
    )  # fmt: skip


def _node(asked: Asked, count: TreeCount) -> view.TreeNode:
    tally, unit = count.tally, count.unit
    href = asked.href(unit=unit.code)
    return view.TreeNode(unit.name, href, tally.light.value, tally.reported, tally.expected)


def matrix_of(
    asked: Asked, matrix: Matrix, unfulfilled: Mapping[int, int]
) -> tuple[view.MatrixGroup, ...]:
    """This function will group the rows: own work, 直属, the line; by code, never by result.

    `unfulfilled` counts by unit the targets of which something is 未落实.
    """
    own = [row for row in matrix.rows if row.is_own]
    below = [row for row in matrix.rows if not row.is_own]
    mine = [row for row in below if _may_open(asked, row.unit.id)]
    direct = [row for row in mine if _is_direct(asked, row.unit.kind)]
    line = [row for row in mine if row not in direct]
    others = [row for row in below if row not in mine]
    groups = [("", [_row(asked, row, name=OWN if below else "") for row in own])]
    groups.append((DIRECT, _by_kind(asked, direct)))
    name = f"{_kind(line[0].unit.kind)} {len(line)} 个" if line else ""
    groups.append((name if direct or own else "", _shortened(asked, line)))
    if others:
        groups.append(("", [_summed(_others(asked), others)]))
    said = {
        row.unit.name: f"未落实 {count} 项任务"
        for row in mine
        if (count := unfulfilled.get(row.unit.id, 0))
    }
    return tuple(
        view.MatrixGroup(name, tuple(replace(row, remark=said.get(row.name, "")) for row in rows))
        for name, rows in groups
        if rows
    )


def total_of(matrix: Matrix) -> view.MatrixRow:
    """This function will give the sums under the matrix."""
    cells = tuple(_cell(tally, "") for tally in matrix.totals)
    return view.MatrixRow("合计", "", cells, _cell(matrix.total, ""))


def _by_kind(asked: Asked, rows: Sequence[MatrixRow]) -> list[view.MatrixRow]:
    """直属: a unit a row, but of many of one kind one row for all."""
    found: list[view.MatrixRow] = []
    for kind in dict.fromkeys(row.unit.kind for row in rows):
        of_kind = [row for row in rows if row.unit.kind == kind]
        if len(of_kind) > 3:
            busy = [row for row in of_kind if row.total.expected]
            href = asked.href(unit=busy[0].unit.code) if len(busy) == 1 else ""
            found.append(_summed(f"{_kind(kind)}（{len(of_kind)} 家）", of_kind, href))
        else:
            found += [_row(asked, row) for row in of_kind]
    return found


def _shortened(asked: Asked, rows: Sequence[MatrixRow]) -> list[view.MatrixRow]:
    if len(rows) <= MOST_ROWS:
        return [_row(asked, row) for row in rows]
    shown = [row for row in rows if row.total.light in NEEDS_A_HAND][: MOST_ROWS - 1]
    rest = [row for row in rows if row not in shown]
    name = f"其余 {len(rest)} 个单位" if shown else f"{_kind(rows[0].unit.kind)} {len(rest)} 个"
    return [*(_row(asked, row) for row in shown), _summed(name, rest)]


def _row(asked: Asked, row: MatrixRow, *, name: str = "") -> view.MatrixRow:
    """A cell leads to the unit's tasks of that category."""
    tasks = asked.href(f"/targets/{asked.plan.code}", unit=row.unit.code)
    cells = tuple(
        _cell(tally, tasks and f"{tasks}&category={no}") for no, tally in enumerate(row.cells)
    )
    href = "" if row.is_own else asked.href(unit=row.unit.code)
    return view.MatrixRow(name or row.unit.name, href, cells, _cell(row.total, href or tasks))


def _summed(name: str, rows: Sequence[MatrixRow], href: str = "") -> view.MatrixRow:
    columns = zip(*(row.cells for row in rows), strict=True)
    cells = tuple(_cell(reduce(add, column), href) for column in columns)
    return view.MatrixRow(name, href, cells, _cell(reduce(add, (row.total for row in rows)), href))


def _cell(tally: Tally, href: str) -> view.MatrixCell:
    return view.MatrixCell(tally.light.value, tally.reported, tally.expected, href, tally.word)


def _kind(kind: str) -> str:
    return WORD_OF_KIND.get(kind, "单位")


def _is_direct(asked: Asked, kind: str) -> bool:
    """Beside the line of streets (or of communities) stands what is directly under the unit."""
    return asked.is_issuer and kind != Kind.STREET


def _others(asked: Asked) -> str:
    is_mine = asked.as_of and asked.tree is Tree.RESPONSIBILITY
    return LEFT if is_mine or asked.seen == "then" else ELSEWHERE


def _may_open(asked: Asked, unit: int) -> bool:
    is_live = asked.seen != "then" and asked.as_of is None
    is_below = asked.tree is Tree.RESPONSIBILITY and is_live
    return is_below or unit in asked.reached
