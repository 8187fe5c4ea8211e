"""The words the checks speak in: what is asked of a unit in a round, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FigureState(StrEnum):
    """Zero, 不涉及 and missing are three different things."""

    REPORTED = "reported"  # 已报
    NOT_INVOLVED = "not_involved"  # 不涉及
    MISSING = "missing"  # 未报


@dataclass(frozen=True, slots=True)
class RequiredFigure:
    """One target that is due: what its figure must look like."""

    target: int
    code: str
    title: str
    indicator: int
    kind: str  # count money ratio yes_no date text score
    display_unit: str = ""
    decimals: int = 0
    over_units: str = "sum"
    count_parts: tuple[str, ...] = ()
    tick_parts: tuple[str, ...] = ()
    hint: str = ""
    year: int | None = None
    is_on_behalf: bool = False  # asks 涉及 n 家 beside the figure
    most_covered: int | None = None  # so many there are
    may_wait: bool = False  # a later date was granted: this submission may leave it out

    @property
    def asks_keys(self) -> bool:
        """Whether aliases are typed and counted, each once."""
        return self.over_units == "distinct"


def asked_once(items: Iterable[RequiredFigure]) -> tuple[RequiredFigure, ...]:
    """This function will keep the first target of each indicator: the one a form asks for."""
    first: dict[int, RequiredFigure] = {}
    for item in items:
        first.setdefault(item.indicator, item)
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class FigureValue:
    """One indicator's figure as it is stored; `text` is a text, or why it is not involved."""

    indicator: int
    state: FigureState
    numerator: int | None = None
    denominator: int | None = None
    text: str | None = None
    covered: int | None = None
    parts: tuple[tuple[str, int], ...] = ()
    keys: tuple[str, ...] = ()
