"""Requests as people and scripts see them: one by its number, a list, those that wait for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.queries import names_of
from shuangyong_core.assignments.models import Request
from shuangyong_core.assignments.rules.requests import (
    Decider,
    Decision,
    Kind,
    RequestStatus,
    Scope,
)
from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import Plan, Round, Target, TargetVersion
from shuangyong_core.plans.queries.authority import units_in_reach
from shuangyong_core.units.models import Unit


class RequestNotFound(NotFound):
    """There is no such request, or it is another's."""

    message = "没有这项申请，或者不在您的范围内。"
    code = "request_not_found"


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request with the codes and names of what it is about."""

    id: int
    plan: int
    plan_code: str
    unit: int
    unit_code: str
    unit_name: str
    target: int | None
    target_code: str | None
    target_title: str | None
    round: int | None
    round_code: str | None
    round_title: str | None
    kind: Kind
    scope: Scope
    until: date | None
    reason: str
    on_behalf: bool
    asked_at: datetime
    asked_by: str
    status: RequestStatus
    decision: Decision | None
    answer: str
    decided_at: datetime | None
    decided_by: str | None
    asked_name: str = ""
    decided_name: str = ""

    @property
    def about(self) -> str:
        """What it is about, in words."""
        return " ".join(part for part in (self.round_title, self.target_title) if part)


def get_request(session: Session, number: int, *, actor: Actor) -> RequestRow:
    """This function will give a request of a unit in the actor's reach; raises RequestNotFound."""
    found = _rows(session, Request.id == number)
    if not found:
        raise RequestNotFound
    reached = units_in_reach(found[0].plan, actor)
    if session.scalar(select(Unit.id).where(Unit.id == found[0].unit, Unit.id.in_(reached))):
        return found[0]
    raise RequestNotFound


def list_requests(
    session: Session,
    plan: Plan,
    *,
    actor: Actor,
    unit: int | None = None,
    status: RequestStatus | None = None,
) -> list[RequestRow]:
    """This function will list a plan's requests in the actor's reach, the open ones first."""
    where: list[ColumnElement[bool]] = [
        Request.plan == plan.id,
        Request.unit.in_(units_in_reach(plan.id, actor)),
    ]
    if unit is not None:
        where.append(Request.unit == unit)
    if status is not None:
        where.append(Request.status == status)
    rows = _rows(session, *where)
    return sorted(rows, key=lambda row: (row.status is not RequestStatus.OPEN, -row.id))


def list_to_decide(session: Session, plan: Plan, *, actor: Actor) -> list[RequestRow]:
    """This function will list the open requests an actor may decide over, the oldest first."""
    where: list[ColumnElement[bool]] = [Request.plan == plan.id, Request.status == S.OPEN]
    if not actor.is_unlimited and plan.issuer not in actor.units_with(Role.ISSUER):
        above = actor.units_with(Role.REVIEWER)
        if plan.requests_by != Decider.SUPERIOR or not above:
            return []
        where.append(Request.unit.in_(units_in_reach(plan.id, actor, Role.REVIEWER)))
        where.append(Request.unit.not_in(sorted(above)))
    rows = _rows(session, *where)
    own = {actor.key, *actor.givers}
    return [row for row in rows if row.on_behalf or row.asked_by not in own]


def list_asked(session: Session, plan: Plan, *, units: list[int]) -> list[RequestRow]:
    """This function will list the open requests of some units, the oldest first."""
    return _rows(session, Request.plan == plan.id, Request.status == S.OPEN,
                 Request.unit.in_(units))  # fmt: skip


S = RequestStatus
WORDS = {"kind": Kind, "scope": Scope, "status": RequestStatus}


def _rows(session: Session, *where: ColumnElement[bool]) -> list[RequestRow]:
    rows = [_row(found) for found in session.execute(_select().where(*where)).mappings()]
    keys = [key for row in rows for key in (row["asked_by"], row["decided_by"]) if key]
    names = names_of(session, keys) if keys else {}
    return [
        RequestRow(
            **row,
            asked_name=names[row["asked_by"]],
            decided_name=names[row["decided_by"]] if row["decided_by"] else "",
        )
        for row in rows
    ]


def _row(found: Any) -> dict[str, Any]:
    row = dict(found)
    row |= {name: word(row[name]) for name, word in WORDS.items()}
    row["decision"] = Decision(row["decision"]) if row["decision"] else None
    return row


def _select() -> Select[Any]:
    version = and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None))
    names = ("kind", "scope", "until", "reason", "on_behalf", "asked_at", "asked_by", "status",
             "decision", "answer", "decided_at", "decided_by")  # fmt: skip
    return (
        select(
            Request.id, Request.plan, Plan.code.label("plan_code"),
            Request.unit, Unit.code.label("unit_code"), Unit.name.label("unit_name"),
            Request.target, Target.code.label("target_code"),
            TargetVersion.title.label("target_title"),
            Request.round, Round.code.label("round_code"), Round.title.label("round_title"),
            *(getattr(Request, name) for name in names),
        )
        .select_from(Request)
        .join(Plan, Plan.id == Request.plan)
        .join(Unit, Unit.id == Request.unit)
        .outerjoin(Target, Target.id == Request.target)
        .outerjoin(TargetVersion, version)
        .outerjoin(Round, Round.id == Request.round)
        .order_by(Request.id)
    )  # fmt: skip
