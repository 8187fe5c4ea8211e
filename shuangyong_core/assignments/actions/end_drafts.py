"""What was put aside of a split ends: it was sent down, or given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.queries.names import name_of
from shuangyong_core.assignments.models import SplitDraft
from shuangyong_core.assignments.queries.drafts import KeptDraft, list_split_drafts
from shuangyong_core.assignments.queries.held import lock_held
from shuangyong_core.assignments.queries.moves import told_at
from shuangyong_core.assignments.rules.drafts import Seen, read_seen
from shuangyong_core.errors import Conflict
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import require_reach


class SplitDraftMoved(Conflict):
    """Somebody else put the same split aside, sent it down or gave it up since it was read."""

    message = "{who}于{when}已先存过或办过“{what}”的分解方案，您这次没有写入。"
    code = "split_draft_moved"
    targets: tuple[int, ...] = ()


def drop_split_draft(
    session: Session, plan: Plan, *, unit: int, seen: str, actor: Actor, at: datetime
) -> None:
    """This function will give up all that a unit put aside; raises SplitDraftMoved when that is
    not what was read."""
    require_reach(session, plan, unit, actor, Role.ISSUER, Role.MANAGER)
    lock_held(session, plan, unit=unit)
    require_drafts_unmoved(session, plan, unit=unit, seen=seen, actor=actor)
    end_all_drafts(session, plan, unit=unit, actor=actor, at=at)


def require_drafts_unmoved(
    session: Session, plan: Plan, *, unit: int, seen: str, actor: Actor
) -> None:
    """This function will raise SplitDraftMoved where what waits at a unit is not as it was read."""
    known = read_seen(seen)
    drafts = list_split_drafts(session, plan, unit=unit, actor=actor)
    require_first(session, [one for one in drafts if one.seen != _draft_of(known, one)])


def require_first(session: Session, moved: Sequence[KeptDraft]) -> None:
    """This function will raise SplitDraftMoved for drafts that another was first to write."""
    if not moved:
        return
    latest = max(moved, key=lambda one: one.saved_at)
    refused = SplitDraftMoved(
        who=name_of(session, latest.saved_by),
        when=told_at(latest.saved_at),
        what="、".join(one.code for one in moved),
    )
    refused.targets = tuple(one.target for one in moved)
    raise refused


def end_all_drafts(session: Session, plan: Plan, *, unit: int, actor: Actor, at: datetime) -> None:
    """This function will end all that waits at a unit in a plan."""
    drafts = list_split_drafts(session, plan, unit=unit, actor=actor)
    end_drafts(session, [one for one in drafts if one.is_open], unit=unit, actor=actor, at=at)


def end_drafts(
    session: Session, drafts: Sequence[KeptDraft], *, unit: int, actor: Actor, at: datetime
) -> None:
    """This function will end drafts: nothing stays of what was typed but a version."""
    if not drafts:
        return
    session.execute(
        update(SplitDraft)
        .where(SplitDraft.unit == unit, SplitDraft.target.in_([one.target for one in drafts]))
        .values(version=SplitDraft.version + 1, cells={}, how="", reason="")
        .values(saved_at=at, saved_by=actor.key, ended_at=at)
        .execution_options(synchronize_session=False)
    )


def _draft_of(known: dict[int, Seen], one: KeptDraft) -> int:
    return known.get(one.target, Seen()).draft
