"""The versions of a plan (修改记录): who changed what when, and the figures put aside since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries.names import names_of
from shuangyong_core.amendments.rules.preview import Preview
from shuangyong_core.plans.models import Plan, PlanVersion


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version as it is listed; the first one is the plan as it was launched."""

    no: int
    applied_at: datetime
    who: str
    reason: str
    told: Mapping[str, Any]  # what told_of wrote


def list_versions(session: Session, plan: Plan) -> Sequence[VersionRow]:
    """This function will list the versions of a plan, the latest first."""
    rows = session.execute(
        select(PlanVersion.no, PlanVersion.applied_at, PlanVersion.diff)
        .where(PlanVersion.plan == plan.id)
        .order_by(PlanVersion.no.desc())
    ).all()
    keys = [str(row.diff.get("actor", "")) for row in rows]
    names = names_of(session, keys)
    return [
        VersionRow(no, applied_at, names[key], str(diff.get("reason", "")), diff)
        for key, (no, applied_at, diff) in zip(keys, rows, strict=True)
    ]


def told_of(done: Preview, *, actor: Actor) -> dict[str, Any]:
    """This function will write down what a version changed: words and counts, unit by unit not."""
    return {
        "actor": actor.key,
        "reason": done.reason,
        "head": [asdict(one) for one in done.head],
        "rounds": [asdict(one) for one in done.rounds],
        "targets": [asdict(one) for one in done.targets],
        "units": len(done.units),
        "confirms": len(done.confirming),
        "due": [done.due_before, done.due_after],
    }
