"""现在在谁手里: every open item, by who must act next."""

from __future__ import annotations

from collections.abc import Sequence

from shuangyong_core.rollups.queries import Holding, Stage
from shuangyong_core.web.pages.progress_view import Hand
from shuangyong_core.web.pages.shell import Light, Link
from shuangyong_core.web.progress.asked import Asked
from shuangyong_core.web.progress.summary import join_names, name_units
from shuangyong_core.words import words

STAGES: dict[Stage, tuple[Light, str]] = {
    Stage.OVERDUE: ("late", "未报"),
    Stage.UNREPORTED: ("na", "未报，未到时限"),
    Stage.WAITING_HOLDER: ("na", "待上级审核"),
    Stage.WAITING_ISSUER: ("na", "待汇总核对"),
    Stage.RETURNED: ("warn", "退回修改"),
    Stage.REVIEWING: ("rev", "复核中"),
}


def hands_of(asked: Asked, holdings: Sequence[Holding]) -> tuple[Hand, ...]:
    """This function will name the holders of each stage, a unit by name, many by number."""
    return tuple(
        Hand(
            *STAGES[holding.stage],
            _holder(asked, holding),
            holding.reports,
            holding.items,
            f"{holding.workdays} 个工作日" if holding.workdays else "今天",
        )
        for holding in holdings
    )


def _holder(asked: Asked, holding: Holding) -> Link:
    units = holding.units
    if len(units) != 1 or not asked.may_name(units[0].id):
        return Link(join_names(name_units(asked, units)))
    (unit,) = units
    if unit.id == asked.plan.issuer:
        return Link(f"{unit.name}{words()['office']}")
    return Link(unit.name, asked.href(unit=unit.code) if unit.id in asked.reached else "")
