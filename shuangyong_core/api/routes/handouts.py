"""Hand-outs (交办事项): handed out, signed for, passed on, reported as done, struck off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, File, Header, UploadFile

from shuangyong_core import db
from shuangyong_core.answers import supervision as answers
from shuangyong_core.answers import supervision_shapes as shapes
from shuangyong_core.answers.acts import EvidenceAnswer
from shuangyong_core.api.asked_beside import Answer, Handout, PassOn, Why
from shuangyong_core.api.calls import Call, Made
from shuangyong_core.api.doorway import Route, UploadRoute
from shuangyong_core.clock import shanghai_date
from shuangyong_core.evidence.actions import store
from shuangyong_core.evidence.rules import check_name
from shuangyong_core.supervision import actions
from shuangyong_core.supervision.actions.issue import Wanted
from shuangyong_core.supervision.queries.place import require_answerer_of
from shuangyong_core.supervision.queries.register import get_handout, list_handouts

router = APIRouter(prefix="/handouts", route_class=Route, tags=["handouts"])
uploads = APIRouter(prefix=router.prefix, route_class=UploadRoute, tags=["handouts"])


@router.get("")
def show_register(call: Made, plan: str | None = None) -> shapes.HandoutList:
    """交办登记：本单位交办的和收到的，没办完的在前。"""
    today = shanghai_date(call.at)
    with db.read(call.engine) as session:
        rows = list_handouts(session, actor=call.actor, today=today, plan=plan)
    return answers.handouts(rows)


@router.post("")
def issue(
    call: Made, body: Handout, idempotency_key: Annotated[str | None, Header()] = None
) -> shapes.HandoutAnswer:
    """交办：写明事项、时限和承办单位。同一个 Idempotency-Key 只登记一次。"""
    wanted = Wanted(
        title=body.title, text=body.text, due_date=body.due_date, units=body.units,
        plan=body.plan, giver=body.unit,
    )  # fmt: skip
    is_direct = call.settings.handouts_direct
    with db.write(call.engine) as session:
        name = actions.issue_handout(
            session, wanted, is_direct=is_direct, key=idempotency_key, actor=call.actor, at=call.at
        )
    return _shown(call, name)


@router.get("/{number}")
def show(call: Made, number: str) -> shapes.HandoutAnswer:
    """一件交办：各单位办到哪一步。"""
    return _shown(call, number)


@router.post("/{number}/cancel")
def cancel(call: Made, number: str, body: Why) -> shapes.HandoutAnswer:
    """撤销交办：写明原因，编号保留。"""
    return _act(call, actions.cancel_handout, number, reason=body.reason)


@router.post("/{number}/{unit}/acknowledge")
def acknowledge(call: Made, number: str, unit: str) -> shapes.HandoutAnswer:
    """签收。"""
    return _act(call, actions.acknowledge_handout, number, unit)


@router.post("/{number}/{unit}/pass-on")
def pass_on(call: Made, number: str, unit: str, body: PassOn) -> shapes.HandoutAnswer:
    """转办给直接下级。"""
    return _act(call, actions.pass_on, number, unit, units=body.units, due_date=body.due_date)


@router.post("/{number}/{unit}/answer")
def answer(call: Made, number: str, unit: str, body: Answer) -> shapes.HandoutAnswer:
    """报办结：写明办理情况；先前附的文件一起送出。"""
    return _act(call, actions.answer_handout, number, unit, text=body.text)


@router.post("/{number}/{unit}/close")
def close(call: Made, number: str, unit: str) -> shapes.HandoutAnswer:
    """销号：由交办单位办理。"""
    return _act(call, actions.close_handout, number, unit)


@router.post("/{number}/{unit}/return")
def return_answer(call: Made, number: str, unit: str, body: Why) -> shapes.HandoutAnswer:
    """退回办结报告：写明原因。"""
    return _act(call, actions.return_answer, number, unit, reason=body.reason)


@router.post("/{number}/{unit}/withdraw")
def withdraw(call: Made, number: str, unit: str, body: Why) -> shapes.HandoutAnswer:
    """收回：从一个单位收回，写明原因。"""
    return _act(call, actions.withdraw_unit, number, unit, reason=body.reason)


@uploads.post("/{number}/{unit}/evidence")
def attach(
    call: Made,
    number: str,
    unit: str,
    file: Annotated[list[UploadFile], File(min_length=1, max_length=1)],
) -> EvidenceAnswer:
    """附一个文件（jpg、png、pdf），随下一次办结报告送出。"""
    with db.read(call.engine) as session:
        # Nobody fills the disk of a place that is not theirs.
        require_answerer_of(session, number, unit, actor=call.actor)
    file_name = file[0].filename or ""
    check_name(file_name)

    stored = store(
        file[0].file.read(), folder=call.settings.files, max_bytes=call.settings.upload_bytes
    )
    with db.write(call.engine) as session:
        actions.attach_to_answer(
            session, number, unit, stored=stored, file_name=file_name, actor=call.actor, at=call.at
        )
    return {"sha256": stored.sha256, "size": stored.size, "media_type": stored.media_type}


def _act(
    call: Call, act: Callable[..., Any], number: str, *unit: str, **said: Any
) -> shapes.HandoutAnswer:
    with db.write(call.engine) as session:
        act(session, number, *unit, **said, actor=call.actor, at=call.at)
    return _shown(call, number)


def _shown(call: Call, number: str) -> shapes.HandoutAnswer:
    with db.read(call.engine) as session:
        row = get_handout(session, number, actor=call.actor, today=shanghai_date(call.at))
    return answers.handout(row)
