"""The register and one hand-out, from what the queries know to what the pages show."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import get_plan
from shuangyong_core.plans.queries.tree import children_of
from shuangyong_core.supervision.queries.place import GIVERS
from shuangyong_core.supervision.queries.register import (
    AnswerRow,
    HandoutRow,
    PartRow,
    get_handout,
    list_handouts,
)
from shuangyong_core.supervision.rules.handouts import HANDOUT_WORDS, UNIT_WORDS, UnitAct
from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.frame import plan_in_view
from shuangyong_core.web.pages.beside_view import (
    AnswerShown,
    HandoutView,
    PartState,
    PartView,
    RegisterRow,
    RegisterView,
    TypedHandout,
)
from shuangyong_core.web.pages.shell import Attached, Choice
from shuangyong_core.web.rendering import moment, monthday

MOST_PARTS = 6


def register_view(
    session: Session,
    desk: Desk,
    *,
    typed: TypedHandout | None = None,
    chosen: Collection[str] = (),
    errors: tuple[str, ...] = (),
) -> RegisterView:
    """This function will make the page of the register."""
    plan = plan_in_view(session, desk)
    receivers = _receivers(session, desk, plan, chosen=chosen) if plan else ()
    rows = list_handouts(session, actor=desk.actor, today=desk.today)
    return RegisterView(
        rows=tuple(_line(row) for row in rows),
        may_issue=bool(receivers),
        receivers=receivers,
        typed=typed or TypedHandout(),
        key=secrets.token_urlsafe(12),
        is_open=bool(errors),
        errors=errors,
    )


def _receivers(
    session: Session, desk: Desk, plan: Plan, *, chosen: Collection[str]
) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    kinds: dict[str, list[Choice]] = {}
    for giver in sorted(desk.actor.units_with(*GIVERS)):
        for unit in children_of(session, plan.id, giver):
            choice = Choice(unit.code, unit.name, unit.code in chosen)
            kinds.setdefault(WORD_OF_KIND[unit.kind], []).append(choice)
    return tuple((kind, tuple(units)) for kind, units in kinds.items())


def _line(row: HandoutRow) -> RegisterRow:
    parts = [
        PartState(each.part.unit_name, each.lamp.light.value, UNIT_WORDS[each.part.status])
        for each in row.parts
    ]
    return RegisterRow(
        number=row.number, title=row.title, href=f"/handouts/{row.reference}",
        giver=row.giver_name, due=monthday(row.due_date), state=HANDOUT_WORDS[row.status],
        parts=tuple(parts[:MOST_PARTS]), more=max(0, len(parts) - MOST_PARTS),
    )  # fmt: skip


def handout_view(
    session: Session,
    desk: Desk,
    number: str,
    *,
    errors: tuple[str, ...] = (),
    typed: Mapping[str, str] | None = None,
) -> HandoutView:
    """This function will make the page of one hand-out; raises HandoutNotFound."""
    row = get_handout(session, number, actor=desk.actor, today=desk.today)
    plan, has = get_plan(session, row.plan), {each.part.unit for each in row.parts}
    return HandoutView(
        number=row.number, title=row.title, text=row.text, giver=row.giver_name,
        due=monthday(row.due_date), due_day=row.due_date.isoformat(),
        issued=f"{row.issued_by} {moment(row.issued_at)}",
        state=HANDOUT_WORDS[row.status], may_cancel=row.may_cancel,
        parts=tuple(
            _part(session, each, plan, row.reference, has=has, typed=typed or {})
            for each in row.parts
        ),
        href=f"/handouts/{row.reference}", errors=errors,
    )  # fmt: skip


def _part(
    session: Session,
    row: PartRow,
    plan: Plan,
    reference: str,
    *,
    has: Collection[int],
    typed: Mapping[str, str],
) -> PartView:
    part = row.part
    below = children_of(session, plan.id, part.unit) if UnitAct.PASS_ON in row.may else []
    receivers = tuple(Choice(each.code, each.name) for each in below if each.unit not in has)
    return PartView(
        unit=part.unit_code, name=part.unit_name, giver=part.giver_name,
        light=row.lamp.light.value, state=UNIT_WORDS[part.status], words=row.lamp.words,
        answer_by=monthday(part.answer_by), receivers=receivers,
        may=tuple(act.value for act in row.may if act is not UnitAct.PASS_ON or receivers),
        answers=tuple(_answer(each, reference) for each in row.answers),
        typed=typed.get(part.unit_code, ""),
    )  # fmt: skip


def _answer(row: AnswerRow, reference: str) -> AnswerShown:
    files = [
        Attached(name, href=f"/handouts/{reference}/files/{sha256}") for sha256, name in row.files
    ]
    return AnswerShown(row.text, f"{row.who} {moment(row.at)}", tuple(files))
