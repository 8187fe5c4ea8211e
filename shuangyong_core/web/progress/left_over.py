"""未落实 on 进度: which quotas nobody works on, of whom, and who is to split them again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from shuangyong_core.assignments.queries.unfulfilled import Unfulfilled, list_unfulfilled
from shuangyong_core.plans.queries import TargetRow, list_targets
from shuangyong_core.plans.queries.places import places_of
from shuangyong_core.rollups.queries import MatrixRow
from shuangyong_core.units.models import Tree
from shuangyong_core.web.pages.progress_view import LeftOver
from shuangyong_core.web.progress.asked import Asked
from shuangyong_core.web.values import grouped

MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Aside:
    """What is 未落实 below a unit, with the targets it is of."""

    found: Sequence[Unfulfilled]
    targets: Mapping[int, TargetRow]


def aside_of(session: Session, asked: Asked) -> Aside:
    """This function will read it: of totals only, and by responsibility only; of today only."""
    if asked.as_of or asked.tree is not Tree.RESPONSIBILITY:
        return Aside((), {})
    found = list_unfulfilled(session, asked.plan, unit=asked.node.unit, far=True)
    if not found:
        return Aside((), {})
    targets = {row.id: row for row in list_targets(session, asked.plan.id)}
    totals = [each for each in found if targets[each.target].goal_kind == "total"]
    return Aside(totals, targets)


def left_overs_of(asked: Asked, aside: Aside) -> tuple[LeftOver, ...]:
    """This function will list it by who shares it out and by target."""
    groups: dict[tuple[str, int], list[Unfulfilled]] = {}
    for each in aside.found:
        groups.setdefault((each.holder_code, each.target), []).append(each)
    return tuple(_left_over(asked, aside.targets[key[1]], groups[key]) for key in sorted(groups))


def text_of(target: TargetRow, found: Sequence[Unfulfilled]) -> str:
    """This function will write how much of a target is 未落实, with its unit."""
    return f"{grouped(sum(each.held for each in found), target.decimals)} {target.display_unit}"


def counts_by_row(
    session: Session, asked: Asked, rows: Sequence[MatrixRow], aside: Aside
) -> Counter[int]:
    """This function will count the targets that are 未落实 at each unit of the matrix."""
    if not aside.found:
        return Counter()
    units = {row.unit.id for row in rows if not row.is_own}
    places = places_of(session, asked.plan.id, units, tree=asked.tree)
    found = {
        (place.unit, each.target)
        for each in aside.found
        for place in places.values()
        if each.path.startswith(place.path)
    }
    return Counter(unit for unit, _ in found)


def _left_over(asked: Asked, target: TargetRow, found: Sequence[Unfulfilled]) -> LeftOver:
    names = "、".join(each.name for each in found[:MOST_NAMES])
    more = f"等 {len(found)} 个" if len(found) > MOST_NAMES else ""
    href = asked.href(f"/targets/{asked.plan.code}/{target.code}", unit=found[0].holder_code)
    return LeftOver(
        found[0].holder_name, target.code, target.title, href, text_of(target, found), names + more
    )
