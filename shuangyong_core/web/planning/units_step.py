"""Step 4: which units there are, what each kind is asked, and which bases are still missing."""

from __future__ import annotations

from collections import Counter

from shuangyong_core.plans.rules.drafting import goal_of, groups_of, who_of
from shuangyong_core.plans.rules.units_under import UnitsUnder
from shuangyong_core.plans.rules.words import UNIT_KINDS
from shuangyong_core.units.words import BASE_NAMES
from shuangyong_core.web.pages.plan_steps_view import BaseRow, KindRow, UnitsView
from shuangyong_core.web.pages.shell import Link
from shuangyong_core.web.planning.opened import Opened

MEND = Link("在单位表里加一列“基数:…”，填好后重新导入单位，这里随即更新。")
MOST_NAMED = 5


def units_view(opened: Opened) -> UnitsView:
    """This function will count the units by kind and look each base up at who needs it."""
    counts = Counter(unit.kind for unit in opened.units.values())
    asked = {one.who: f"一年 {one.rounds} 次，{one.fields} 个数" for one in opened.found.burden}
    kinds = tuple(
        KindRow(UNIT_KINDS[kind], counts[kind], asked.get(kind, "—")) for kind in opened.kinds
    )
    return UnitsView(kinds, _bases(opened, opened.found.under), MEND)


def _bases(opened: Opened, under: UnitsUnder | None) -> tuple[BaseRow, ...]:
    needed: dict[str, tuple[list[str], set[str]]] = {}
    for target in opened.targets if under else ():
        for group in groups_of(target):
            kind, goal = goal_of(target, group)
            split = str(goal.get("split", ""))
            if under and kind == "total" and split.startswith("base:"):
                targets, units = needed.setdefault(split.removeprefix("base:"), ([], set()))
                targets.append(str(target["code"]))
                units.update(under.reporters(who_of(target, group)))
    return tuple(_base(under, key, *found) for key, found in needed.items() if under)


def _base(under: UnitsUnder, key: str, targets: list[str], units: set[str]) -> BaseRow:
    missing = sorted(code for code in units if under.base(code, key) is None)
    named = "、".join(under.units[code].name for code in missing[:MOST_NAMED])
    more = " 等" if len(missing) > MOST_NAMED else ""
    listed = "、".join(dict.fromkeys(targets))
    return BaseRow(BASE_NAMES.get(key, key), listed, len(units), len(missing), named + more)
