"""New quotas below a holder: the old intervals close, the new ones open at the same instant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.confirmation_marks import mark_confirmation
from shuangyong_core.assignments.actions.launch.content import list_contents, names_units
from shuangyong_core.assignments.actions.launch.split import split_level
from shuangyong_core.assignments.actions.launch.units import take_units
from shuangyong_core.assignments.actions.launch.weigh import weigh
from shuangyong_core.assignments.actions.launch.work import (
    WORK,
    clear_work,
    dialect_of,
    run,
)
from shuangyong_core.assignments.actions.moving import move_holds
from shuangyong_core.assignments.actions.resplit_rows import (
    close_quotas,
    open_quotas,
    set_share,
    spare,
)
from shuangyong_core.assignments.models import HoldStatus, Quota
from shuangyong_core.assignments.rules.statuses import REPORT_ASIDE
from shuangyong_core.errors import Problem
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.tree import get_node


def resplit(
    session: Session,
    plan: Plan,
    *,
    holder: int,
    target: int,
    children: Mapping[int, int],
    actor: Actor,
    at: datetime,
) -> list[Problem]:
    """This function will give children new totals and propose the default below them.

    It gives the problems that stand in the way, and then has written nothing.
    """
    if not children:
        return []
    top = get_node(session, plan.id, holder).depth + 1
    clear_work(session)
    for child in children:
        take_units(session, plan, path=get_node(session, plan.id, child).path)
    contents = list_contents(session, plan, [target])
    lowest = weigh(
        session, plan, contents, top=top, by_code=names_units(session, plan),
        then=spare(*REPORT_ASIDE),
    )  # fmt: skip
    problems = _give(session, children, top=top)
    if problems:
        return problems
    for level in range(top, lowest):
        split_level(session, level)
    run(session, close_quotas(), at=at)
    run(session, open_quotas(dialect_of(session)), at=at, level=top)
    _propose_again(session, plan, target=target, actor=actor, at=at)
    return []


def keep_own(
    session: Session, *, unit: int, target: int, own: int, reason: str, at: datetime
) -> None:
    """This function will write what a holder keeps for itself, and why it shares out more."""
    key = (Quota.target == target, Quota.unit == unit, Quota.valid_to.is_(None))
    now = session.execute(select(Quota).where(*key)).scalar_one()
    if (now.own, now.reason) == (own, reason):
        return
    held, state, source = now.held, now.state, now.source
    if now.valid_from == at:
        now.own, now.reason = own, reason
    else:
        now.valid_to = at
        session.add(
            Quota(
                target=target, unit=unit, valid_from=at, held=held, own=own, state=state,
                source=source, reason=reason,
            )
        )  # fmt: skip
    session.flush()


def _give(session: Session, children: Mapping[int, int], *, top: int) -> list[Problem]:
    """Each child's new total into the work, unless what lies below cannot take it."""
    roots = select(WORK.c.unit, WORK.c.code, WORK.c.weight, WORK.c.each, WORK.c.holds)
    rows = session.connection().execute(roots.where(WORK.c.depth == top, WORK.c.is_own == 0))
    problems = []
    for unit, code, weight, each, holds in rows.all():
        share = children[unit] - each
        if share < 0:
            why = "比其下级按单位下达的数之和还少，请调高。"
            problems.append(Problem("below_each", why, field=code))
        elif share and holds and not weight:
            why = "其下级的基数都是 0，或都已豁免、暂停，数分不下去，请改为 0。"
            problems.append(Problem("all_zero", why, field=code))
        run(session, set_share(), level=top, this=unit, given=max(share, 0))
    return problems


def _propose_again(
    session: Session, plan: Plan, *, target: int, actor: Actor, at: datetime
) -> None:
    """Holders whose total changed decide again what they had sent on."""
    holders = (
        select(WORK.c.unit)
        .join(Quota, and_(Quota.target == WORK.c.target, Quota.unit == WORK.c.unit))
        .where(WORK.c.holds == 1, Quota.valid_from == at, Quota.valid_to.is_(None))
    )
    units = list(session.connection().scalars(holders))
    moved = move_holds(
        session,
        targets=[target],
        units=units,
        now=HoldStatus.DECOMPOSED,
        to=HoldStatus.ACKNOWLEDGED,
        actor=actor,
        at=at,
        note="上级调整了下达数",
    )
    mark_confirmation(session, plan, units=[unit for _, unit in moved])
