"""What a plan does not reach: goals nobody got, units without a task, an account or a liaison."""

from __future__ import annotations

from typing_extensions import TypedDict

from shuangyong_core.assignments.queries.coverage import Coverage
from shuangyong_core.guard.numbers import format_scaled


class UnplacedAnswer(TypedDict):
    """A goal, or a part of it, that nobody brings."""

    target: str
    unit: str
    held: str
    unplaced: str


class UnitAnswer(TypedDict):
    """A unit that lacks something."""

    code: str
    name: str
    kind: str


class LackingAnswer(UnitAnswer):
    """A unit without a liaison; without an account at all, if that is said."""

    has_account: bool


class CoverageAnswer(TypedDict):
    """What is not covered; lists are cut at a hundred, counts are not."""

    units: int
    is_whole: bool
    unplaced: list[UnplacedAnswer]
    without_goal: list[UnitAnswer]
    without_goal_count: int
    without_liaison: list[LackingAnswer]
    without_liaison_count: int


def coverage(found: Coverage) -> CoverageAnswer:
    """This function will answer what is not covered."""
    return {
        "units": found.units,
        "is_whole": found.is_whole,
        "unplaced": [
            {
                "target": each.code,
                "unit": each.unit,
                "held": format_scaled(each.held, each.decimals),
                "unplaced": format_scaled(each.unplaced, each.decimals),
            }
            for each in found.unplaced
        ],
        "without_goal": [
            {"code": each.code, "name": each.name, "kind": each.kind} for each in found.idle
        ],
        "without_goal_count": found.idle_count,
        "without_liaison": [
            {
                "code": each.code,
                "name": each.name,
                "kind": each.kind,
                "has_account": each.has_account,
            }
            for each in found.lacking
        ],
        "without_liaison_count": found.lacking_count,
    }
