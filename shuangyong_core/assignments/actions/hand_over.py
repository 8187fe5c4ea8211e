"""Duties, quotas and items go to other units: rows are ended and begun, none is overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.moving import move_aside
from shuangyong_core.assignments.models import (
    DUE_ITEM_WAS,
    Assignment,
    DueItem,
    HoldStatus,
    Quota,
)
from shuangyong_core.assignments.queries.moves import HOLD, REPORT
from shuangyong_core.assignments.queries.standing import OpenQuota, Pair
from shuangyong_core.before import leaving
from shuangyong_core.db import UtcDateTime, table_of
from shuangyong_core.marks.actions import take_steps
from shuangyong_core.plans.models import Target

QUOTA, ITEM, DUTY = table_of(Quota), table_of(DueItem), table_of(Assignment)
AT = bindparam("this_at", type_=UtcDateTime())
# Whoever has nothing to do with its own work any more has done it, or never will.
DONE = ("done", "closed")
ISSUED = str(HoldStatus.ISSUED)
GONE = (None, str(HoldStatus.WITHDRAWN))
KINDS = {"hold_status": HOLD, "report_status": REPORT}
STATES = (*KINDS, "role", "version")
NEVER: Mapping[str, Any] = {**dict.fromkeys(KINDS), "version": 0}


@dataclass(frozen=True, slots=True)
class Given:
    """An item as its new owner gets it: the first date stays the first."""

    unit: int
    target: int
    round: int
    done_by: date
    first_due: date
    due: date
    is_backfill: bool


def put_quotas(
    session: Session,
    changed: Iterable[tuple[Pair, int, int, str]],
    *,
    now: Mapping[Pair, OpenQuota],
    at: datetime,
) -> int:
    """This function will end the quotas that change and begin the new ones; gives how many."""
    fresh, same, ended = [], [], []
    for (unit, target), held, own, reason in changed:
        old = now.get((unit, target))
        key = {"of_target": target, "of_unit": unit}
        if old is not None and old.since == at:
            same.append(key | {"to_held": held, "to_own": own, "to_reason": reason})
            continue
        ended += [key | {"this_at": at}] if old is not None else []
        row = {"target": target, "unit": unit, "valid_from": at, "held": held, "own": own}
        state = old.state if old is not None else "confirmed"
        fresh.append(row | {"state": state, "source": "amended", "reason": reason})
    values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in ("held", "own", "reason")}
    _run(session, update(QUOTA).where(*_open(QUOTA)).values(**values), same)
    _run(session, update(QUOTA).where(*_open(QUOTA)).values(valid_to=AT), ended)
    _run(session, insert(QUOTA), fresh)
    return len(fresh) + len(same)


def end_items(session: Session, items: Sequence[tuple[int, int, int]], *, at: datetime) -> None:
    """This function will end items (unit, target, round): nobody owes them there any more."""
    rows = [_item(*item) | {"this_at": at} for item in items]
    here = ITEM.c.round == bindparam("of_round")
    _run(session, update(ITEM).where(*_open(ITEM), here).values(valid_to=AT), rows)


def give_items(session: Session, given: Sequence[Given], *, at: datetime) -> None:
    """This function will make items that their new owners never had."""
    rows = [
        {"unit": one.unit, "target": one.target, "round": one.round, "done_by": one.done_by}
        | {"first_due": one.first_due, "due": one.due, "is_backfill": one.is_backfill}
        | {"due_version": 1, "valid_from": at}
        for one in given
    ]
    _run(session, insert(ITEM), rows)


def reopen_items(session: Session, items: Sequence[tuple[int, int, int]], *, at: datetime) -> None:
    """This function will make items owed again that were ended before."""
    here = (
        ITEM.c.target == bindparam("of_target"),
        ITEM.c.unit == bindparam("of_unit"),
        ITEM.c.round == bindparam("of_round"),
    )
    values = {"valid_from": AT, "valid_to": None, "due_version": ITEM.c.due_version + 1}
    rows = [_item(*item) | {"this_at": at} for item in items]
    _run(session, leaving(ITEM, DUE_ITEM_WAS, *here), [row | {"at": at} for row in rows])
    _run(session, update(ITEM).where(*here).values(**values), rows)


def withdraw_from(
    session: Session, plan: int, units: Collection[int], *, actor: Actor, at: datetime, note: str
) -> None:
    """This function will withdraw whatever these units have not done yet."""
    targets = list(session.scalars(select(Target.id).where(Target.plan == plan)))
    move_aside(
        session, targets=targets, units=units, to=HoldStatus.WITHDRAWN, keeping=DONE, actor=actor,
        at=at, note=note,
    )  # fmt: skip


def give_duties(
    session: Session,
    duties: Iterable[tuple[Pair, bool, bool]],
    *,
    actor: Actor,
    at: datetime,
    note: str,
) -> None:
    """This function will make units hold or report (unit, target) what they do not: what they
    never did, and what was taken back from them."""
    wanted = {pair: {"hold_status": holds, "report_status": reports}
              for pair, holds, reports in duties}  # fmt: skip
    standing = _standing(session, wanted)
    moves: dict[tuple[str, str | None], list[tuple[int, int]]] = defaultdict(list)
    begun: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for (unit, target), plays in wanted.items():
        was = standing.get((unit, target), NEVER)
        fresh = [name for name in KINDS if plays[name] and was[name] in GONE]
        if not fresh:
            continue
        (changed if was["version"] else begun).append(_row(unit, target, was, fresh))
        for name in fresh:
            moves[name, was[name]].append((target, unit))
    _run(session, insert(DUTY), begun)
    here = (DUTY.c.target == bindparam("of_target"), DUTY.c.unit == bindparam("of_unit"))
    values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in STATES}
    again = [_item(row["unit"], row["target"]) | {f"to_{name}": row[name] for name in STATES}
             for row in changed]  # fmt: skip
    _run(session, update(DUTY).where(*here).values(**values), again)
    session.expire_all()
    for (name, before), subjects in moves.items():
        take_steps(
            session, subject_kind=KINDS[name], subjects=subjects, from_status=before,
            to_status=ISSUED, at=at, actor=actor.key, note=note,
        )  # fmt: skip


def _standing(session: Session, pairs: Collection[Pair]) -> dict[Pair, Mapping[str, Any]]:
    units, targets = {unit for unit, _ in pairs}, {target for _, target in pairs}
    of_them = (DUTY.c.unit.in_(units), DUTY.c.target.in_(targets))
    rows = session.connection().execute(select(DUTY).where(*of_them)).mappings()
    return {(row["unit"], row["target"]): dict(row) for row in rows}


def _row(unit: int, target: int, was: Mapping[str, Any], fresh: Sequence[str]) -> dict[str, Any]:
    then = {name: ISSUED if name in fresh else was[name] for name in KINDS}
    plays = [name for name, status in then.items() if status not in GONE]
    role = "both" if len(plays) > 1 else plays[0].removesuffix("_status")
    return {"unit": unit, "target": target, "role": role, "version": was["version"] + 1, **then}


def _item(unit: int, target: int, round_: int | None = None) -> dict[str, Any]:
    place = {"of_unit": unit, "of_target": target}
    return place if round_ is None else place | {"of_round": round_}


def _open(table: Any) -> tuple[Any, ...]:
    return (
        table.c.target == bindparam("of_target"),
        table.c.unit == bindparam("of_unit"),
        table.c.valid_to.is_(None),
    )


def _run(session: Session, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.connection().execute(statement, list(rows))
