"""Quotas as they stand at a place, or as they stood when a round closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Integer, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import Quota
from shuangyong_core.db import UtcDateTime
from shuangyong_core.plans.models import Target
from shuangyong_core.rollups.queries.place import (
    AT_UNIT,
    IN_PLAN,
    NODE,
    Place,
    current,
    in_edition,
    is_under,
)
from shuangyong_core.units.models import Tree

TARGET, QUOTA = Target.__table__, Quota.__table__
AT = bindparam("closed_at", type_=UtcDateTime())
IN_EDITION = bindparam("closed_in", type_=Integer())
ISSUER = bindparam("issuer", type_=BigInteger())


@dataclass(frozen=True, slots=True)
class Close:
    """When a round closed, and the edition its units stood in."""

    at: datetime
    edition: int


def held_at(session: Session, place: Place, close: Close | None) -> dict[int, int]:
    """Responsibility shows what is held; territory adds up everybody's own share."""
    statement = _held if place.tree == Tree.RESPONSIBILITY.value else _shared_out
    rows = session.execute(statement(was=close is not None), _asked(place, close))
    return {target: int(goal) for target, goal in rows}


def quotas_of(
    session: Session, place: Place, target: int, units: Collection[int], *, close: Close | None
) -> dict[int, tuple[int, int]]:
    """This function will give (held, own) of units that have a quota, today or at a close."""
    rows = session.execute(
        select(QUOTA.c.unit, QUOTA.c.held, QUOTA.c.own)
        .where(QUOTA.c.target == target, QUOTA.c.unit.in_(units))
        .where(_stood(was=close is not None)),
        _asked(place, close),
    )
    return {unit: (held, own) for unit, held, own in rows}


def _asked(place: Place, close: Close | None) -> dict[str, Any]:
    if close is None:
        return place.asked
    then = {"closed_at": close.at, "closed_in": close.edition, "issuer": place.issuer}
    return place.asked | then


@cache
def _held(*, was: bool) -> Select[Any]:
    return (
        select(QUOTA.c.target, func.sum(QUOTA.c.held))
        .select_from(QUOTA.join(TARGET, TARGET.c.id == QUOTA.c.target))
        .where(TARGET.c.plan == IN_PLAN, _stood(was=was), QUOTA.c.unit == AT_UNIT)
        .group_by(QUOTA.c.target)
    )


@cache
def _shared_out(*, was: bool) -> Select[Any]:
    in_plan = (TARGET.c.id == QUOTA.c.target) & (TARGET.c.plan == NODE.c.plan)
    return (
        select(QUOTA.c.target, func.sum(QUOTA.c.own))
        .select_from(NODE.join(QUOTA, QUOTA.c.unit == NODE.c.unit).join(TARGET, in_plan))
        .where(*(in_edition(NODE, IN_EDITION) if was else current(NODE)))
        .where(is_under(NODE), _stood(was=was))
        .group_by(QUOTA.c.target)
    )


def _stood(*, was: bool) -> Any:
    """The quota of today, or of the close; what was sent down later (补录) as it was then."""
    if not was:
        return QUOTA.c.valid_to.is_(None)
    first = Quota.__table__.alias("first")
    sent = (
        select(func.min(first.c.valid_from))
        .where(first.c.target == QUOTA.c.target, first.c.unit == ISSUER)
        .correlate(QUOTA)
        .scalar_subquery()
    )
    begun = or_(QUOTA.c.valid_from <= AT, QUOTA.c.valid_from <= sent)
    went_on = and_(QUOTA.c.valid_to > AT, or_(sent.is_(None), QUOTA.c.valid_to > sent))
    return and_(begun, or_(QUOTA.c.valid_to.is_(None), went_on))
