"""牵头 and 配合: whom a supporting unit supports, and why a plan's supporters may have no lead."""

from __future__ import annotations

from collections.abc import Iterator

from shuangyong_core.errors import Problem
from shuangyong_core.plans.rules.check_dates import problem_at
from shuangyong_core.plans.rules.text import TargetText
from shuangyong_core.plans.rules.units_under import UnitsUnder
from shuangyong_core.plans.rules.words import UNIT_KINDS

MOST_NAMED = 5


def supporter_problems(target: TargetText, units: UnitsUnder) -> Iterator[Problem]:
    """This function will name supporters that are unknown, report themselves, or have no lead."""
    place = target.place.at("supporting")
    leads = frozenset(units.reporters(who for group in target.groups for who in group.who))
    for who in target.supporting:
        if who not in UNIT_KINDS and who not in units.units:
            why = f"任务 {target.code}：没有编码为 {who} 的配合单位，请核对编码。"
            yield problem_at(place, "unknown_unit", why, who)
            continue
        both = [code for code in units.reporters([who]) if code in leads]
        if both:
            why = f"任务 {target.code}：{_some(both)} 自己填报，不能又是配合单位，数只算一次。"
            yield problem_at(place, "supporter_reports", why, who)
            continue
        lost = [code for code in units.reporters([who]) if not lead_of(code, leads, units)]
        if lost and leads:
            why = f"任务 {target.code}：{_some(lost)} 的上级都不是牵头单位，不知道配合谁。"
            yield problem_at(place, "no_lead", why, who)


def lead_of(code: str, leads: frozenset[str], units: UnitsUnder) -> str | None:
    """This function will give the unit that a supporter supports.

    The only lead there is, else the nearest above it by responsibility, else by territory.
    """
    if len(leads) == 1:
        return next(iter(leads))
    for step in ("parent", "sits_in"):
        seen, above = {code}, units.units.get(code)
        while above is not None:
            up = getattr(above, step)
            if up in leads:
                return str(up)
            above = None if up in seen else units.units.get(up)
            seen.add(up)
    return None


def _some(codes: list[str]) -> str:
    return "、".join(codes[:MOST_NAMED]) + (" 等" if len(codes) > MOST_NAMED else "")
