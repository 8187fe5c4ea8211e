"""What the page 填报负担 needs: by kind of unit, by round, and who reports most."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.charts import Bar
from shuangyong_core.web.pages.plan_view import RoundLoad


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of unit: the most that one of them reports, and all together."""

    name: str
    units: int
    rounds: int
    numbers: int
    minutes: int
    total: int
    bar: Bar
    is_over: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit that reports much."""

    name: str
    href: str
    rounds: int
    numbers: int


@dataclass(frozen=True, slots=True)
class BurdenView:
    """The burden of a plan as it stands."""

    plan: str
    limit: int
    kinds: tuple[KindRow, ...]
    total: int
    columns: tuple[RoundLoad, ...]
    busiest: str
    units: tuple[UnitRow, ...]
