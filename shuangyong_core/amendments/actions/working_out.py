"""An amendment carried out to its last row, with what it changed: previewed and kept alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.amendments.actions.counting_anew import drop_counted
from shuangyong_core.amendments.queries.before import put_by
from shuangyong_core.amendments.queries.differences import unit_changes
from shuangyong_core.amendments.queries.figures import figures_of, set_aside_at
from shuangyong_core.amendments.queries.telling import Told, tell
from shuangyong_core.amendments.rules.preview import Preview, SetAside, Wanted
from shuangyong_core.assignments.actions.amending import (
    Amended,
    Recast,
    send_again,
    withdraw_targets,
)
from shuangyong_core.assignments.actions.redate_items import redate_items
from shuangyong_core.assignments.queries.launching import (
    LAUNCHED,
    LAUNCHING,
    TARGET,
    launched_targets,
)
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.marks.actions import take_steps
from shuangyong_core.plans.actions.amend_content import Codes, amend_content
from shuangyong_core.plans.actions.content import content_of
from shuangyong_core.plans.actions.kept_content import kept_content
from shuangyong_core.plans.actions.writing import write_indicators
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.known import get_indicators, get_unit_list
from shuangyong_core.plans.queries.plan import latest_version, list_rounds
from shuangyong_core.plans.rules.amending import ADD, CHANGE, DROP, PlanDiff, compare
from shuangyong_core.plans.rules.check_amendment import check_amendment
from shuangyong_core.plans.rules.check_plan import check
from shuangyong_core.units.queries import get_unit
from shuangyong_core.units.rules import UnitList


class NothingToAmend(Refused):
    """The plan reads as wanted already."""

    message = "与现在的计划没有不同，不用调整。"
    code = "nothing_to_amend"


class FiguresWithoutPlace(Problems):
    """Accepted figures would lose their place, and the amendment does not say what of them."""

    message = "有 {count} 项任务已审核的数会失去归属，请写明原因；数留存备查，不计入合计。"
    code = "figures_without_place"


def work_out(
    session: Session,
    plan: Plan,
    wanted: Wanted,
    *,
    actor: Actor,
    at: datetime,
    must_tell: bool = False,
) -> Preview:
    """This function will amend the plan and tell all that changed; whoever called decides.

    `must_tell`: figures that lose their place need a reason, else it is only asked for.
    """
    diff, warnings = _difference(session, plan, wanted, at=at)
    put_by(session, plan)
    before = figures_of(session, plan)
    no = latest_version(session, plan.id) + 1
    write_indicators(session, wanted.text)
    targets = amend_content(session, plan, diff, no=no, at=at)
    amended = _send(session, plan, diff, targets, actor=actor, at=at, note=f"计划调整为第{no}版")
    if amended.problems:
        raise Problems(amended.problems)
    aside = set_aside_at(session, plan, at=at)
    if must_tell:
        _require_reasons(aside, wanted.set_aside)
    units = unit_changes(session, plan, confirms=amended.confirms, at=at)
    told = Told(diff, units, aside, before, figures_of(session, plan), warnings)
    return tell(session, plan, wanted, told, no=no)


def _difference(
    session: Session, plan: Plan, wanted: Wanted, *, at: datetime
) -> tuple[PlanDiff, tuple[str, ...]]:
    units = get_unit_list(session) or UnitList("", ())
    found = check(wanted.text, units, get_calendar(session), known=get_indicators(session))
    if found.problems:
        raise Problems(found.problems)
    issuer = get_unit(session, wanted.text.head.issuer).id
    becomes = content_of(wanted.text, found.dated, issuer=issuer)
    problems: list[Problem] = []
    if issuer != plan.issuer:
        why = "发布单位不能在调整里改。"
        problems.append(Problem("head_lasting", why, field="plan.issuer"))
    diff = compare(kept_content(session, plan), becomes)
    locks = {one.code: one.locks_on for one in list_rounds(session, plan.id)}
    problems += check_amendment(diff, locks=locks, today=shanghai_date(at))
    if problems:
        raise Problems(problems)
    if diff.is_empty:
        raise NothingToAmend
    return diff, found.warnings


def _send(
    session: Session,
    plan: Plan,
    diff: PlanDiff,
    targets: Codes,
    *,
    actor: Actor,
    at: datetime,
    note: str,
) -> Amended:
    down = set(launched_targets(session, plan))
    added = [targets[one.code] for one in diff.targets_of(ADD)]
    _note_sent(session, plan, added, actor=actor, at=at)
    gone = [targets[one.code] for one in diff.targets_of(DROP) if targets[one.code] in down]
    withdraw_targets(session, plan, targets=gone, actor=actor, at=at, note=note)
    changed = [
        one for one in diff.targets_of(CHANGE) if one.is_recast and targets[one.code] in down
    ]
    recast = Recast(
        targets=[*added, *(targets[one.code] for one in changed)],
        anew=[targets[one.code] for one in changed if one.has_other_goals],
        ruled=[targets[one.code] for one in changed if "split" in one.fields],
    )
    amended = send_again(session, plan, recast, actor=actor, at=at, note=note)
    redate_items(session, plan=plan.id, at=at)
    drop_counted(session, plan, at=at)
    return amended


def _note_sent(
    session: Session, plan: Plan, targets: Sequence[int], *, actor: Actor, at: datetime
) -> None:
    """What an amendment adds goes down with it: there is no launch to wait for."""
    for before, after in ((None, LAUNCHING), (LAUNCHING, LAUNCHED)):
        take_steps(
            session, subject_kind=TARGET, subjects=[(one, plan.issuer) for one in targets],
            from_status=before, to_status=after, at=at, actor=actor.key,
        )  # fmt: skip


def _require_reasons(aside: Sequence[SetAside], reasons: Mapping[str, str]) -> None:
    lost: dict[str, list[SetAside]] = {}
    for one in aside:
        lost.setdefault(one.target, []).append(one)
    problems = [
        Problem(
            "figures_without_place",
            f"{len(units)} 个已审核的数（{units[0].unit_name} {units[0].value}"
            f"{' 等' if len(units) > 1 else ''}）会失去归属，请写明为什么留存备查、不计入合计。",
            field=f"set_aside[{code}]",
        )
        for code, units in lost.items()
        if not reasons.get(code, "").strip()
    ]
    if problems:
        raise FiguresWithoutPlace(problems)
