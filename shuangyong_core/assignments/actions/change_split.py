"""A holder changes what its children bring; below a changed child the default is proposed anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.actions.confirm_split import send_on
from shuangyong_core.assignments.actions.resplit import keep_own, resplit
from shuangyong_core.assignments.models import Assignment
from shuangyong_core.assignments.queries.held import list_held
from shuangyong_core.assignments.queries.moves import HOLD, latest_move
from shuangyong_core.assignments.queries.splits import SplitProposal, list_splits
from shuangyong_core.assignments.rules.splits import Checked, Split, check_split
from shuangyong_core.assignments.rules.statuses import MAY_SPLIT, HoldStatus
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Conflict, Problems, Refused
from shuangyong_core.marks.actions import take_step
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import require_reach


class SplitWrong(Problems):
    """The split does not add up, or names units that are no children."""

    message = "分解有 {count} 处要改，什么都没有写入。"
    code = "split_wrong"


class SplitMoved(Conflict):
    """Somebody changed the same split since it was read."""

    message = "{who}于{when}已改过这项分解，请刷新后再改。"
    code = "split_moved"


class NotSplitHere(Refused):
    """The target is not a total that this unit shares out now."""

    message = "这项任务不需要本单位分解，或现在不能改。"
    code = "not_split_here"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the holder asks for: scaled values; a child left out keeps what it has."""

    children: Mapping[str, object]
    own: object | None = None
    reason: str = ""


def change_split(
    session: Session,
    plan: Plan,
    *,
    unit: int,
    target: int,
    wish: Wish,
    version: int | None,
    actor: Actor,
    at: datetime,
) -> SplitProposal:
    """This function will change one target's split, confirm it, and give it as it stands then.

    Raises NothingAssigned, NotSplitHere, SplitMoved when `version` is no longer the one read,
    and SplitWrong with every fault.
    """
    require_reach(session, plan, unit, actor, Role.ISSUER, Role.MANAGER)
    (assignment,) = list_held(session, plan, unit=unit, target=target)
    _take(session, assignment, version=version)
    splits = list_splits(session, plan, unit=unit, target=target)
    if not splits or assignment.hold_status not in MAY_SPLIT:
        raise NotSplitHere()
    checked = _check(splits[0], wish)
    changed = {
        share.unit: checked.children[share.code]
        for share in splits[0].children
        if checked.children[share.code] != share.held
    }
    problems = resplit(
        session, plan, holder=unit, target=target, children=changed, actor=actor, at=at
    )
    if problems:
        raise SplitWrong(problems)
    keep_own(session, unit=unit, target=target, own=checked.own, reason=wish.reason, at=at)
    _send_on_again(session, plan, assignment, actor=actor, at=at, reason=wish.reason)
    (split,) = list_splits(session, plan, unit=unit, target=target)
    subject = f"{plan.code}/{split.code}/{unit}"
    detail = {"changed": len(changed), "held": split.held, "shared_out": split.shared_out}
    act = "assignment.split"
    record(session, act=act, subject=subject, actor=actor.key, at=at, detail=detail)
    return split


def _take(session: Session, assignment: Assignment, *, version: int | None) -> None:
    """Compare and swap: of two who read the same split only one changes it."""
    key = (Assignment.target == assignment.target, Assignment.unit == assignment.unit)
    read = assignment.version if version is None else version
    swapped = (
        update(Assignment)
        .where(*key, Assignment.version == read)
        .values(version=read + 1)
        .returning(Assignment.version)
    )
    if session.connection().execute(swapped).one_or_none() is not None:
        return
    move = latest_move(
        session,
        kind=HOLD,
        targets=[assignment.target],
        unit=assignment.unit,
        to_status=assignment.hold_status or "",
    )
    raise SplitMoved(who=move.who if move else "别人", when=move.when if move else "刚才")


def _check(split: SplitProposal, wish: Wish) -> Checked:
    checked = check_split(split.stands, Split(wish.children, wish.own, wish.reason))
    if checked.problems:
        raise SplitWrong(checked.problems)
    return checked


def _send_on_again(
    session: Session,
    plan: Plan,
    assignment: Assignment,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
) -> None:
    unit, target = assignment.unit, assignment.target
    note = reason or "调整分解"
    if assignment.hold_status == HoldStatus.DECOMPOSED:
        status = assignment.hold_status
        take_step(
            session, subject_kind=HOLD, subject_id=target, unit=unit, from_status=status,
            to_status=status, at=at, actor=actor.key, note=note,
        )  # fmt: skip
    send_on(session, plan, unit=unit, targets=[target], actor=actor, at=at, note=note)
