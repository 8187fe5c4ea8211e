"""One branch of a launch: everything under one child of the issuer, the same rows every time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from shuangyong_core.assignments.actions.launch.content import (
    TargetContent,
    list_contents,
    names_units,
)
from shuangyong_core.assignments.actions.launch.pending import take_turn
from shuangyong_core.assignments.actions.launch.split import split_level
from shuangyong_core.assignments.actions.launch.units import (
    DEEPEST,
    take_direct_units,
    take_units,
)
from shuangyong_core.assignments.actions.launch.weigh import weigh
from shuangyong_core.assignments.actions.launch.work import WORK, clear_work, integer, run
from shuangyong_core.assignments.actions.launch.write import write_down
from shuangyong_core.assignments.models import Quota
from shuangyong_core.assignments.queries.launching import launched_targets, unfinished_targets
from shuangyong_core.db import UtcDateTime
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.tree import get_node

BELOW_ALL = DEEPEST + 2


def cascade_branch(
    session: Session, plan: Plan, *, branch: int, targets: Collection[int] | None = None
) -> int:
    """This function will send targets down one branch and give how many assignments are new.

    `branch` is a child of the issuer, or the issuer itself for the units 直属. Instants and
    first-level quotas are those that prepare_launch wrote, so a repeat writes nothing.
    """
    take_turn(session, plan, branch=branch)
    clear_work(session)
    node = get_node(session, plan.id, branch)
    top = node.depth
    if branch == plan.issuer:
        top += 1
        take_direct_units(session, plan)
    else:
        take_units(session, plan, path=node.path)
    by_code = names_units(session, plan)
    new = 0
    for at, contents in _by_instant(session, plan, targets):
        run(session, delete(WORK))
        lowest = weigh(session, plan, contents, top=top, by_code=by_code)
        if any(content.has_total for content in contents):
            run(session, _take_quotas(), level=top, at=at)
            for level in range(top, lowest):
                split_level(session, level)
        everywhere, below = range(top, BELOW_ALL), range(top + 1, BELOW_ALL)
        new += write_down(
            session, issuer=plan.issuer, levels=everywhere, quotas=below, at=at, by_code=by_code
        )
    return new


def _by_instant(
    session: Session, plan: Plan, targets: Collection[int] | None
) -> Iterator[tuple[datetime, Sequence[TargetContent]]]:
    since = launched_targets(session, plan)
    # What is down may have been split or amended since: a repeat is only for what is not.
    launched = {one: since[one] for one in unfinished_targets(session, plan)}
    chosen = set(launched) if targets is None else set(launched) & set(targets)
    contents = list_contents(session, plan, chosen)
    for at in sorted({launched[content.id] for content in contents}):
        yield at, [content for content in contents if launched[content.id] == at]


@cache
def _take_quotas() -> Executable:
    """What the root of the branch holds is what it was given at the launch."""
    given = select(func.coalesce(func.max(Quota.held), WORK.c.each) - WORK.c.each).where(
        Quota.target == WORK.c.target,
        Quota.unit == WORK.c.unit,
        Quota.valid_from == bindparam("at", type_=UtcDateTime()),
    )
    top = WORK.c.depth == integer("level")
    return (
        update(WORK)
        .where(top, WORK.c.is_own == 0, WORK.c.measured == 1)
        .values(share=given.correlate(WORK).scalar_subquery())
    )
