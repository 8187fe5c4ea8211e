"""The table a launch leaves behind: what each branch got and where splits exceed; codes only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy.orm import Session

from shuangyong_core.assignments.queries.branches import Branch, count_branch, direct_units
from shuangyong_core.assignments.queries.excesses import list_excesses
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import subtree_of

MOST_SHOWN = 200


def who_got_what(
    session: Session, *, plan_id: int, branches: Sequence[Branch]
) -> list[dict[str, object]]:
    """This function will give a row a branch: units, assignments, due items, exceeding splits."""
    plan = session.get_one(Plan, plan_id)
    return [_row(session, plan, branch) for branch in branches]


def _row(session: Session, plan: Plan, branch: Branch) -> dict[str, object]:
    count = count_branch(session, plan, branch)
    units = direct_units(plan) if branch.is_direct else subtree_of(plan.id, branch.unit)
    found = list_excesses(session, plan, units=units, limit=MOST_SHOWN)
    exceeding = Counter(each.code for each in found)
    return {
        "branch": branch.code,
        "direct": branch.is_direct,
        "units": branch.units,
        "assignments": count.assignments,
        "due items": count.due_items,
        "splits above what was issued": ", ".join(
            f"{target} ×{times}" for target, times in sorted(exceeding.items())
        ),
    }
