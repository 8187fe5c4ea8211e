"""A new version of a plan's content: rows that end and begin at its number, nothing copied."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from shuangyong_core.before import leave
from shuangyong_core.clock import shanghai_date
from shuangyong_core.db import table_of
from shuangyong_core.plans.models import (
    ROUND_WAS,
    Indicator,
    Plan,
    PlanVersion,
    Round,
    Target,
    TargetReporter,
    TargetVersion,
)
from shuangyong_core.plans.rules.amending import (
    ADD,
    CHANGE,
    DROP,
    ROUND_DATES,
    ROUND_FIELDS,
    PlanDiff,
    Row,
    TargetDiff,
)

Codes = Mapping[str, int]
FIRST = 1


def amend_content(session: Session, plan: Plan, diff: PlanDiff, *, no: int, at: datetime) -> Codes:
    """This function will write version `no` and give the ids of all targets by code."""
    version = {"plan": plan.id, "no": no, "effective": shanghai_date(at), "applied_at": at}
    session.execute(insert(PlanVersion).values({**version, "diff": {}}))
    if diff.head:
        values = {name: new for name, (_, new) in diff.head.items()}
        session.execute(update(Plan).where(Plan.id == plan.id).values(values))
    _write_rounds(session, plan, diff, at=at)
    rounds = ids_by_code(session, Round, plan)
    targets = _write_targets(session, plan, diff)
    changed = [targets[one.code] for one in diff.targets_of(CHANGE, DROP)]
    in_force = (TargetVersion.target.in_(changed), TargetVersion.to_version.is_(None))
    session.execute(update(TargetVersion).where(*in_force).values(to_version=no))
    written = diff.targets_of(ADD, CHANGE)
    position, moved = _last_position(session, plan), {one.code for one in diff.rounds}
    for place, one in enumerate(written, 1):
        _write_version(session, one, targets[one.code], no=no, position=position + place)
        _write_reporters(session, one, targets[one.code], rounds=rounds, moved=moved, no=no)
    return targets


def ids_by_code(session: Session, table: type[Round] | type[Target], plan: Plan) -> Codes:
    """This function will give the ids of a plan's rounds or targets by code, dropped ones too."""
    found = select(table.code, table.id).where(table.plan == plan.id)
    return dict(session.execute(found).tuples().all())


def _write_rounds(session: Session, plan: Plan, diff: PlanDiff, *, at: datetime) -> None:
    known = ids_by_code(session, Round, plan)
    for one in diff.rounds:
        here = (Round.plan == plan.id, Round.code == one.code)
        leave(session, table_of(Round), ROUND_WAS, *here, at=at)
        row = update(Round).where(*here)
        if one.becomes is None:
            session.execute(row.values(dropped_at=at))
            continue
        values = {name: one.becomes[name] for name in (*ROUND_FIELDS, *ROUND_DATES)}
        if one.code in known:
            # One that comes back begins anew, also where it closed while it was out.
            session.execute(row.values(**values, dropped_at=None, closed_edition=None))
        else:
            session.execute(insert(Round).values(plan=plan.id, code=one.code, **values))


def _write_targets(session: Session, plan: Plan, diff: PlanDiff) -> Codes:
    """Rows for targets that never were; one that was dropped comes back as itself."""
    known = ids_by_code(session, Target, plan)
    newest = select(Indicator.code, Indicator.id).order_by(Indicator.version)
    indicators = dict(session.execute(newest).tuples().all())
    rows = [
        {"plan": plan.id, "code": one.code, "indicator": indicators[one.content["indicator"]]}
        for one in diff.targets_of(ADD)
        if one.code not in known
    ]
    if rows:
        session.execute(insert(Target), rows)
    return ids_by_code(session, Target, plan)


def _last_position(session: Session, plan: Plan) -> int:
    found = (
        select(TargetVersion.position)
        .join(Target, Target.id == TargetVersion.target)
        .where(Target.plan == plan.id)
    )
    return max(session.scalars(found), default=0)


def _write_version(
    session: Session, diff: TargetDiff, target: int, *, no: int, position: int
) -> None:
    row: dict[str, Any] = {
        name: value for name, value in diff.content.items() if name not in ("code", "indicator")
    }
    # Who stood on the forms stays where it stood; what is new comes last.
    row["position"] = diff.was["position"] if diff.was else position
    session.execute(insert(TargetVersion).values(target=target, from_version=no, **row))


def _write_reporters(
    session: Session,
    diff: TargetDiff,
    target: int,
    *,
    rounds: Codes,
    moved: Collection[str],
    no: int,
) -> None:
    rows = [
        {
            **_dated(row, diff.reporters_were, moved=moved),
            "target": target,
            "round": rounds[row["round"]],
            "from_version": no,
        }
        for row in diff.reporters
    ]
    if rows:
        session.execute(insert(TargetReporter), rows)


def _dated(row: Row, before: Sequence[Row], *, moved: Collection[str]) -> Row:
    """In a round that stays where it is, a date stays as a holiday notice left it."""
    same = ("who", "round", "done_rule")
    for one in before if row["round"] not in moved else ():
        if all(one[name] == row[name] for name in same):
            return {**row, "done_by": one["done_by"], "is_provisional": one["is_provisional"]}
    return row
