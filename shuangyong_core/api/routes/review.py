"""Decisions over submissions, and what a unit says of 代填; 409 when another was first."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.answers import acts as answers
from shuangyong_core.api.asked import Accept, Confirm, Objection, Reopen, Return
from shuangyong_core.api.calls import Made
from shuangyong_core.api.doorway import Route
from shuangyong_core.reports import actions
from shuangyong_core.reports.queries.place import find_report, latest_no

router = APIRouter(prefix="/reports/{plan}/{round}/{unit}", route_class=Route, tags=["reports"])


def _seen(session: Session, plan: str, round: str, unit: str, no: int | None) -> tuple[int, int]:
    report = find_report(session, plan, round, unit)
    return report, latest_no(session, report) if no is None else no


@router.post("/accept")
def accept(
    call: Made, plan: str, round: str, unit: str, body: Accept | None = None
) -> answers.DecisionAnswer:
    """审核通过。"""
    asked = body or Accept()
    with db.write(call.engine) as session:
        report, no = _seen(session, plan, round, unit, asked.no)
        decided = actions.accept(
            session, report, no=no, cleared=asked.cleared, actor=call.actor, at=call.at
        )
    return answers.decision(decided)


@router.post("/return")
def return_for_revision(
    call: Made, plan: str, round: str, unit: str, body: Return
) -> answers.DecisionAnswer:
    """退回修改：写明原因，一次列全要改的栏目。"""
    with db.write(call.engine) as session:
        report, no = _seen(session, plan, round, unit, body.no)
        decided = actions.return_for_revision(
            session, report, no=no, reason=body.reason, fields=body.mends, actor=call.actor,
            at=call.at,
        )  # fmt: skip
    return answers.decision(decided)


@router.post("/reopen")
def reopen(call: Made, plan: str, round: str, unit: str, body: Reopen) -> answers.DecisionAnswer:
    """退回复核：立即退出汇总。"""
    with db.write(call.engine) as session:
        report, no = _seen(session, plan, round, unit, body.no)
        decided = actions.reopen(
            session, report, no=no, reason=body.reason, actor=call.actor, at=call.at
        )
    return answers.decision(decided)


@router.post("/confirm")
def confirm(
    call: Made, plan: str, round: str, unit: str, body: Confirm | None = None
) -> answers.ReplyAnswer:
    """确认代填：由单位自己确认，不确认也不算迟。"""
    no = (body or Confirm()).no
    with db.write(call.engine) as session:
        said = actions.confirm(session, plan, round, unit, no=no, actor=call.actor, at=call.at)
    return answers.reply(said)


@router.post("/object")
def object_to(call: Made, plan: str, round: str, unit: str, body: Objection) -> answers.ReplyAnswer:
    """对代填提出异议：写明原因，由审核的人复核或答复。"""
    with db.write(call.engine) as session:
        said = actions.object_to(
            session, plan, round, unit, no=body.no, reason=body.reason, actor=call.actor, at=call.at
        )
    return answers.reply(said)


@router.post("/answer")
def answer_objection(
    call: Made, plan: str, round: str, unit: str, body: Objection
) -> answers.ReplyAnswer:
    """答复异议：由审核的人写明，数不变。"""
    with db.write(call.engine) as session:
        report, no = _seen(session, plan, round, unit, body.no)
        said = actions.answer_objection(
            session, report, no=no, answer=body.reason, actor=call.actor, at=call.at
        )
    return answers.reply(said)
