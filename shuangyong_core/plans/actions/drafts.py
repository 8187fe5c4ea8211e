"""A plan is written in the browser: begun, changed step by step by one at a time, published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.audit.actions import record
from shuangyong_core.clock import SHANGHAI
from shuangyong_core.errors import Refused
from shuangyong_core.guard.scanning import refuse_harm_in
from shuangyong_core.plans.actions.import_plan import import_plan
from shuangyong_core.plans.models import Plan, PlanDraft, PlanStatus
from shuangyong_core.plans.queries.authority import ROLE_WORDS, NotAllowed
from shuangyong_core.plans.queries.draft import DraftMoved, get_draft, is_open, plan_of
from shuangyong_core.plans.queries.known import get_indicators
from shuangyong_core.plans.rules.nodes import LARGEST_FILE
from shuangyong_core.plans.rules.read_plan import read_body

Body = Mapping[str, Any]


class DraftStands(Refused):
    """A plan or a draft of this code is there already."""

    message = "已有编码为 {code} 的计划或草稿，请打开它接着改，或换一个编码。"
    code = "draft_stands"


class DraftClosed(Refused):
    """The plan of this draft has gone down: it is changed by an amendment only."""

    message = "计划 {code} 已经下达，草稿不能再改；未下达的任务仍可在“5 下达”里下达。"
    code = "draft_closed"


class DraftTooLarge(Refused):
    """More text than any plan holds."""

    message = f"草稿太大，最多 {LARGEST_FILE // 1024} KB，请删去多余的文字。"
    code = "draft_too_large"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a draft: the body after it, and what the audit is told of it."""

    act: str
    body: Body
    detail: Mapping[str, Any]


def start_draft(
    session: Session, body: Body, *, issuer: int, origin: str, actor: Actor, at: datetime
) -> PlanDraft:
    """This function will begin a draft; raises NotAllowed, DraftStands, DraftTooLarge."""
    if not actor.is_unlimited and issuer not in actor.units_with(Role.ISSUER):
        raise NotAllowed(roles=ROLE_WORDS[Role.ISSUER])
    code, year = str(body["plan"]["code"]), int(body["plan"]["year"])
    for taken in (PlanDraft, Plan):
        if session.scalar(select(taken.id).where(taken.code == code)) is not None:
            raise DraftStands(code=code)
    draft = PlanDraft(
        code=code,
        issuer=issuer,
        year=year,
        body=_fitting(body),
        origin=origin,
        version=1,
        saved_at=at,
        actor=actor.key,
    )
    session.add(draft)
    session.flush()
    detail = {"targets": len(body.get("targets", ()))}
    record(session, act="plan.draft", subject=code, actor=actor.key, at=at, detail=detail)
    return draft


def change_draft(
    session: Session, draft: PlanDraft, change: Change, *, version: int, actor: Actor, at: datetime
) -> PlanDraft:
    """This function will save a change of a draft, if nobody saved one since `version`.

    The same body again changes nothing. Raises NotAllowed, DraftMoved, DraftClosed, DraftTooLarge.
    """
    draft = get_draft(session, draft.code, actor=actor)
    if not is_open(session, draft):
        raise DraftClosed(code=draft.code)
    body = _fitting(change.body)
    if version == draft.version and body == draft.body:
        return draft
    if draft.version == 0:
        # The first change of a plan that came by command: from here on it has a draft.
        session.add(draft)
        session.flush()
    saved = session.execute(
        update(PlanDraft)
        .where(PlanDraft.id == draft.id, PlanDraft.version == version)
        .values(body=body, version=version + 1, saved_at=at, actor=actor.key)
        .returning(PlanDraft.id)
    )
    if saved.scalar_one_or_none() is None:
        raise _moved(draft, actor)
    record(
        session, act=change.act, subject=draft.code, actor=actor.key, at=at, detail=change.detail
    )
    session.refresh(draft)
    return draft


def publish_draft(
    session: Session, draft: PlanDraft, *, version: int, actor: Actor, at: datetime
) -> Plan:
    """This function will make the draft the plan of its code: checked whole, or refused whole.

    Raises Problems, NotAllowed, DraftMoved where it is not the draft that was read. A plan that
    has gone down already is given as it stands.
    """
    draft = get_draft(session, draft.code, actor=actor)
    plan = plan_of(session, draft)
    if plan is not None and plan.status != PlanStatus.DRAFT:
        return plan
    if version != draft.version:
        raise _moved(draft, actor)
    text = read_body(draft.body, known=get_indicators(session))
    return import_plan(session, text, replace=True, actor=actor, at=at)


def _moved(draft: PlanDraft, actor: Actor) -> DraftMoved:
    who = "您在另一页" if draft.actor == actor.key else "别人"
    return DraftMoved(who=who, at=f"{draft.saved_at.astimezone(SHANGHAI):%H:%M}")


def _fitting(body: Body) -> dict[str, Any]:
    if len(json.dumps(body, ensure_ascii=False).encode()) > LARGEST_FILE:
        raise DraftTooLarge
    refuse_harm_in(body)
    return dict(body)
