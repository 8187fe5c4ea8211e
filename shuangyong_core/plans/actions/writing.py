"""Writes and clears the rows of a draft: head, rounds, indicators, targets, reporters."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from shuangyong_core.plans.actions.content import Content
from shuangyong_core.plans.models import (
    Indicator,
    Plan,
    PlanStatus,
    Round,
    Target,
    TargetReporter,
    TargetVersion,
)
from shuangyong_core.plans.rules.text import PlanText

FIRST = 1


def write_head(session: Session, content: Content, *, at: datetime) -> Plan:
    """This function will write a new plan as a draft."""
    plan = Plan(**content.head, issuer=content.issuer, status=PlanStatus.DRAFT.value, created_at=at)
    session.add(plan)
    session.flush()
    return plan


def update_head(session: Session, plan: Plan, content: Content) -> None:
    """This function will put another head on a draft."""
    values = {**content.head, "issuer": content.issuer}
    session.execute(update(Plan).where(Plan.id == plan.id).values(values))


def delete_content(session: Session, plan: Plan) -> None:
    """This function will clear the rounds and targets of a draft."""
    targets = select(Target.id).where(Target.plan == plan.id)
    session.execute(delete(TargetReporter).where(TargetReporter.target.in_(targets)))
    session.execute(delete(TargetVersion).where(TargetVersion.target.in_(targets)))
    session.execute(delete(Target).where(Target.plan == plan.id))
    session.execute(delete(Round).where(Round.plan == plan.id))


def write_indicators(session: Session, text: PlanText) -> None:
    """This function will add the indicators the installation does not know yet."""
    known = set(session.scalars(select(Indicator.code)))
    rows = [
        {
            "code": one.code,
            "version": FIRST,
            "name": one.name,
            "kind": one.kind,
            "display_unit": one.display_unit,
            "decimals": one.decimals,
            "over_units": one.over_units,
            "over_time": one.over_time,
            "hint": one.hint,
            "parts": one.parts,
        }
        for one in text.indicators
        if one.code not in known
    ]
    if rows:
        session.execute(insert(Indicator), rows)


def write_content(session: Session, plan: Plan, content: Content) -> None:
    """This function will write rounds, targets at version 1, and who reports them when."""
    session.execute(insert(Round), [{"plan": plan.id, **row} for row in content.rounds])
    rounds = _ids(session, Round, plan)
    newest = select(Indicator.code, Indicator.id).order_by(Indicator.version)
    indicators = dict(session.execute(newest).tuples().all())
    session.execute(
        insert(Target),
        [
            {"plan": plan.id, "code": row["code"], "indicator": indicators[row["indicator"]]}
            for row in content.targets
        ],
    )
    targets = _ids(session, Target, plan)
    versions = [
        {k: v for k, v in row.items() if k not in ("code", "indicator")}
        | {"target": targets[row["code"]], "from_version": FIRST}
        for row in content.targets
    ]
    session.execute(insert(TargetVersion), versions)
    reporters = [
        row
        | {
            "target": targets[row["target"]],
            "round": rounds[row["round"]],
            "from_version": FIRST,
        }
        for row in content.reporters
    ]
    session.execute(insert(TargetReporter), reporters)


def _ids(session: Session, table: type[Round] | type[Target], plan: Plan) -> dict[str, int]:
    found = select(table.code, table.id).where(table.plan == plan.id)
    return dict(session.execute(found).tuples().all())
