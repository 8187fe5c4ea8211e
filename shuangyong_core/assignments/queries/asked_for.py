"""What a request is about, found by codes: the items or the assignment, and what forbids it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.assignments.queries.held import list_held
from shuangyong_core.assignments.rules.requests import KIND_WORDS, Dated, Kind, Wish
from shuangyong_core.assignments.rules.statuses import HoldStatus, status_now
from shuangyong_core.errors import Problem
from shuangyong_core.plans.models import Plan, Round, TargetVersion
from shuangyong_core.plans.queries import get_round, get_target

OVER = {
    HoldStatus.CLOSED: "已经办结确认",
    HoldStatus.WITHDRAWN: "已经收回",
    HoldStatus.EXEMPT: "已经豁免",
}


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What is asked about, by id; with problems nothing of it may be asked."""

    key: str
    target: int | None
    round: int | None
    items: tuple[Dated, ...]
    problems: tuple[Problem, ...]


def find_asked_for(session: Session, plan: Plan, *, unit: int, wish: Wish) -> AskedFor:
    """This function will find what a wish is about; NothingAssigned, PlanNotFound for wrong
    codes."""
    target = get_target(session, plan.id, wish.target).id if wish.target else None
    round_ = get_round(session, plan.id, wish.round).id if wish.round else None
    key = "/".join(map(str, (plan.id, unit, _matter(wish.kind), target or "-", round_ or "-")))
    problems: tuple[Problem, ...] = ()
    if target is not None:
        problems = _of_assignment(session, plan, unit=unit, target=target, kind=wish.kind)
    if round_ is None or problems:
        return AskedFor(key, target, round_, (), problems)
    items = open_items(session, unit=unit, target=target, round=round_)
    if not items:
        why = "这一期没有要报的这一项，或者已经豁免、暂停。" if target else "这一期没有要报的。"
        problems = (Problem("nothing_due", why, field="round"),)
    elif session.get_one(Round, round_).closed_edition is not None:
        why = "这一期在单位调整前已经封期，不能再延期。"
        problems = (Problem("round_closed", why, field="round"),)
    return AskedFor(key, target, round_, items, problems)


def open_items(session: Session, *, unit: int, target: int | None, round: int) -> tuple[Dated, ...]:
    """This function will list the items that are due from a unit in a round, or one target's."""
    version = and_(TargetVersion.target == DueItem.target, TargetVersion.to_version.is_(None))
    found = (
        select(DueItem.first_due, DueItem.due)
        .join(TargetVersion, version)
        .where(DueItem.unit == unit, DueItem.round == round, DueItem.valid_to.is_(None))
        .where(TargetVersion.automatic.is_(None))
    )
    if target is not None:
        found = found.where(DueItem.target == target)
    return tuple(Dated(*row) for row in session.execute(found))


def _matter(kind: Kind) -> str:
    """To be let off, to pause and to go on are one question: not two of them at once."""
    return "extension" if kind is Kind.EXTENSION else "standing"


def _of_assignment(
    session: Session, plan: Plan, *, unit: int, target: int, kind: Kind
) -> tuple[Problem, ...]:
    (held,) = list_held(session, plan, unit=unit, target=target)
    status = status_now(held.hold_status, held.report_status) or ""
    why = ""
    if status in OVER:
        why = f"这项任务{OVER[HoldStatus(status)]}，不用再申请{KIND_WORDS[kind]}。"
    elif kind is Kind.RESUMPTION and status != HoldStatus.SUSPENDED:
        why = "这项任务没有暂停，不用恢复。"
    elif kind in (Kind.SUSPENSION, Kind.EXTENSION) and status == HoldStatus.SUSPENDED:
        why = f"这项任务已经暂停，不用再申请{KIND_WORDS[kind]}；要继续办请申请恢复。"
    return (Problem("not_now", why, field="target"),) if why else ()
