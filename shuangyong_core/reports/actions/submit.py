"""Sends a report: checked as a whole, kept as a submission that never changes, counted once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.errors import Conflict, Refused
from shuangyong_core.guard.scanning import STRICT, Policy
from shuangyong_core.reports.actions.count_as_reviewed import count_as_reviewed, was_reviewed
from shuangyong_core.reports.actions.figures import keep_submission
from shuangyong_core.reports.actions.move import Held, hold_or_open, move
from shuangyong_core.reports.actions.save_draft import check_due, keep_draft
from shuangyong_core.reports.models import Draft
from shuangyong_core.reports.queries.closed import require_unclosed
from shuangyong_core.reports.queries.fields import required_figures
from shuangyong_core.reports.queries.known import known_in
from shuangyong_core.reports.queries.place import Place, find_place
from shuangyong_core.reports.queries.reach import require_writer
from shuangyong_core.reports.queries.sent import OF_KEY
from shuangyong_core.reports.rules.body import (
    PLACES,
    check_keepable,
    check_size,
    hash_body,
    read_envelope,
)
from shuangyong_core.reports.rules.figures import read_figures
from shuangyong_core.reports.rules.harmless import find_harm, harm_problems, held_of, telling
from shuangyong_core.reports.rules.keys import check_key
from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.reports.rules.status import Act


class KeyReused(Conflict):
    """The key already stands for another body or another report."""

    message = "这个 Idempotency-Key 已用于另一份内容；原来的报送没有变。新的内容请换一个。"
    code = "key_reused"


class NothingTyped(Refused):
    """There is no draft to send."""

    message = "还没有填写内容，先填写再报送。"
    code = "nothing_typed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender keeps; the same for a repeat of the same key."""

    report: int
    number: str
    no: int
    at: datetime
    on_behalf: bool
    is_reviewed: bool  # typed for the unit by its reviewer: counts already
    channel: str
    normalised: tuple[str, ...]


def submit(
    session: Session,
    plan: str,
    round_code: str,
    unit: str,
    *,
    body: Mapping[str, Any] | None = None,
    channel: str,
    key: str | None = None,
    on_behalf: bool = False,
    note: str | None = None,
    policy: Policy = STRICT,
    actor: Actor,
    at: datetime,
) -> Receipt:
    """This function will send a body or the draft; raises Problems, ClosedFigures …"""
    place = find_place(session, plan, round_code, unit)
    acting_unit = require_writer(session, place, actor)
    check_key(key)
    if body is not None:
        check_size(body)
        body = dict(body) if note is None else {**body, "note": note}
    held = hold_or_open(session, place, actor=actor, at=at)
    first = _first_answer(session, place, held, body, key=key, actor=actor)
    if first is not None:
        return first
    due = required_figures(session, place.unit, place.round)
    check_due(place, due, held.status, at=at)
    typed = _draft(session, held.id, note=note) if body is None else body
    is_said = actor.is_unlimited and bool(on_behalf or typed.get("on_behalf"))
    how = {"channel": channel, "idempotency_key": key, "acting_unit": acting_unit}
    how["on_behalf"] = acting_unit is not None or is_said
    return _send(session, held, place, typed, due=due, how=how, policy=policy, actor=actor, at=at)


def _send(
    session: Session,
    held: Held,
    place: Place,
    typed: Mapping[str, Any],
    *,
    due: Sequence[RequiredFigure],
    how: Mapping[str, Any],
    policy: Policy,
    actor: Actor,
    at: datetime,
) -> Receipt:
    harm = find_harm(typed)
    with telling(harm_problems(harm, policy)):
        figures, note = read_envelope(typed, codes=place.codes)
        values, notes = read_figures(figures, due)
    check_keepable(typed)
    if held.latest_no:
        require_unclosed(session, place, held.id, values, due)
    no = held.latest_no + 1
    detail = {"channel": how["channel"], "figures": len(values)}
    move(session, held, place, act=Act.SUBMIT, actor=actor, at=at, no=no, detail=detail)
    facts = {"report": held.id, "no": no, "at": at, "actor": actor.key, "note": note}
    facts |= {"body_hash": hash_body(typed, codes=place.codes), "normalised": notes, **how}
    facts |= {"held": held_of(harm, policy)}
    if not keep_submission(session, facts, values, is_alone=held.is_alone):
        raise KeyReused
    kept = {name: value for name, value in typed.items() if name not in PLACES}
    # A report that was never moved has no draft yet: saving one moves it.
    keep_draft(
        session,
        held.id,
        kept,
        actor=actor,
        at=at,
        is_first=held.version == 0,
        may_wait=held.is_alone,
    )
    # What a scan holds waits for a look of its own, whoever typed it.
    may_count = how["on_behalf"] and not facts["held"]
    is_reviewed = may_count and count_as_reviewed(session, held, place, actor=actor, at=at)
    return _receipt(place, facts, is_reviewed=is_reviewed)


def _draft(session: Session, report: int, *, note: str | None) -> dict[str, Any]:
    draft = session.scalar(select(Draft.body).where(Draft.report == report))
    if draft is None:
        raise NothingTyped
    return dict(draft) if note is None else {**draft, "note": note}


def _first_answer(
    session: Session,
    place: Place,
    held: Held,
    body: Mapping[str, Any] | None,
    *,
    key: str | None,
    actor: Actor,
) -> Receipt | None:
    if key is None:
        return None
    sent = known_in(session).sent
    if (actor.key, key) in sent:
        known = sent[(actor.key, key)]
    else:
        known = session.execute(OF_KEY, {"of_actor": actor.key, "of_key": key}).first()
    if known is None:
        return None
    # Without a body the request says "send the draft": the draft it meant has been sent.
    is_same = body is None or hash_body(body, codes=place.codes) == known.body_hash
    if known.report != held.id or not is_same:
        raise KeyReused
    facts = dict(known._mapping)
    return _receipt(place, facts, is_reviewed=known.on_behalf and was_reviewed(session, facts))


def _receipt(place: Place, submission: Mapping[str, Any], *, is_reviewed: bool) -> Receipt:
    return Receipt(
        report=submission["report"],
        number=f"{place.round_code}-{place.unit_code}-{submission['no']}",
        no=submission["no"],
        at=submission["at"],
        on_behalf=submission["on_behalf"],
        is_reviewed=is_reviewed,
        channel=submission["channel"],
        normalised=tuple(submission["normalised"]),
    )
