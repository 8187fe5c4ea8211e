"""A holder gives units under it an earlier 报送时限; what is due below them follows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.actions.follow_dates import follow_dates
from shuangyong_core.assignments.models import ChildDate
from shuangyong_core.assignments.queries.child_dates import Owed, list_owed_below, own_dates
from shuangyong_core.assignments.queries.held import lock_held
from shuangyong_core.assignments.rules.child_dates import DateFrame, check_child_date
from shuangyong_core.audit.actions import record
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.masking import mask
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import require_reach
from shuangyong_core.plans.queries.tree import NodeRow, children_of


class DatesWrong(Problems):
    """An earlier date that cannot be given."""

    message = "时限有 {count} 处要改，什么都没有写入。"
    code = "dates_wrong"


@dataclass(frozen=True, slots=True)
class DateWish:
    """Whose date it is to be: unit and target codes, all if none is named; None: as the round."""

    round: str
    due: date | None
    units: Collection[str] = ()
    targets: Collection[str] = ()
    reason: str = ""


def give_earlier_dates(
    session: Session, plan: Plan, *, unit: int, wish: DateWish, actor: Actor, at: datetime
) -> int:
    """This function will give units under a holder a date of their own; how many dates are new.

    Raises DatesWrong with every fault. What was extended by a decision keeps its later date.
    """
    require_reach(session, plan, unit, actor, Role.ISSUER, Role.MANAGER)
    lock_held(session, plan, unit=unit)
    children = children_of(session, plan.id, unit)
    owed = [
        one for one in list_owed_below(session, plan, unit=unit) if one.round_code == wish.round
    ]
    problems = _unknown(wish, children, owed)
    chosen = [one for one in owed if not wish.targets or one.code in wish.targets]
    named = [one for one in children if not wish.units or one.code in wish.units]
    leads, faults = _leads(session, plan, chosen, wish, unit=unit, today=shanghai_date(at))
    if problems or faults:
        raise DatesWrong([*problems, *faults])
    ids, targets = [one.unit for one in named], [one.target for one in chosen]
    round_id = chosen[0].round
    _close(session, units=ids, targets=targets, round_id=round_id, at=at)
    rows = [
        ChildDate(
            target=target, unit=child, round=round_id, holder=unit, due=wish.due, lead=lead,
            reason=wish.reason.strip(), valid_from=at, actor=actor.key,
        )
        for target, lead in leads.items() for child in ids
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    follow_dates(session, plan, units=ids, targets=targets, round_id=round_id, at=at)
    detail = {"round": wish.round, "due": wish.due and wish.due.isoformat(), "units": len(ids),
              "targets": len(targets)}  # fmt: skip
    subject, act = f"{plan.code}/{unit}", "assignment.date"
    record(session, act=act, subject=subject, actor=actor.key, at=at, detail=detail)
    return len(rows)


def _unknown(wish: DateWish, children: Sequence[NodeRow], owed: Sequence[Owed]) -> list[Problem]:
    if not owed:
        why = "本单位的下级在这次报送里没有要报的任务。"
        return [Problem("nothing_owed", why, field="round", value=mask(wish.round))]
    stray = sorted(set(wish.units) - {one.code for one in children})
    unasked = sorted(set(wish.targets) - {one.code for one in owed})
    why, other = "不是本单位的下级，请删去。", "下级在这次报送里没有这项任务。"
    return [
        *(Problem("not_a_child", why, field="units", value=mask(code)) for code in stray),
        *(Problem("not_owed", other, field="targets", value=mask(code)) for code in unasked),
    ]


def _leads(
    session: Session, plan: Plan, chosen: Sequence[Owed], wish: DateWish, *, unit: int, today: date
) -> tuple[dict[int, int], list[Problem]]:
    """How many working days earlier the date is for each target; a target at its own is left."""
    if wish.due is None or not chosen:
        return {}, []
    calendar = get_calendar(session)
    own = own_dates(session, plan, unit=unit, round_id=chosen[0].round)
    leads: dict[int, int] = {}
    problems: dict[Problem, None] = {}
    for one in chosen:
        due = own.get(one.target, one.due_date)
        frame = DateFrame(one.round_code, one.opens_on, due, today, plan.lead_workdays)
        lead, found = check_child_date(wish.due, frame, reason=wish.reason, calendar=calendar)
        problems |= dict.fromkeys(found)
        if wish.due < due:
            leads[one.target] = lead
    return leads, list(problems)


def _close(
    session: Session, *, units: list[int], targets: list[int], round_id: int, at: datetime
) -> None:
    session.execute(
        update(ChildDate)
        .where(ChildDate.unit.in_(units), ChildDate.target.in_(targets))
        .where(ChildDate.round == round_id, ChildDate.valid_to.is_(None))
        .values(valid_to=at)
        .execution_options(synchronize_session=False)
    )
