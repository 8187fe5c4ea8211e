"""All that the pages of one draft are made of, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shuangyong_core.plans.catalogue import find_offices
from shuangyong_core.plans.models import Plan, PlanDraft, PlanStatus
from shuangyong_core.plans.queries.draft import get_draft, is_open, plan_of, survey_draft
from shuangyong_core.plans.queries.known import get_indicators
from shuangyong_core.plans.rules.survey import Survey, target_of
from shuangyong_core.plans.rules.text import IndicatorText
from shuangyong_core.plans.rules.words import UNIT_KINDS
from shuangyong_core.units.rules import UnitText
from shuangyong_core.web.desk import Desk

Body = Mapping[str, Any]
OFFICE_KIND = "member_unit"


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft as it is kept, and what a look at it finds."""

    draft: PlanDraft
    plan: Plan | None  # what it became
    is_open: bool
    known: Mapping[str, IndicatorText]
    units: Mapping[str, UnitText]  # those under the issuer, by code
    found: Survey
    at: datetime  # when it was read

    @property
    def body(self) -> Body:
        """The plan as it is typed."""
        return self.draft.body

    @property
    def is_amending(self) -> bool:
        """Whether it changes a plan that runs."""
        return self.is_open and self.plan is not None and self.plan.status != PlanStatus.DRAFT

    @property
    def code(self) -> str:
        """The plan's code."""
        return self.draft.code

    @property
    def here(self) -> str:
        """Where its pages lie."""
        return f"/plans/{self.draft.code}"

    @property
    def targets(self) -> Sequence[Mapping[str, Any]]:
        """The targets as they are typed."""
        return list(self.body.get("targets", []))

    @property
    def round_codes(self) -> list[str]:
        """The codes of the rounds as they are typed."""
        return [str(one.get("code", "")) for one in self.body.get("rounds", [])]

    @property
    def kinds(self) -> list[str]:
        """The kinds of unit there are under the issuer, the issuer's own included."""
        there = {unit.kind for unit in self.units.values()}
        return [kind for kind in UNIT_KINDS if kind in there]

    @property
    def offices(self) -> dict[str, str]:
        """The member units that the catalogue means by a word, by that word."""
        members = [unit for unit in self.units.values() if unit.kind == OFFICE_KIND]
        return find_offices((unit.code, unit.name) for unit in members)

    def error_of(self, target: str) -> str:
        """This function will say what is wrong with a target, or nothing."""
        wrong = [one.message for one in self.found.problems if target_of(one) == target]
        return wrong[0] if wrong else ""

    def indicator_of(self, target: Mapping[str, Any]) -> Mapping[str, Any]:
        """This function will give the indicator a target names, as a body writes it."""
        code = target.get("indicator", "")
        for one in self.body.get("indicators", []):
            if one.get("code") == code:
                return dict(one)
        stands = self.known.get(code)
        if stands is None:
            return {}
        return {"name": stands.name, "kind": stands.kind, "unit": stands.display_unit}

    def say_who(self, who: Sequence[str]) -> str:
        """This function will name kinds and units as a person does."""
        return "、".join(UNIT_KINDS.get(one) or self._name(one) for one in who)

    def _name(self, code: str) -> str:
        return self.units[code].name if code in self.units else code


def open_plan(session: Session, desk: Desk, code: str) -> Opened:
    """This function will read a draft with its check; raises PlanNotFound, NotAllowed."""
    draft = get_draft(session, code, actor=desk.actor)
    still, plan = is_open(session, draft), plan_of(session, draft)
    # What runs already does not start today: only what is still to go down is held against dates.
    begins = still and (plan is None or plan.status == PlanStatus.DRAFT)
    found = survey_draft(session, draft, starts_on=desk.today if begins else None)
    return Opened(
        draft=draft,
        plan=plan,
        is_open=still,
        known=get_indicators(session),
        units=found.under.units if found.under else {},
        found=found,
        at=desk.at,
    )
