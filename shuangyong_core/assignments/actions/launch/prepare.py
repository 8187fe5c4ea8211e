"""The first step of a launch: freeze the tree, name the targets, split among the first level."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.launch.content import (
    TargetContent,
    batches,
    list_contents,
)
from shuangyong_core.assignments.actions.launch.looks import looks
from shuangyong_core.assignments.actions.launch.sharing import find_unshareable
from shuangyong_core.assignments.actions.launch.split import (
    give_totals,
    split_level,
    split_own,
)
from shuangyong_core.assignments.actions.launch.weigh import weigh
from shuangyong_core.assignments.actions.launch.work import WORK, analyse, run
from shuangyong_core.assignments.actions.launch.write import write_down
from shuangyong_core.assignments.queries.launching import LAUNCHING, TARGET, launched_targets
from shuangyong_core.audit.actions import record
from shuangyong_core.db import table_of
from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.guard.masking import mask
from shuangyong_core.marks.actions import take_steps
from shuangyong_core.plans.actions import freeze_edition, move_plan
from shuangyong_core.plans.models import (
    Plan,
    PlanStatus,
    Round,
    Target,
    TargetReporter,
    TargetVersion,
)
from shuangyong_core.plans.queries.tree import get_node


class NotLaunchable(Refused):
    """The year is over for this plan."""

    message = "计划“{plan}”已进入办结，不能再下达任务。"
    code = "not_launchable"


class UnknownTargets(Problems):
    """Targets named for a part launch that the plan does not have."""

    message = "有 {count} 项任务不在计划里，什么都没有下达。"
    code = "unknown_targets"


class GoalsUnshareable(Problems):
    """Totals that cannot be split: a base is missing, all are zero, or nobody reports."""

    message = "有 {count} 处目标数分不下去，什么都没有下达。"
    code = "goals_unshareable"


def prepare_launch(
    session: Session,
    plan: Plan,
    *,
    targets: Collection[str] | None,
    backfill: bool = False,
    at: datetime,
    actor: Actor,
) -> Sequence[int]:
    """This function will begin or widen a launch and give the ids of the targets newly sent down.

    With `backfill` rounds that are over stay open for them, and nobody is late (补录).
    Raises NotLaunchable, UnknownTargets, GoalsUnshareable. A repeat finds nothing new.
    """
    session.refresh(plan, with_for_update=True)
    if plan.status not in (PlanStatus.DRAFT, PlanStatus.LAUNCHING, PlanStatus.ACTIVE):
        raise NotLaunchable(plan=plan.code)
    wanted = _wanted(session, plan, targets)
    fresh = sorted(wanted - set(launched_targets(session, plan)))
    if not fresh:
        return []
    if plan.status == PlanStatus.DRAFT:
        move_plan(session, plan, to=PlanStatus.LAUNCHING, at=at, actor=actor)
        freeze_edition(session, plan, at=at)
    take_steps(
        session,
        subject_kind=TARGET,
        subjects=[(target, plan.issuer) for target in fresh],
        from_status=None,
        to_status=LAUNCHING,
        at=at,
        actor=actor.key,
    )
    _split_first_levels(session, plan, list_contents(session, plan, fresh), at=at)
    if backfill:
        session.execute(update(Target).where(Target.id.in_(fresh)).values(is_backfill=True))
    detail = {"targets": len(fresh), "backfill": backfill}
    record(session, act="plan.launch", subject=plan.code, actor=actor.key, at=at, detail=detail)
    return fresh


def _wanted(session: Session, plan: Plan, codes: Collection[str] | None) -> set[int]:
    found = (
        select(Target.code, Target.id)
        .join(TargetVersion, TargetVersion.target == Target.id)
        .where(Target.plan == plan.id, TargetVersion.to_version.is_(None))
    )
    ids = dict(session.execute(found).tuples().all())
    if codes is None:
        return set(ids.values())
    unknown = sorted(set(codes) - set(ids))
    if unknown:
        why = "计划里没有这项任务，请核对编码。"
        raise UnknownTargets([Problem("unknown_target", why, field=mask(code)) for code in unknown])
    return {ids[code] for code in codes}


def _split_first_levels(
    session: Session, plan: Plan, contents: Sequence[TargetContent], *, at: datetime
) -> None:
    # Here once, not in the branches: they run side by side, and would wait for each other.
    analyse(session, table_of(TargetReporter), table_of(TargetVersion), table_of(Round))
    problems: list[Problem] = []
    issuer = get_node(session, plan.id, plan.issuer)
    top = issuer.depth
    for look in looks(session, plan, contents, issuer=issuer):
        for batch in batches(look.contents, units=look.units):
            run(session, delete(WORK))
            weigh(session, plan, batch, top=top, by_code=look.by_code, is_fine=look.is_fine)
            problems += find_unshareable(session, batch, top=top)
            if not problems:
                _write_first_levels(session, plan, top=top, at=at, by_code=look.by_code)
    if problems:
        raise GoalsUnshareable(problems)


def _write_first_levels(
    session: Session, plan: Plan, *, top: int, at: datetime, by_code: bool
) -> None:
    run(session, give_totals(), level=top)
    split_level(session, top)
    # One level more: what a first-level holder keeps for itself is known with what it holds.
    split_own(session, top + 1)
    first, both = range(top, top + 1), range(top, top + 2)
    write_down(session, issuer=plan.issuer, levels=first, quotas=both, at=at, by_code=by_code)
