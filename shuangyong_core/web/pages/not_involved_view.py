"""What the page that marks many units 不涉及 needs: units and targets to tick, one reason."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.pages.shell import Confirm, Day


@dataclass(frozen=True, slots=True)
class UnitTick:
    """One unit below: what it still has to say."""

    code: str
    name: str
    state: str  # 未报, 草稿（3/4）, 已审核
    open_targets: str  # B06 国防法学习覆盖率、B03 …; empty: nothing can be marked
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class TargetTick:
    """One target of the round."""

    code: str
    title: str
    units: int  # that have said nothing to it
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class NotInvolvedView:
    """The page; it posts `unit`, `target`, `reason` and `act`: ask | do."""

    title: str
    unit: str
    post_href: str
    workbook_href: str
    due: Day
    units: tuple[UnitTick, ...]
    targets: tuple[TargetTick, ...]
    reasons: tuple[str, ...]
    reason: str = ""
    errors: tuple[str, ...] = ()
    confirm: Confirm | None = None

    @property
    def open_units(self) -> tuple[UnitTick, ...]:
        """The units that something can be marked for."""
        return tuple(unit for unit in self.units if unit.open_targets)
