"""Marks targets as 不涉及 for many units with one reason: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit import actions as audit
from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.guard.scanning import STRICT, Policy
from shuangyong_core.reports.actions.save_draft import check_due, save_draft
from shuangyong_core.reports.actions.submit import submit
from shuangyong_core.reports.queries.asked import AskedUnit, AskedUnits, list_asked
from shuangyong_core.reports.queries.place import Place
from shuangyong_core.reports.queries.reach import MayNotWrite
from shuangyong_core.reports.rules.harmless import check_harmless
from shuangyong_core.reports.rules.not_involved import (
    Marked,
    Outcome,
    check_why,
    mark_not_involved,
)
from shuangyong_core.reports.rules.status import Status


@dataclass(frozen=True, slots=True)
class SetAside:
    """What became of one unit; `missing` are the items it still has to report."""

    unit: str
    name: str
    outcome: Outcome
    number: str | None  # 回执号
    is_reviewed: bool
    missing: tuple[str, ...]


def set_not_involved(
    session: Session,
    plan: str,
    round_code: str,
    units: Sequence[str],
    *,
    targets: Sequence[str],
    reason: str,
    channel: str,
    policy: Policy = STRICT,
    actor: Actor,
    at: datetime,
) -> tuple[SetAside, ...]:
    """This function will mark the units and send what is complete; raises Problems with all, and
    DraftMoved when one of them was typed into at the same moment."""
    asked = list_asked(session, plan, round_code, units, actor=actor)
    why = _check_reason(asked, reason, policy)
    marks = _mark_all(asked, targets=targets, reason=why, at=at)
    how: dict[str, Any] = {"channel": channel, "policy": policy, "actor": actor, "at": at}
    done = tuple(_keep(session, asked.place, each, marked, **how) for each, marked in marks)
    written = [each for each in done if each.outcome is not Outcome.UNCHANGED]
    if written:
        detail = {"units": len(written), "targets": sorted(set(targets))}
        subject = f"round:{plan}/{round_code}"
        audit.record(session, act="report.not_involved", subject=subject, actor=actor.key, at=at,
                     detail=detail)  # fmt: skip
    return done


def _check_reason(asked: AskedUnits, reason: str, policy: Policy) -> str:
    items = next((each.items for each in asked.units if each.items), ())
    if not items:
        raise Problems([*asked.problems, Problem("no_units", "没有要标为不涉及的单位。")])
    why = check_why(reason, items)
    check_harmless({"reason": why}, policy)
    return why


def _mark_all(
    asked: AskedUnits, *, targets: Sequence[str], reason: str, at: datetime
) -> list[tuple[AskedUnit, Marked]]:
    problems, marks = list(asked.problems), []
    for each in asked.units:
        try:
            marked = mark_not_involved(
                each.items, each.figures, targets=targets, reason=reason,
                unit=each.code, name=each.name,
            )  # fmt: skip
            if marked.changed:
                _check_open(asked.place, each, at=at)
            marks.append((each, marked))
        except Problems as found:
            problems += found.problems
        except Refused as refused:
            problems.append(Problem(refused.code, f"{each.name}：{refused}", field=each.code))
    if problems:
        raise Problems(problems)
    return marks


def _check_open(place: Place, each: AskedUnit, *, at: datetime) -> None:
    if not each.may_write:
        raise MayNotWrite
    locks_on = max(place.locks_on, each.put_off_to or place.locks_on)
    here = replace(place, is_backfill=each.is_backfill, locks_on=locks_on)
    check_due(here, each.items, each.status or Status.DRAFT, at=at)


def _keep(
    session: Session,
    place: Place,
    each: AskedUnit,
    marked: Marked,
    *,
    channel: str,
    policy: Policy,
    actor: Actor,
    at: datetime,
) -> SetAside:
    if not marked.changed:
        return SetAside(each.code, each.name, Outcome.UNCHANGED, None, False, marked.missing)
    body: Mapping[str, Any] = {**each.body, "figures": marked.figures}
    codes = (place.plan_code, place.round_code, each.code)
    if not marked.is_complete:
        # What somebody typed since it was read must not be written over.
        save_draft(
            session, *codes, body=body, version=each.version, policy=policy, actor=actor, at=at
        )
        return SetAside(each.code, each.name, Outcome.DRAFTED, None, False, marked.missing)
    sent = submit(
        session, *codes, body=body, channel=channel, on_behalf=True, policy=policy, actor=actor,
        at=at,
    )  # fmt: skip
    return SetAside(each.code, each.name, Outcome.SUBMITTED, sent.number, sent.is_reviewed, ())
