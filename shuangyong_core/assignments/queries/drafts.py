"""Splits put aside before they are sent down: what is kept of them, and where one waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.models import Assignment, SplitDraft
from shuangyong_core.assignments.rules.drafts import Seen
from shuangyong_core.assignments.rules.statuses import MAY_SPLIT
from shuangyong_core.plans.models import Plan, Target
from shuangyong_core.plans.queries.authority import units_in_reach
from shuangyong_core.units.models import Unit


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """The draft of one target's split; once ended only its version counts on."""

    target: int
    code: str
    version: int
    begun_on: int
    begun_held: int
    begun_at: datetime
    how: str
    cells: Mapping[str, str]
    reason: str
    saved_at: datetime
    saved_by: str  # the actor's key
    ended_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it waits to be gone on with."""
        return self.ended_at is None

    @property
    def seen(self) -> int:
        """The version a page shows: 0 where nothing waits."""
        return self.version if self.is_open else 0


@dataclass(frozen=True, slots=True)
class WaitingDraft:
    """A target whose split was put aside at a unit."""

    unit: str
    code: str
    saved_at: datetime


def list_split_drafts(
    session: Session, plan: Plan, *, unit: int, actor: Actor
) -> Sequence[KeptDraft]:
    """This function will give a holder's drafts, ended ones too, to who may send the split down."""
    reached = units_in_reach(plan.id, actor, Role.ISSUER, Role.MANAGER)
    draft = SplitDraft
    rows = session.execute(
        select(draft.target, Target.code, draft.version, draft.begun_on, draft.begun_held)
        .add_columns(draft.begun_at, draft.how, draft.cells, draft.reason)
        .add_columns(draft.saved_at, draft.saved_by, draft.ended_at)
        .join(Target, Target.id == draft.target)
        .where(draft.unit == unit, draft.unit.in_(reached), Target.plan == plan.id)
        .order_by(Target.code)
    )
    return [KeptDraft(*row) for row in rows]


def list_waiting_drafts(session: Session, plan: Plan, *, actor: Actor) -> Sequence[WaitingDraft]:
    """This function will list what was put aside at the units one manages and may go on."""
    units = sorted(actor.units_with(Role.MANAGER))
    if not units:
        return []
    draft, same = SplitDraft, Assignment
    rows = session.execute(
        select(Unit.code, Target.code, draft.saved_at)
        .join(Target, Target.id == draft.target)
        .join(Unit, Unit.id == draft.unit)
        .join(same, and_(same.target == draft.target, same.unit == draft.unit))
        .where(draft.unit.in_(units), draft.ended_at.is_(None), Target.plan == plan.id)
        .where(same.hold_status.in_(MAY_SPLIT))
        .order_by(Unit.code, Target.code)
    )
    return [WaitingDraft(*row) for row in rows]


def seen_of(drafts: Sequence[KeptDraft], versions: Mapping[int, int]) -> dict[int, Seen]:
    """This function will give what a page of these drafts was made from, with every assignment's
    version (`versions`, by target) beside it."""
    open_ = {draft.target: draft.seen for draft in drafts if draft.is_open}
    return {
        target: Seen(open_.get(target, 0), versions.get(target, 0))
        for target in dict.fromkeys((*versions, *open_))
    }
