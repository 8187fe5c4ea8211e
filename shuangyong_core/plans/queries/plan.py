"""A plan by its code, its rounds by their dates, its targets with their indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import (
    Indicator,
    Plan,
    PlanVersion,
    Round,
    Target,
    TargetReporter,
    TargetVersion,
)
from shuangyong_core.plans.rules.dates import round_state


class PlanNotFound(NotFound):
    """There is no plan, round or target of this code, or it is not yours to see."""

    message = "没有编码为 {code} 的{what}，或者不在您的范围内。"
    code = "plan_not_found"


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as it is shown and asked about."""

    id: int
    code: str
    title: str
    opens_on: date
    due_date: date
    locks_on: date
    done_by: date | None
    is_provisional: bool

    def state(self, today: date) -> str:
        """This function will say planned, open or closed."""
        return round_state(opens_on=self.opens_on, locks_on=self.locks_on, today=today)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target as the current version of the plan has it, with its indicator."""

    id: int
    code: str
    title: str
    category: str
    heading: int
    goal_kind: str
    goal: int | None
    goal_den: int | None
    goal_note: str
    split: str
    per: str
    weight: int
    automatic: str | None
    on_behalf_of: str | None
    shown_to: Sequence[str]
    supporting: Sequence[str]
    evidence: Mapping[str, Any]
    source: str
    position: int
    indicator: int
    indicator_code: str
    name: str
    kind: str
    display_unit: str
    decimals: int
    over_units: str
    over_time: str
    hint: str
    parts: Mapping[str, Sequence[str]]


_VERSION = [
    "title",
    "category",
    "heading",
    "goal_kind",
    "goal",
    "goal_den",
    "goal_note",
    "split",
    "per",
    "weight",
]
_VERSION += ["automatic", "on_behalf_of", "shown_to", "supporting", "evidence", "source"]
_VERSION += ["position"]
_INDICATOR = [
    "name",
    "kind",
    "display_unit",
    "decimals",
    "over_units",
    "over_time",
    "hint",
    "parts",
]


def get_plan(session: Session, code: str) -> Plan:
    """This function will give the plan of a code; raises PlanNotFound."""
    plan = session.scalar(select(Plan).where(Plan.code == code))
    if plan is None:
        raise PlanNotFound(code=code, what="计划")
    return plan


def latest_version(session: Session, plan_id: int) -> int:
    """This function will give the number of the version in force; 0 before the launch."""
    latest = select(func.max(PlanVersion.no)).where(PlanVersion.plan == plan_id)
    return session.scalar(latest) or 0


def list_plans(session: Session) -> Sequence[Plan]:
    """This function will list the plans, the latest year first."""
    return session.scalars(select(Plan).order_by(Plan.year.desc(), Plan.code)).all()


def list_rounds(session: Session, plan_id: int) -> list[RoundRow]:
    """This function will list the rounds of a plan in the order they are due."""
    columns = [getattr(Round, name) for name in RoundRow.__dataclass_fields__]
    stands = (Round.plan == plan_id, Round.dropped_at.is_(None))
    rows = session.execute(select(*columns).where(*stands).order_by(Round.due_date))
    return [RoundRow(*row) for row in rows]


def get_round(session: Session, plan_id: int, code: str) -> RoundRow:
    """This function will give a round of a plan by code; raises PlanNotFound."""
    for one in list_rounds(session, plan_id):
        if one.code == code:
            return one
    raise PlanNotFound(code=code, what="报送")


def list_targets(session: Session, plan_id: int) -> list[TargetRow]:
    """This function will list the targets of a plan as they stand now, in the order of forms."""
    columns = [
        Target.id,
        Target.code,
        *(getattr(TargetVersion, name) for name in _VERSION),
        Indicator.id.label("indicator"),
        Indicator.code.label("indicator_code"),
        *(getattr(Indicator, name) for name in _INDICATOR),
    ]
    rows = session.execute(
        select(*columns)
        .join(TargetVersion, TargetVersion.target == Target.id)
        .join(Indicator, Indicator.id == Target.indicator)
        .where(Target.plan == plan_id, TargetVersion.to_version.is_(None))
        .order_by(TargetVersion.position)
    ).mappings()
    return [TargetRow(**row) for row in rows]


def get_target(session: Session, plan_id: int, code: str) -> TargetRow:
    """This function will give a target of a plan by code; raises PlanNotFound."""
    for one in list_targets(session, plan_id):
        if one.code == code:
            return one
    raise PlanNotFound(code=code, what="任务")


def list_done_by(session: Session, plan_id: int) -> dict[tuple[int, str, int], date]:
    """This function will give when each (target, who, round) is done by: its own date,
    else the round's done-by, else its due date."""
    done = func.coalesce(TargetReporter.done_by, Round.done_by, Round.due_date)
    rows = session.execute(
        select(TargetReporter.target, TargetReporter.who, TargetReporter.round, done)
        .join(Round, Round.id == TargetReporter.round)
        .join(
            TargetVersion,
            (TargetVersion.target == TargetReporter.target)
            & (TargetVersion.from_version == TargetReporter.from_version),
        )
        .where(Round.plan == plan_id, TargetVersion.to_version.is_(None))
    )
    return {(target, who, round_): day for target, who, round_, day in rows}
