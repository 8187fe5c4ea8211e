"""What is past its date and not reported: counted once, for a place and each unit below it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, Select, bindparam, func, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import LEVEL, Round
from shuangyong_core.rollups.models import LeafState
from shuangyong_core.rollups.queries.place import NODE, Place, current, is_under
from shuangyong_core.rollups.queries.states import OF_TARGET, TARGET, State

TODAY = bindparam("today", type_=Date())
LENGTH = bindparam("length", type_=Integer())
DUE, STATE, ROUND = DueItem.__table__, LeafState.__table__, Round.__table__
Item = tuple[str, int, int | None]  # path, target, round


@dataclass(frozen=True, slots=True)
class Late:
    """Items past their date: at a path itself, and with all below it."""

    own: Counter[Item]
    whole: Counter[Item]

    def add_to(self, state: State) -> State:
        """This function will say in a state how much of it is late."""
        found = self.whole if state.is_whole else self.own
        late = found[state.path, state.target, state.round]
        return state._replace(tally=replace(state.tally, overdue=late)) if late else state


def read_late(
    session: Session, place: Place, today: date, *, length: int, target: int | None
) -> Late:
    """This function will count what is late by branch: by the first `length` digits of a path."""
    own: Counter[Item] = Counter()
    whole: Counter[Item] = Counter()
    asked = place.asked | {"today": today, "length": length, "of_target": target}
    for branch, target_, round_, items in session.execute(_late(of_one=target is not None), asked):
        own[branch, target_, round_] += items
        for end in range(len(place.path), len(branch) + 1, LEVEL):
            whole[branch[:end], target_, round_] += items
    return Late(own, whole)


def items_below(*columns: Any) -> Select[Any]:
    """This function will select from the due items in a place's subtree."""
    in_plan = (TARGET.c.id == DUE.c.target) & (TARGET.c.plan == NODE.c.plan)
    return (
        select(*columns)
        .select_from(
            NODE.join(DUE, DUE.c.unit == NODE.c.unit)
            .join(TARGET, in_plan)
            .join(ROUND, ROUND.c.id == DUE.c.round)
        )
        .where(*current(NODE), is_under(NODE), DUE.c.valid_to.is_(None))
    )


def is_state_of_item() -> Any:
    """This function will join a due item and its state."""
    return (
        (STATE.c.unit == DUE.c.unit)
        & (STATE.c.target == DUE.c.target)
        & (STATE.c.round == DUE.c.round)
    )


def count_late_reports(session: Session, place: Place, today: date) -> int:
    """This function will count the reports that are late with anything."""
    return session.scalar(_late_reports(), place.asked | {"today": today}) or 0


@cache
def _late(*, of_one: bool) -> Select[Any]:
    branch = func.substr(NODE.c.path, 1, LENGTH)
    statement = _items(branch, DUE.c.target, DUE.c.round, func.count())
    if of_one:
        statement = statement.where(DUE.c.target == OF_TARGET)
    return statement.group_by(branch, DUE.c.target, DUE.c.round)


@cache
def _late_reports() -> Select[Any]:
    reports = _items(DUE.c.unit, DUE.c.round).distinct().subquery()
    return select(func.count()).select_from(reports)


def _items(*columns: Any) -> Select[Any]:
    late = (DUE.c.due < TODAY, DUE.c.is_backfill.is_(False), STATE.c.reported == 0)
    return items_below(*columns).join(STATE, is_state_of_item()).where(*late)
