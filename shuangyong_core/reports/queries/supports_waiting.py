"""What waits for supporting units (配合单位): open rounds for which they handed nothing in yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import TargetRow, list_targets
from shuangyong_core.reports.queries.standing import Standing
from shuangyong_core.reports.queries.supports import SupportRound, list_supports
from shuangyong_core.reports.queries.year_pages import YearPage
from shuangyong_core.reports.rules.required import FigureState
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.units.models import Unit


@dataclass(frozen=True, slots=True)
class WaitingSupport:
    """A target in a round that is open for its lead, and who may still hand something in."""

    unit_code: str
    unit_name: str
    target: TargetRow
    lead: YearPage
    standing: Standing  # of the lead


def list_to_support(
    session: Session, plan: Plan, *, units: Collection[int], today: date
) -> list[WaitingSupport]:
    """This function will list what some units may look at or hand in now; nothing of it is owed.

    It ends when the unit has handed something in, or the lead's figure is accepted.
    """
    named = {one for target in list_targets(session, plan.id) for one in target.supporting}
    if not named or not units:
        return []
    rows = session.execute(
        select(Unit.id, Unit.code, Unit.name)
        .where(Unit.id.in_(sorted(units)), Unit.code.in_(named) | Unit.kind.in_(named))
        .order_by(Unit.code)
    ).all()
    return [
        WaitingSupport(code, name, support.target, support.lead, one.round.standing)
        for unit, code, name in rows
        for support in list_supports(session, plan, unit=unit)
        for one in support.rounds
        if _waits(one, today)
    ]


def _waits(one: SupportRound, today: date) -> bool:
    standing, value = one.round.standing, one.item.value
    was_sent = value is not None and value.state is not FigureState.MISSING
    is_settled = standing.status is Status.ACCEPTED and was_sent
    return standing.opens_on <= today and one.is_open(today) and not is_settled and not one.files
