"""The office goes on although a round cannot be met: it says why, and that stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.models import GuardReason
from shuangyong_core.assignments.rules.splits import check_reason
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.drafted import shortfalls_before


class ReasonNeeded(Problems):
    """Rounds that cannot be met, and nobody said why to go on."""

    message = "有 {count} 次报送的日期来不及，请改日期，或写明理由再下达。"
    code = "reason_needed"


def state_reason(
    session: Session,
    plan: Plan,
    *,
    targets: Collection[int],
    reason: str,
    backfill: bool,
    asks: bool = True,
    actor: Actor,
    at: datetime,
) -> Sequence[str]:
    """This function will keep why targets are sent down although their dates cannot be met.

    It gives what cannot be met. Raises ReasonNeeded where somebody is there to be asked; a script
    goes on, and what it did not say shows as such. Backfill is never late, so it needs none.
    """
    if not targets or backfill:
        return ()
    today = shanghai_date(at)
    found = [str(one) for one in shortfalls_before(session, plan, starts_on=today, targets=targets)]
    harm = check_reason(reason)
    if harm or (asks and found and not reason.strip()):
        raise ReasonNeeded(harm or [Problem("cannot_meet", each, field="reason") for each in found])
    if found:
        text = reason.strip()
        session.add(GuardReason(plan=plan.id, at=at, actor=actor.key, reason=text, found=found))
        session.flush()
    return found
