"""Sample units of the progress page: the matrix and the tree."""

from __future__ import annotations

from datetime import date

from shuangyong_core.web.pages.progress_view import (
    MatrixCell,
    MatrixGroup,
    MatrixRow,
    TreeNode,
)
from shuangyong_core.web.pages.shell import Light

CATEGORIES = ("组织领导", "宣传教育", "双拥活动", "拥军实事", "政策落实", "军民共建")
STREETS = [
    "江滨",
    "文昌",
    "东门",
    "柳林",
    "龙泉",
    "青山",
    "石桥",
    "望湖",
    "南浦",
    "北固",
    "清源",
    "云溪",
    "金沙",
]
TODAY = date(2026, 7, 20)


def cells(light: Light = "ok", word: str = "") -> tuple[MatrixCell, ...]:
    """Six categories; the second carries the light."""
    numbers = ((3, 3), (12, 12), (14, 14), (25, 25), (12, 12), (1, 1))
    return tuple(
        MatrixCell(
            light if i == 1 else "ok",
            a - (5 if light == "late" and i == 1 else 0),
            b,
            "/c",
            word if i == 1 else "",
        )
        for i, (a, b) in enumerate(numbers)
    )


def matrix_row(name: str, light: Light = "ok", word: str = "") -> MatrixRow:
    """One unit."""
    row = cells(light, word)
    reported, expected = sum(c.reported for c in row), sum(c.expected for c in row)
    return MatrixRow(name, "/u", row, MatrixCell(light, reported, expected))


def matrix() -> tuple[MatrixGroup, ...]:
    """The federation and thirteen streets, by code."""
    nothing = MatrixCell("ni", 0, 0)
    member = MatrixRow(
        "成员单位（26 家）",
        "/m",
        (*(nothing,) * 4, MatrixCell("ok", 1, 1, "/c"), nothing),
        MatrixCell("ok", 1, 1),
    )
    states: dict[str, tuple[Light, str]] = {
        "江滨": ("rev", "复核中"),
        "石桥": ("late", "滞后"),
        "望湖": ("warn", "退回"),
        "北固": ("late", "滞后"),
    }
    streets = tuple(matrix_row(f"{n}街道", *states.get(n, ("ok", ""))) for n in STREETS)
    return (
        MatrixGroup("直属", (matrix_row("区总工会"), member)),
        MatrixGroup("街道（含所辖社区 129 个）", streets),
    )


def summed(name: str, groups: tuple[MatrixGroup, ...]) -> MatrixRow:
    """The foot of the matrix: every column and every row added up."""
    rows = [row for group in groups for row in group.rows]

    def add(some: list[MatrixCell]) -> MatrixCell:
        return MatrixCell("ok", sum(c.reported for c in some), sum(c.expected for c in some))

    columns = tuple(add([row.cells[i] for row in rows]) for i in range(len(CATEGORIES)))
    return MatrixRow(name, "", columns, add([row.total for row in rows]))


def tree() -> TreeNode:
    """The district with its groups."""
    streets = tuple(
        TreeNode(f"{name}街道", "/u", "late" if name == "石桥" else "ok", 54, 59)
        for name in STREETS
    )
    direct = (
        TreeNode("区总工会", "/f", "ok", 8, 8),
        TreeNode("区人武部", "/a", "ni", 0, 0),
    )
    groups = (
        TreeNode("直属", "", "ok", 9, 9, is_open=True, children=direct),
        TreeNode("街道 13", "", "late", 737, 762, is_open=True, children=streets),
    )
    return TreeNode("临江区", "/", "warn", 746, 771, is_current=True, children=groups)
