"""A round that is over, as its units stood then (按当时): which differ, and the look at one."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.clock import end_of_day
from shuangyong_core.plans.models import Edition, Node, Round
from shuangyong_core.plans.queries.places import current_edition
from shuangyong_core.rollups.queries.look import Look
from shuangyong_core.rollups.queries.look_then import LookThen
from shuangyong_core.rollups.queries.place import (
    NODE,
    in_edition,
)
from shuangyong_core.rollups.queries.quotas import Close
from shuangyong_core.units.models import Tree


def rounds_apart(session: Session, plan: int, unit: int, *, tree: Tree) -> frozenset[int]:
    """This function will give the rounds that closed under other units, this one among them."""
    asked = {"in_plan": plan, "in_tree": tree.value}
    current = select(func.max(Edition.no)).where(Edition.plan == plan).scalar_subquery()
    found = (
        select(Round.id)
        .join(Node, (Node.plan == Round.plan) & (Node.unit == unit))
        .where(Round.closed_edition < current)
        .where(*in_edition(NODE, Round.closed_edition))
    )
    return frozenset(session.scalars(found, asked))


def seen_then(look: Look, round_: int | None) -> Look:
    """This function will look at a round as it closed; while it is open, or at none, as it is.

    The units are those of then, the goals and the titles too. Raises NoPlace.
    """
    row = None if round_ is None else look.rounds[round_]
    if row is None or row.locks_on >= look.today:
        return look
    now = current_edition(look.session, look.place.plan)
    close = Close(end_of_day(row.locks_on), row.closed_edition or now)
    if close.edition != now:
        return LookThen(look, close, row.id)
    look.close = close
    look.__dict__.pop("targets", None)  # read anew, as they stood then
    return look
