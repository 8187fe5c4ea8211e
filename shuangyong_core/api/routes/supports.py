"""配合任务 as a script handles them: what a unit supports, a file for its lead, taken back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile

from shuangyong_core import db
from shuangyong_core.answers import supports as answers
from shuangyong_core.answers.acts import EvidenceAnswer
from shuangyong_core.api.calls import Call, Made
from shuangyong_core.api.doorway import Route, UploadRoute
from shuangyong_core.clock import shanghai_date
from shuangyong_core.evidence.actions import store
from shuangyong_core.evidence.rules import check_name
from shuangyong_core.plans.queries.within import get_plan_within, get_unit_in
from shuangyong_core.reports.actions.support import hand_in, require_support, take_back
from shuangyong_core.reports.queries.supports import list_supports

router = APIRouter(prefix="/supports", route_class=Route, tags=["supports"])
uploads = APIRouter(prefix=router.prefix, route_class=UploadRoute, tags=["supports"])
PLACE = "/{plan}/{round}/{unit}/{target}/evidence"


@router.get("")
def show_supports(call: Made, plan: str, unit: str) -> answers.SupportList:
    """配合任务：一个单位配合哪些任务，谁牵头，各次报送到哪一步，交了什么材料。"""
    return _shown(call, plan, unit)


@uploads.post(PLACE)
def attach(
    call: Made,
    plan: str,
    round: str,
    unit: str,
    target: str,
    file: Annotated[list[UploadFile], File(min_length=1, max_length=1)],
    note: Annotated[str, Form(description="一句说明，可以不写")] = "",
) -> EvidenceAnswer:
    """交一个文件（jpg、png、pdf）给牵头单位；数仍由牵头单位报，只算一次。"""
    with db.read(call.engine) as session:
        # Nobody fills the disk of a place that is not theirs.
        require_support(session, plan, round, unit, target=target, actor=call.actor, at=call.at)
    name = file[0].filename or ""
    check_name(name)
    stored = store(
        file[0].file.read(), folder=call.settings.files, max_bytes=call.settings.upload_bytes
    )
    with db.write(call.engine) as session:
        hand_in(
            session, plan, round, unit, target=target, stored=stored, name=name, note=note,
            actor=call.actor, at=call.at,
        )  # fmt: skip
    return {"sha256": stored.sha256, "size": stored.size, "media_type": stored.media_type}


@router.post(PLACE + "/{sha256}/withdraw")
def withdraw(
    call: Made, plan: str, round: str, unit: str, target: str, sha256: str
) -> answers.SupportList:
    """取回交出的文件：那次报送截止前可以。"""
    with db.write(call.engine) as session:
        take_back(
            session, plan, round, unit, target=target, sha256=sha256, actor=call.actor, at=call.at
        )
    return _shown(call, plan, unit)


def _shown(call: Call, plan: str, unit: str) -> answers.SupportList:
    with db.read(call.engine) as session:
        found = get_plan_within(session, plan, actor=call.actor)
        here = get_unit_in(session, found, unit, actor=call.actor)
        rows = list_supports(session, found, unit=here)
        return answers.supports(rows, today=shanghai_date(call.at))
