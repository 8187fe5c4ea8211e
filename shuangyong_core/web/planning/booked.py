"""A plan as a workbook: read into a draft from what was sent, and given back with all to tick."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import FormData, UploadFile

from shuangyong_core.errors import Refused
from shuangyong_core.plans.actions.drafts import Change
from shuangyong_core.plans.catalogue import catalogue
from shuangyong_core.plans.queries.body import indicator_body
from shuangyong_core.plans.rules.drafting import as_text
from shuangyong_core.plans.rules.text import IndicatorText
from shuangyong_core.plans.workbook import read_plan_file, write_book
from shuangyong_core.plans.workbook.read import read_book
from shuangyong_core.sheets import LIMITS, open_book
from shuangyong_core.web.planning.opened import Opened

# A draft keeps these whatever the workbook says: it is the plan of this code.
KEPT = ("code", "year", "issuer")
Body = dict[str, Any]


class NoWorkbook(Refused):
    """Nothing was chosen to be sent."""

    message = "没有选文件，请选填好的 .xlsx 工作簿。"
    code = "no_workbook"


def read_sent(form: FormData, known: dict[str, IndicatorText]) -> tuple[Body, str]:
    """This function will read the body of a workbook, and its name; Problems name its cells."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise NoWorkbook
    data, name = file.file.read(LIMITS.upload + 1), file.filename.rsplit("/", 1)[-1][:80]
    body, _ = read_book(open_book(data, name=name))
    read_plan_file(data, file=name, known=known)
    return dict(as_text(body)), name


def change_all(opened: Opened, form: FormData) -> Change:
    """This function will put what a workbook holds in place of the draft."""
    body, _ = read_sent(form, dict(opened.known))
    head = opened.body.get("plan", {})
    body["plan"] |= {key: head[key] for key in KEPT}
    return Change("plan.draft_upload", body, {"targets": len(body["targets"])})


def book_of(opened: Opened) -> bytes:
    """This function will write the draft as a workbook, with the catalogue's rest to tick."""
    rounds = set(opened.round_codes)
    offered = [_fitting(one.as_target(offices=opened.offices), rounds) for one in catalogue()]
    known = {code: indicator_body(one) for code, one in opened.known.items()}
    listed = {one.indicator["code"]: dict(one.indicator) for one in catalogue()} | known
    return write_book(opened.body, offered=offered, indicators=list(listed.values()))


def _fitting(target: Body, rounds: set[str]) -> Body:
    named = target.get("rounds")
    if isinstance(named, list):
        target["rounds"] = [code for code in named if code in rounds]
    return target
