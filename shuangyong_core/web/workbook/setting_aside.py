"""The page that marks targets 不涉及 for many units below: ticked, one reason, asked once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from shuangyong_core.errors import Refused
from shuangyong_core.reports.actions import set_not_involved
from shuangyong_core.reports.actions.not_involved import SetAside
from shuangyong_core.reports.queries.asked import AskedUnit, list_asked_below
from shuangyong_core.reports.queries.place import Place, find_place
from shuangyong_core.reports.queries.reach import require_reader
from shuangyong_core.reports.rules.not_involved import Outcome
from shuangyong_core.reports.rules.offered import REASONS
from shuangyong_core.reports.rules.status import is_writable
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.not_involved_view import NotInvolvedView, TargetTick, UnitTick
from shuangyong_core.web.pages.shell import Confirm, Day, Notice
from shuangyong_core.web.refusing import status_of
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted

router = APIRouter()
PATH = "/workbook/{plan}/{unit}/{round}/not-involved"
CHANNEL = "form"
WHAT_FOLLOWS = "其余项目已填全的随即代报，没填全的先存进各单位的草稿。已填的数一个也不动。"


class _Said:
    """What was ticked and written so far."""

    def __init__(self, form: FormData | None = None) -> None:
        self.units = [str(code) for code in form.getlist("unit")] if form else []
        self.targets = [str(code) for code in form.getlist("target")] if form else []
        self.reason = str(form.get("reason", "")).strip() if form else ""


@router.get(PATH)
def not_involved_page(
    sent: int = 0, drafted: int = 0, address: Address = Depends(), desk: Desk = Depends(signed_in)
) -> Response:
    """This function will list the units below with what they have not said yet."""
    notices: tuple[Notice, ...] = ()
    if sent > 0 or drafted > 0:
        told = [f"{sent} 个单位已代报"] if sent > 0 else []
        told += [f"{drafted} 个单位存进草稿，其余项目填好再报"] if drafted > 0 else []
        notices = (Notice("；".join(told) + "。", "已标为不涉及。", "o", "circle-check"),)
    return _show(desk, address, _Said(), notices=notices)


@router.post(PATH)
def mark(
    address: Address = Depends(),
    form: FormData = Depends(posted),
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will ask once, then mark them all, or none: act = ask | do."""
    said = _Said(form)
    if form.get("act") != "do":
        return _show(desk, address, said, asks=True)
    try:
        with desk.writing() as session:
            done = set_not_involved(
                session, address.plan, address.round, said.units, targets=said.targets,
                reason=said.reason, channel=CHANNEL, policy=desk.policy,
                actor=desk.actor, at=desk.at,
            )  # fmt: skip
    except Refused as refused:
        return _show(desk, address, said, refused=refused)
    return RedirectResponse(f"{address.workbook}/not-involved?{_counted(done)}", 303)


def _counted(done: Sequence[SetAside]) -> str:
    count = Counter(each.outcome for each in done)
    return f"sent={count[Outcome.SUBMITTED]}&drafted={count[Outcome.DRAFTED]}"


def _show(
    desk: Desk,
    address: Address,
    said: _Said,
    *,
    asks: bool = False,
    refused: Refused | None = None,
    notices: tuple[Notice, ...] = (),
) -> Response:
    lacking = _lacking(said) if asks else ()
    with desk.reading() as session:
        place = find_place(session, *address.codes)
        require_reader(session, place, desk.actor)
        below = list_asked_below(session, place, actor=desk.actor)
        errors = lacking or (refused.sentences if refused else ())
        view = _view(place, address, below, said, errors, asks=asks and not lacking)
        values = {"view": view, "page": page(session, desk, "fill", notices=notices)}
    status = status_of(refused) if refused else 422 if lacking else 200
    return HTMLResponse(render("not_involved.html", values), status)


def _lacking(said: _Said) -> tuple[str, ...]:
    lacking = [] if said.units else ["请至少勾一个单位。"]
    lacking += [] if said.targets else ["请至少勾一项。"]
    lacking += [] if said.reason else ["请写明为什么不涉及，一句话就行。"]
    return tuple(lacking)


def _view(
    place: Place,
    address: Address,
    below: Sequence[AskedUnit],
    said: _Said,
    errors: tuple[str, ...],
    *,
    asks: bool,
) -> NotInvolvedView:
    unsaid = {each.code: _unsaid(each) for each in below}
    titles = {item.code: item.title for each in below for item in each.items}
    counts = Counter(code for codes in unsaid.values() for code in codes)
    href = f"{address.workbook}/not-involved"
    text = f"{len(said.units)} 个单位的 {'、'.join(said.targets)} 标为不涉及。{WHAT_FOLLOWS}"
    ask = Confirm("批量不涉及，确认一次：", text, "确认标为不涉及", "do", href)
    return NotInvolvedView(
        title=f"{place.year}年{place.round_title}",
        unit=place.unit_name,
        post_href=href,
        workbook_href=address.workbook,
        due=Day(place.due_date, place.is_provisional),
        units=tuple(
            UnitTick(each.code, each.name, each.state, "、".join(unsaid[each.code]),
                     each.code in said.units)
            for each in below
        ),
        targets=tuple(
            TargetTick(code, title, counts[code], code in said.targets)
            for code, title in titles.items() if counts[code]
        ),
        reasons=REASONS,
        reason=said.reason,
        errors=errors,
        confirm=ask if asks else None,
    )  # fmt: skip


def _unsaid(each: AskedUnit) -> tuple[str, ...]:
    if not each.may_write or (each.status is not None and not is_writable(each.status)):
        return ()
    said = {item.indicator for item in each.items if each.figures.get(item.code)}
    return tuple(item.code for item in each.items if item.indicator not in said)
