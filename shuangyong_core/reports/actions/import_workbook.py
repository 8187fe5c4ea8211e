"""Takes a workbook in: checked as a whole, then every changed row sent as a report of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit import actions as audit
from shuangyong_core.guard.scanning import STRICT, Policy
from shuangyong_core.reports.actions.note_workbook import note_workbook
from shuangyong_core.reports.actions.submit import Receipt, submit
from shuangyong_core.reports.queries.check_workbook import check_workbook
from shuangyong_core.reports.rules.workbook.course import WorkbookStep
from shuangyong_core.reports.rules.workbook.read import Filled
from shuangyong_core.reports.rules.workbook.verdict import Outcome, Verdict

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
