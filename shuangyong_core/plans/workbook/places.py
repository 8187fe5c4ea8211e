"""Where each field of a body stands in its workbook, so that every problem names sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from shuangyong_core.errors import Problem, Refused
from shuangyong_core.plans.workbook.layout import SHEETS
from shuangyong_core.sheets import Cell, Sheet
from shuangyong_core.sheets.book import letters

OF_REPORTERS = ("unknown_unit", "unknown_kind", "no_reporters", "reporter_twice")
PATH = re.compile(r"^[\w.\[\]:-]+(?=：)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a sheet."""

    sheet: str
    row: int
    column: int
    header: str

    @property
    def named(self) -> str:
        """The cell as Excel says it."""
        return f"{self.sheet}!{letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Places:
    """The cells by the path of the field; without any, as for yaml, nothing is renamed."""

    spots: dict[str, Spot] = field(default_factory=dict)

    def put(self, path: str, sheet: Sheet, cell: Cell, header: str) -> None:
        """This function will keep where a field was read from."""
        self.spots.setdefault(path, Spot(sheet.title, cell.row, cell.column, header))

    def find(self, path: str) -> Spot | None:
        """This function will give the cell of a field, or of what holds it."""
        while path:
            if path in self.spots:
                return self.spots[path]
            cut = max(path.rfind("."), path.rfind("["))
            path = path[:cut] if cut > 0 else ""
        return None

    def name(self, problems: Iterable[Problem]) -> list[Problem]:
        """This function will name the cell in each problem, in the order of sheets and rows."""
        listed = [self._named(problem) for problem in problems]
        order = {title: place for place, title in enumerate(SHEETS)}
        return [
            problem
            for _, problem in sorted(listed, key=lambda pair: (order.get(pair[0][0], 0), pair[0]))
        ]

    def say(self, notes: Iterable[str]) -> tuple[str, ...]:
        """This function will name the cell in notes that begin with a field."""
        return tuple(PATH.sub(self._said, note) for note in notes)

    @contextmanager
    def naming(self) -> Iterator[None]:
        """This function will name the cells in whatever is refused within."""
        try:
            yield
        except Refused as refused:
            refused.problems = tuple(self.name(refused.problems))
            raise

    def _named(self, problem: Problem) -> tuple[tuple[str, int, int], Problem]:
        path = problem.field or ""
        # Who reports has one name in a target, and another where the product counts.
        within = ("reported_by", "automatic.who") if problem.code in OF_REPORTERS else ()
        told = (self.spots.get(join(path, key)) for key in within)
        spot = next(filter(None, told), None) or self.find(path)
        if spot is None:
            return ("", problem.row or 0, 0), problem
        moved = replace(problem, row=spot.row, column=spot.header, field=spot.named)
        return (spot.sheet, spot.row, spot.column), moved

    def _said(self, match: re.Match[str]) -> str:
        spot = self.find(match[0])
        return spot.named if spot else match[0]


def join(path: str, key: str) -> str:
    """This function will write the path of a field within another."""
    return f"{path}.{key}" if path else key


def item(section: str, code: object, number: int) -> str:
    """This function will write the path of one of a list, as the reader of bodies does."""
    return f"{section}[{str(code or number)[:60]}]"
