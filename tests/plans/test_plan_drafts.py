"""Drafts: one saves at a time, only the issuer's own; what is wrong may stay until published."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.errors import Problems
from shuangyong_core.plans.actions import change_draft, move_plan, publish_draft, start_draft
from shuangyong_core.plans.actions.drafts import Change, DraftClosed, DraftStands, DraftTooLarge
from shuangyong_core.plans.models import PlanDraft, PlanStatus
from shuangyong_core.plans.queries import NotAllowed, PlanNotFound, get_plan
from shuangyong_core.plans.queries.body import plan_body
from shuangyong_core.plans.queries.draft import DraftMoved, get_draft, list_drafts, survey_draft
from shuangyong_core.plans.rules.next_year import into_year
from shuangyong_core.plans.rules.survey import target_of
from shuangyong_core.units.queries import get_unit
from tests.plans.conftest import OPERATOR

NEXT = "linjiang-2027"


def office(session: Session, unit: str = "990106", role: Role = Role.ISSUER) -> Actor:
    return Actor("user", 7, "双拥办", (Grant(get_unit(session, unit).id, role),))


def begin(session: Session, *, actor: Actor, at: datetime) -> PlanDraft:
    copied = into_year(plan_body(session, get_plan(session, "linjiang-2026")), code=NEXT, year=2027)
    issuer = get_unit(session, "990106").id
    return start_draft(session, copied, issuer=issuer, origin="linjiang-2026", actor=actor, at=at)


def with_goal(body: dict[str, Any], code: str, goal: object) -> Change:
    changed = deepcopy(body)
    next(one for one in changed["targets"] if one["code"] == code)["goal"] = goal
    return Change("plan.draft_targets", changed, {"changed": 1})


def test_of_two_who_save_the_second_is_told(imported: Engine, at: datetime) -> None:
    with db.write(imported) as session:
        actor = office(session)
        draft = begin(session, actor=actor, at=at)
        change = with_goal(draft.body, "A05", {"each": "3"})

        change_draft(session, draft, change, version=1, actor=actor, at=at)
        other = with_goal(draft.body, "A05", {"each": "4"})
        with pytest.raises(DraftMoved, match="请先看新的内容"):
            change_draft(session, draft, other, version=1, actor=actor, at=at)
        # The same body again is no second change.
        change_draft(session, draft, change, version=2, actor=actor, at=at)

        acts = session.scalars(select(AuditEntry.act).where(AuditEntry.subject == NEXT)).all()
    assert draft.version == 2
    assert acts == ["plan.draft", "plan.draft_targets"]


def test_a_wrong_goal_may_stand_in_a_draft_and_not_in_a_plan(
    imported: Engine, at: datetime
) -> None:
    with db.write(imported) as session:
        draft = begin(session, actor=OPERATOR, at=at)
        wrong = with_goal(draft.body, "C03", {"total": "十三百", "split": "base:beneficiaries"})
        change_draft(session, draft, wrong, version=1, actor=OPERATOR, at=at)

        found = survey_draft(session, draft)
        with pytest.raises(Problems):
            publish_draft(session, draft, version=2, actor=OPERATOR, at=at)

        assert [target_of(one) for one in found.problems] == ["C03"]
        # The rest is counted all the same: C03 is one of a community's 11 numbers, alone in R1.
        by_kind = {one.who: (one.rounds, one.fields) for one in found.burden}
        assert by_kind["community"] == (3, 10)
        assert by_kind["grassroots_union"] == (1, 2)


def test_a_sound_draft_becomes_the_plan_and_is_closed_when_it_goes_down(
    imported: Engine, at: datetime
) -> None:
    with db.write(imported) as session:
        draft = begin(session, actor=OPERATOR, at=at)
        found = survey_draft(session, draft)
        assert found.is_sound
        assert found.by_round.keys() == {"R1", "R2", "R3", "R4", "R5"}

        plan = publish_draft(session, draft, version=1, actor=OPERATOR, at=at)
        more = with_goal(draft.body, "A05", {"each": "3"})
        change_draft(session, draft, more, version=1, actor=OPERATOR, at=at)
        with pytest.raises(DraftMoved):
            publish_draft(session, draft, version=1, actor=OPERATOR, at=at)
        assert publish_draft(session, draft, version=2, actor=OPERATOR, at=at) is plan

        move_plan(session, plan, to=PlanStatus.LAUNCHING, actor=OPERATOR, at=at)
        with pytest.raises(DraftClosed):
            change_draft(session, draft, more, version=2, actor=OPERATOR, at=at)
        assert publish_draft(session, draft, version=2, actor=OPERATOR, at=at) is plan


def test_only_the_issuer_of_the_unit_sees_and_changes_a_draft(
    imported: Engine, at: datetime
) -> None:
    with db.write(imported) as session:
        mine, street = office(session), office(session, "990106001")
        viewer = office(session, role=Role.VIEWER)
        draft = begin(session, actor=mine, at=at)

        assert [one.code for one in list_drafts(session, actor=mine)] == [NEXT]
        assert list_drafts(session, actor=street) == []
        with pytest.raises(PlanNotFound):
            get_draft(session, NEXT, actor=street)
        with pytest.raises(NotAllowed):
            get_draft(session, NEXT, actor=viewer)
        with pytest.raises(NotAllowed):
            begin(session, actor=viewer, at=at)
        with pytest.raises(DraftStands):
            begin(session, actor=mine, at=at)
        huge = Change("plan.draft_head", {**draft.body, "plan": {"title": "年" * 90_000}}, {})
        with pytest.raises(DraftTooLarge):
            change_draft(session, draft, huge, version=1, actor=mine, at=at)
