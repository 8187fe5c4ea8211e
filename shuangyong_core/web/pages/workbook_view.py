"""What the page of a workbook needs: three steps, and what the last check says of every cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shuangyong_core.web.pages.shell import Day, Happened, Light, Notice


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One cell to mend."""

    where: str  # 社区!E9
    unit: str
    code: str
    title: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class MendedKind:
    """How often one way of writing was mended, with an example."""

    name: str
    before: str
    after: str
    count: int  # cells


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of the sheet as it was checked; tone x is wrong, z is mended."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One unit's row, by its number in the file."""

    number: int
    unit: str
    state: str
    tag: str
    cells: tuple[GridCell, ...]
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: the letters of its columns, what stands over them, its rows."""

    title: str
    letters: tuple[str, ...]  # with the two in front: 单位, 状态
    headers: tuple[str, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict over one upload."""

    heading: str
    detail: str
    passes: bool
    faults: tuple[FaultRow, ...]
    kinds: tuple[MendedKind, ...]
    grids: tuple[Grid, ...]
    notes: tuple[Notice, ...]
    key: str = ""  # of the kept file
    writes: int = 0  # units
    marked_href: str = ""
    more: int = 0  # faults that are not listed
    cells: str = ""  # 2 格

    @property
    def mended(self) -> int:
        """How many cells were mended."""
        return sum(kind.count for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class WorkbookView:
    """The page."""

    title: str
    unit: str
    rounds_href: str
    post_href: str
    lead: str  # 一个工作簿填完 10 个社区。…
    light: Light
    due: Day
    locks: Day
    amount: str  # 10 个社区 × 4 项，已审核的 20 格锁定，待填 20 格
    fetched_at: datetime | None
    history: tuple[Happened, ...]
    checked: Checked | None = None
    errors: tuple[str, ...] = ()
    set_aside_href: str = ""  # 批量不涉及
