"""Takes a workbook in: checked as a whole, then every changed row sent as a report of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit import actions as audit
from shuangyong_core.guard.scanning import STRICT, Policy
from shuangyong_core.plans.models import Plan, Round
from shuangyong_core.reports.actions.note_workbook import note_workbook
from shuangyong_core.reports.actions.submit import Receipt, submit
from shuangyong_core.reports.models import Report
from shuangyong_core.reports.queries.check_workbook import check_workbook
from shuangyong_core.reports.rules.workbook.course import WorkbookStep
from shuangyong_core.reports.rules.workbook.read import Filled
from shuangyong_core.reports.rules.workbook.verdict import Outcome, Verdict
from shuangyong_core.units.models import Unit

CHANNEL = "workbook"


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written: the verdict it rests on, and a receipt for each unit."""

    verdict: Verdict
    receipts: tuple[Receipt, ...]


def import_workbook(
    session: Session,
    filled: Filled,
    *,
    actor: Actor,
    at: datetime,
    expected: tuple[str, str, str] | None = None,
    policy: Policy = STRICT,
) -> Imported:
    """This function will write all of it or nothing; raises WorkbookRefused, OldTemplate …"""
    _hold(session, filled)
    verdict = check_workbook(session, filled, expected=expected, policy=policy, actor=actor, at=at)
    if not verdict.passes:
        raise verdict.refusal()
    # By code, so that two uploads at once wait for each other and never crosswise.
    rows = sorted(
        (row for row in verdict.rows if row.outcome is Outcome.WRITE), key=lambda row: row.unit
    )
    receipts = [
        submit(
            session, verdict.plan, verdict.round, row.unit, body=row.body, channel=CHANNEL,
            on_behalf=row.unit != verdict.unit, policy=policy, actor=actor, at=at,
        )
        for row in rows
    ]  # fmt: skip
    if receipts:
        audit.record(
            session,
            act="report.import",
            subject=f"workbook:{verdict.plan}/{verdict.round}/{verdict.unit}",
            actor=actor.key,
            at=at,
            detail={"units": len(receipts), "figures": verdict.checked},
        )
        note_workbook(
            session, verdict.plan, verdict.round, verdict.unit, step=WorkbookStep.WRITTEN,
            count=len(receipts), actor=actor, at=at,
        )  # fmt: skip
    return Imported(verdict, tuple(receipts))


def _hold(session: Session, filled: Filled) -> None:
    """Lets one workbook of a round in at a time: the second of two at once finds what the first
    wrote, and nobody decides over these reports between the verdict and the writing."""
    meta = filled.meta
    here = select(Round.id).join(Plan, Plan.id == Round.plan)
    here = here.where(Plan.code == meta.plan, Round.code == meta.round)
    # The key stays free: other reports of the round point to it meanwhile.
    round_id = session.scalar(here.with_for_update(key_share=True, of=Round))
    held = select(Report.id).join(Unit, Unit.id == Report.unit).order_by(Report.id)
    held = held.where(Report.round == round_id, Unit.code.in_(meta.rows))
    session.execute(held.with_for_update(of=Report))
