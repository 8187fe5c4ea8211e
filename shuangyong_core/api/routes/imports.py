"""Workbooks as a script fetches and sends them: written whole or not at all, checked before."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Response, UploadFile

from shuangyong_core import db
from shuangyong_core.answers.workbooks import VerdictAnswer, verdict
from shuangyong_core.api.calls import Call, Made
from shuangyong_core.api.doorway import Route, WorkbookRoute
from shuangyong_core.keys import get_key
from shuangyong_core.reports.actions.import_workbook import import_workbook
from shuangyong_core.reports.queries.check_workbook import check_workbook
from shuangyong_core.reports.queries.template import get_template
from shuangyong_core.reports.rules.workbook.read import Filled, read_workbook
from shuangyong_core.reports.rules.workbook.write import write_workbook
from shuangyong_core.sheets import mark_cells
from shuangyong_core.sheets.writing import XLSX

router = APIRouter(route_class=Route, tags=["workbooks"])
uploads = APIRouter(prefix="/imports", route_class=WorkbookRoute, tags=["workbooks"])
OneFile = Annotated[list[UploadFile], File(min_length=1, max_length=1)]
SHEET: dict[int | str, dict[str, object]] = {
    200: {
        "description": "xlsx",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/reports/{plan}/{round}/{unit}/workbook", response_class=Response, responses=SHEET)
def template(call: Made, plan: str, round: str, unit: str, below: bool = False) -> Response:
    """下载工作簿：本单位一份，或者 below=true，下面所有单位一份。"""
    with db.read(call.engine) as session:
        found = get_template(session, plan, round, unit, below=below, actor=call.actor, at=call.at)
    data = write_workbook(found, secret=get_key(call.settings.data))
    name = f"attachment; filename*=UTF-8''{quote(found.file_name)}"
    return Response(data, media_type=XLSX, headers={"Content-Disposition": name})


@uploads.post("")
def take_in(call: Made, file: OneFile, dry_run: bool = False) -> VerdictAnswer:
    """上传工作簿：全部通过才写入；dry_run=true 只检查，每一行每一格都有结论。"""
    filled = _read(call, file)
    if dry_run:
        with db.read(call.engine) as session:
            found = check_workbook(
                session, filled, policy=call.policy, actor=call.actor, at=call.at
            )
        return verdict(found, dry_run=True)
    with db.write(call.engine) as session:
        done = import_workbook(session, filled, policy=call.policy, actor=call.actor, at=call.at)
    return verdict(done.verdict, dry_run=False, receipts=done.receipts)


@uploads.post("/annotated", response_class=Response, responses=SHEET)
def annotated(call: Made, file: OneFile) -> Response:
    """检查工作簿，要改的格子标红、写上怎么改，原样发回；什么都不写入。"""
    data = file[0].file.read()
    filled = _read(call, file, data=data)
    with db.read(call.engine) as session:
        found = check_workbook(session, filled, policy=call.policy, actor=call.actor, at=call.at)
    return Response(mark_cells(data, found.marks()), media_type=XLSX)


def _read(call: Call, file: list[UploadFile], *, data: bytes | None = None) -> Filled:
    return read_workbook(
        file[0].file.read() if data is None else data,
        name=file[0].filename or "",
        secret=get_key(call.settings.data),
    )
