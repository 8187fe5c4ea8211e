"""What a number was put together from then, as far as one may open it today."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add

from shuangyong_core.rollups.queries import Explanation, Part, UnitRef
from shuangyong_core.rollups.queries.lines import written
from shuangyong_core.rollups.rules.adding import SUMS
from shuangyong_core.units.models import Tree
from shuangyong_core.web.progress.asked import LEFT, Asked


def parts_in_reach(asked: Asked, found: Explanation) -> Sequence[Part]:
    """This function will give the parts; units of then that left are counted, and not named."""
    if asked.tree is Tree.RESPONSIBILITY and asked.seen != "then":
        return found.parts
    mine = [part for part in found.parts if part.unit.id in asked.reached]
    if asked.tree is Tree.TERRITORY or len(mine) == len(found.parts):
        return mine
    return [*mine, _left(found, [part for part in found.parts if part not in mine])]


def _left(found: Explanation, parts: Sequence[Part]) -> Part:
    measure = found.line.target.measure
    pairs = [(part.value.numerator, part.value.denominator) for part in parts]
    adds = measure.over_units in SUMS or len(parts) == 1
    tops = [top for top, _ in pairs if top is not None] if adds else []
    downs = [down for _, down in pairs if down is not None]
    value = written(measure, sum(tops) if tops else None, sum(downs) if tops and downs else None)
    tally = reduce(add, (part.tally for part in parts))
    return Part(UnitRef("", 0, LEFT, ""), is_own=False, is_inner=True, value=value, tally=tally)
