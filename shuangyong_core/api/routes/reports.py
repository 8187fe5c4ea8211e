"""Reports as a script writes them: drafts, submissions, withdrawals, files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, File, Header, Response, UploadFile

from shuangyong_core import db
from shuangyong_core.answers import acts as answers
from shuangyong_core.answers import reports as shown
from shuangyong_core.api.asked import ReportBody
from shuangyong_core.api.calls import Made
from shuangyong_core.api.doorway import ReportRoute, Route, UploadRoute
from shuangyong_core.api.versions import etag, version_of
from shuangyong_core.evidence.actions import store
from shuangyong_core.evidence.rules import check_name
from shuangyong_core.reports import actions
from shuangyong_core.reports.actions.sending import Sending
from shuangyong_core.reports.queries.form import get_form
from shuangyong_core.reports.queries.place import find_place
from shuangyong_core.reports.queries.reach import require_writer

router = APIRouter(prefix="/reports/{plan}/{round}/{unit}", route_class=Route, tags=["reports"])
sending = APIRouter(prefix=router.prefix, route_class=ReportRoute, tags=["reports"])
uploads = APIRouter(prefix=router.prefix, route_class=UploadRoute, tags=["reports"])
CHANNEL = "script"


@router.get("")
def show_report(
    call: Made, plan: str, round: str, unit: str, response: Response
) -> shown.ReportAnswer:
    """一份报送：要报哪些、已填什么、办到哪一步、下一步能做什么。"""
    with db.read(call.engine) as session:
        form = get_form(session, plan, round, unit, actor=call.actor, at=call.at)
    response.headers["ETag"] = etag(form.version)
    return shown.report(form)


@router.put("")
def save_draft(
    call: Made,
    plan: str,
    round: str,
    unit: str,
    body: Annotated[ReportBody, Body()],
    response: Response,
    if_match: Annotated[str | None, Header()] = None,
) -> answers.SavedAnswer:
    """存草稿：报送时才检查。If-Match 写上次读到的 ETag，别处已改过就答 409。"""
    version = version_of(if_match)
    with db.write(call.engine) as session:
        saved = actions.save_draft(
            session, plan, round, unit, body=body, version=version, policy=call.policy,
            actor=call.actor, at=call.at,
        )  # fmt: skip
    response.headers["ETag"] = etag(saved.version)
    return answers.saved(saved)


@sending.post("/submit")
async def submit(
    call: Made,
    plan: str,
    round: str,
    unit: str,
    body: Annotated[ReportBody | None, Body()] = None,
    idempotency_key: Annotated[str | None, Header()] = None,
) -> answers.ReceiptAnswer:
    """报送：可以带上内容，不带就报送草稿。同一个 Idempotency-Key 只算一次。"""
    how = {
        "body": body, "channel": CHANNEL, "key": idempotency_key, "policy": call.policy,
        "actor": call.actor, "at": call.at,
    }  # fmt: skip
    return answers.receipt(await call.write(Sending(plan, round, unit, how)))


@router.post("/withdraw")
def withdraw(call: Made, plan: str, round: str, unit: str) -> answers.DecisionAnswer:
    """撤回：审核前可以。"""
    with db.write(call.engine) as session:
        taken = actions.withdraw(session, plan, round, unit, actor=call.actor, at=call.at)
    return answers.decision(taken)


@uploads.post("/evidence")
def attach(
    call: Made,
    plan: str,
    round: str,
    unit: str,
    file: Annotated[list[UploadFile], File(min_length=1, max_length=1)],
) -> answers.EvidenceAnswer:
    """附一个文件（jpg、png、pdf），随下一次报送送出。"""
    with db.read(call.engine) as session:
        # Nobody fills the disk of a place that is not theirs.
        require_writer(session, find_place(session, plan, round, unit), call.actor)
    check_name(file[0].filename or "")
    stored = store(
        file[0].file.read(),
        folder=call.settings.files,
        max_bytes=call.settings.upload_bytes,
    )
    with db.write(call.engine) as session:
        actions.attach(
            session, plan, round, unit, stored=stored, name=file[0].filename or "",
            actor=call.actor, at=call.at,
        )  # fmt: skip
    return {"sha256": stored.sha256, "size": stored.size, "media_type": stored.media_type}
