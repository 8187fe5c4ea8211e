"""Which units a plan leaves without anything to do, before it is sent down."""

from __future__ import annotations

from shuangyong_core.plans.rules.text import PlanText
from shuangyong_core.plans.rules.units_under import UnitsUnder


def without_goal(plan: PlanText, under: UnitsUnder) -> tuple[str, ...]:
    """This function will give the codes of units that report nothing and pass nothing on."""
    busy = {under.issuer}
    for target in plan.targets:
        for group in target.groups:
            for code in under.reporters(group.who):
                while code in under.units and code not in busy:
                    busy.add(code)
                    code = under.units[code].parent
    return tuple(sorted(set(under.units) - busy))
