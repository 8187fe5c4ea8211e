"""Counts what a reviewer typed for a unit (代填) as reviewed, in the act of sending it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.reports.actions.accept import end_acceptance
from shuangyong_core.reports.actions.move import Held, move
from shuangyong_core.reports.models import Acceptance
from shuangyong_core.reports.queries.happened import TYPED_BY_REVIEWER
from shuangyong_core.reports.queries.place import Place
from shuangyong_core.reports.queries.reach import counts_at_once
from shuangyong_core.reports.rules.status import Act, Status


def count_as_reviewed(
    session: Session, held: Held, place: Place, *, actor: Actor, at: datetime
) -> bool:
    """This function will accept what was just sent from `held` if its sender reviews the unit."""
    if not counts_at_once(session, place, actor):
        return False
    no = held.latest_no + 1
    sent = Held(held.id, Status.SUBMITTED, held.version + 1, no)
    move(session, sent, place, act=Act.ACCEPT, actor=actor, at=at, note=TYPED_BY_REVIEWER,
         detail={"acting_for": True})  # fmt: skip
    end_acceptance(session, held.id, at=at)
    session.execute(
        insert(Acceptance).values(
            report=held.id, no=no, accepted_at=at, accepted_by=actor.key, acting_for=True
        )
    )
    return True


def was_reviewed(session: Session, submission: Mapping[str, Any]) -> bool:
    """This function will say whether a submission was accepted in the act of sending it."""
    found = select(Acceptance.no).where(
        Acceptance.report == submission["report"],
        Acceptance.no == submission["no"],
        Acceptance.acting_for,
    )
    return session.scalar(found.limit(1)) is not None
