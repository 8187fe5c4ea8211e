"""任务分解下达 of all a unit holds in one act: what was changed is split anew, the rest stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.actions.change_split import SplitWrong, Wish, change_split
from shuangyong_core.assignments.actions.confirm_split import confirm_split
from shuangyong_core.assignments.actions.end_drafts import end_all_drafts, require_drafts_unmoved
from shuangyong_core.assignments.models import HoldStatus
from shuangyong_core.assignments.queries.held import list_held, lock_held
from shuangyong_core.assignments.queries.moves import HOLD, latest_move
from shuangyong_core.assignments.queries.seals import mark_of, read_seal
from shuangyong_core.assignments.queries.splits import SplitProposal, list_splits
from shuangyong_core.assignments.rules.splits import Split, check_split
from shuangyong_core.assignments.rules.statuses import MAY_CONFIRM
from shuangyong_core.errors import Conflict, Problem
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import require_reach


class SplitsMoved(Conflict):
    """Somebody changed what this page showed since it was read; says who, what and when."""

    message = "{who}于{when}已改过“{what}”，您这次没有写入。请刷新后再办。"
    code = "splits_moved"


def decompose(
    session: Session,
    plan: Plan,
    *,
    unit: int,
    wishes: Mapping[str, Wish],
    seal: str,
    drafts: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """This function will split anew the targets of `wishes` (by code) and confirm the rest; what
    was put aside of it (`drafts`, as it was read) ends.

    Raises SplitsMoved when `seal` is not of what stands, SplitDraftMoved when somebody put another
    draft aside, SplitWrong with every target's faults.
    """
    require_reach(session, plan, unit, actor, Role.ISSUER, Role.MANAGER)
    lock_held(session, plan, unit=unit)
    splits = {split.code: split for split in list_splits(session, plan, unit=unit)}
    require_unmoved(session, list(splits.values()), unit=unit, seal=seal)
    require_drafts_unmoved(session, plan, unit=unit, seen=drafts, actor=actor)
    problems: list[Problem] = []
    for code, wish in wishes.items():
        try:
            change_split(
                session, plan, unit=unit, target=splits[code].target, wish=wish, version=None,
                actor=actor, at=at,
            )  # fmt: skip
        except SplitWrong as wrong:
            problems += [_of_target(code, problem) for problem in wrong.problems]
    if problems:
        raise SplitWrong(problems)
    left = [one for one in list_held(session, plan, unit=unit) if one.hold_status in MAY_CONFIRM]
    if left or not wishes:
        confirm_split(session, plan, unit=unit, actor=actor, at=at)
    end_all_drafts(session, plan, unit=unit, actor=actor, at=at)


def find_problems(splits: Sequence[SplitProposal], wishes: Mapping[str, Wish]) -> list[Problem]:
    """This function will find every fault of the wishes before anything is done."""
    problems: list[Problem] = []
    for split in splits:
        if split.code in wishes:
            wish = wishes[split.code]
            wanted = Split(wish.children, wish.own, wish.reason)
            problems += [
                _of_target(split.code, problem)
                for problem in check_split(split.stands, wanted).problems
            ]
    return problems


def require_unmoved(
    session: Session, splits: Sequence[SplitProposal], *, unit: int, seal: str
) -> None:
    """This function will raise SplitsMoved where one of all a unit's splits is not as read."""
    read = read_seal(seal)
    moved = [split for split in splits if read.get(str(split.target)) != mark_of(split)]
    if not moved:
        return
    targets = [split.target for split in moved]
    moves = [
        latest_move(session, kind=HOLD, targets=targets, unit=unit, to_status=status)
        for status in (HoldStatus.DECOMPOSED, HoldStatus.ACKNOWLEDGED)
    ]
    latest = max((move for move in moves if move), key=lambda move: move.at, default=None)
    raise SplitsMoved(
        who=latest.who if latest else "别人",
        when=latest.when if latest else "刚才",
        what="、".join(f"{split.code} {split.title}" for split in moved),
    )


def _of_target(code: str, problem: Problem) -> Problem:
    place = f"{code}.{problem.field}" if problem.field else code
    return Problem(problem.code, problem.message, field=place, value=problem.value)
