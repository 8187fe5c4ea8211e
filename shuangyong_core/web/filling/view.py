"""The form of one round as its template needs it: what is due, what was typed, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from shuangyong_core.errors import Problem
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.plans.queries import line_above
from shuangyong_core.reports.queries.form import Form, FormItem
from shuangyong_core.reports.queries.reach import WRITERS
from shuangyong_core.units.models import Kind
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.filling.fields import field_of
from shuangyong_core.web.filling.typed import split_note
from shuangyong_core.web.frame import home_of
from shuangyong_core.web.lights import late_light
from shuangyong_core.web.pages.form_view import AFTER_SENDING, Fact, Field, FormView, Returned
from shuangyong_core.web.pages.shell import Confirm, Day
from shuangyong_core.web.rendering import monthday
from shuangyong_core.web.shown import attached, handed
from shuangyong_core.words import words

SUPERIORS = {Kind.STREET: "街道审核", Kind.DISTRICT: "区双拥办核对"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a post brought over what is kept: the body, what is wrong in it, whether to ask."""

    body: Mapping[str, Any] | None = None
    problems: tuple[Problem, ...] = ()
    asks: bool = False


def form_view(
    session: Session, form: Form, address: Address, desk: Desk, typed: Typed | None = None
) -> FormView:
    """This function will make the page of a form."""
    typed = typed or Typed()
    place = form.place
    due = min((item.due.due for item in form.items), default=place.due_date)
    note, paper_place = split_note(str(typed.body.get("note", "")) if typed.body else form.note)
    superior = _superior(session, form)
    return FormView(
        title=f"{place.year}年{place.round_title}报送",
        unit=place.unit_name,
        post_href=address.form,
        draft_href=f"{address.form}/draft",
        version=form.version,
        light="na" if place.is_backfill else late_light(due, desk.today),
        due=Day(due, place.is_provisional),
        locks=None if place.is_backfill else Day(place.locks_on, place.is_provisional),
        minutes=max(1, len(form.items) * 5 // 4),
        fields=tuple(_field(form, item, typed) for item in form.items),
        submit_label="代填报送" if form.counts_at_once else f"报送{superior}",
        after_sending="提交即视为已审核" if form.counts_at_once else AFTER_SENDING,
        saved_at=form.saved_at,
        acting_for=_acting_for(session, form, desk),
        returned=_returned(form),
        files=tuple(attached(file, may_drop=True) for file in form.files),
        handed=tuple(handed(file) for file in form.handed_in),
        paper_place=paper_place,
        note=note,
        confirm=_confirm(form, address, superior) if typed.asks else None,
        ask_href=f"/requests/{address.plan}/{address.unit}?round={address.round}",
    )


def _field(form: Form, item: FormItem, typed: Typed) -> Field:
    required = item.due.required
    figure = item.typed
    if typed.body is not None:
        figure = typed.body["figures"].get(required.code)
    wrong = [problem.message for problem in typed.problems if problem.field == required.code]
    return field_of(
        required,
        figure if isinstance(figure, Mapping) else {},
        category=item.due.category,
        error="；".join(dict.fromkeys(wrong)),
        hint=required.hint,
        facts=_facts(form, item),
        may_wait=_may_wait(item),
    )


def _may_wait(item: FormItem) -> str:
    if not item.due.required.may_wait:
        return ""
    return f"已准许延到 {monthday(item.due.due)}，这次可以不填，到时补报。"


def _facts(form: Form, item: FormItem) -> tuple[Fact, ...]:
    facts = []
    mend = form.returned.fields.get(item.due.required.code) if form.returned else None
    if mend:
        facts.append(Fact("退回意见", mend))
    if item.closed:
        facts.append(Fact("办结", item.closed))
    if item.last:
        facts.append(Fact("上次", f"{item.last.text}（{item.last.round_title}）"))
    facts.append(Fact(str(words()["goal"]), item.goal_text))
    if item.left is not None:
        facts.append(Fact("本年已报", item.so_far_text))
        facts.append(_left(item, item.left))
    facts.append(Fact("办理时限", monthday(item.due.done_by)))
    return tuple(facts)


def _left(item: FormItem, left: int) -> Fact:
    required = item.due.required
    if required.asks_keys:
        return Fact("还差", item.left_text)
    # The page counts on with every key, in the unit that is typed.
    return Fact("报后还差", item.left_text, format_scaled(left, required.decimals))


def _superior(session: Session, form: Form) -> str:
    line = line_above(session, form.place.plan, form.place.unit)
    if len(line) < 2:
        return "另一人核对"
    above = line[-2]
    return SUPERIORS.get(Kind(above.kind), f"{above.name}审核")


def _acting_for(session: Session, form: Form, desk: Desk) -> str:
    if form.place.unit in desk.actor.units_with(*WRITERS):
        return ""
    home = home_of(session, desk)
    said = f"您正在为{form.place.unit_name}代填，"
    if form.counts_at_once:
        return f"{said}提交即视为已审核。{form.place.unit_name}可以确认或提出异议。"
    return f"{said}会记下由{home.name if home else ''}代填，提交后仍要审核。"


def _returned(form: Form) -> Returned | None:
    why = form.returned
    if why is None or form.status.value not in ("returned", "reopened"):
        return None
    return Returned(why.name, why.at, why.reason, tuple(why.fields))


def _confirm(form: Form, address: Address, superior: str) -> Confirm:
    text = f"{len(form.items)} 项报{superior}，审核前可以撤回。"
    if form.counts_at_once:
        text = f"代{form.place.unit_name}填 {len(form.items)} 项，提交即视为已审核，计入合计。"
    return Confirm("报送，确认一次：", text, "确认报送", "confirm", address.form)
