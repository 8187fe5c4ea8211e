"""Who may see, write or review a report: one line upward in the responsibility tree decides."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.errors import Refused
from shuangyong_core.plans.models import Node
from shuangyong_core.plans.queries.authority import OutOfReach, units_in_reach
from shuangyong_core.reports.queries.place import Place
from shuangyong_core.reports.rules.review import MayNotReview, is_reviewer
from shuangyong_core.units.models import Tree

DIGITS = 5  # of a node's path, per level
BUSINESS = (Role.ISSUER, Role.MANAGER, Role.REVIEWER, Role.REPORTER, Role.VIEWER)
WRITERS = (Role.REPORTER, Role.MANAGER)


class MayNotWrite(Refused):
    """The actor sees the report but may not write it."""

    message = "您的账号在这里可以查看，不能填报。"
    code = "may_not_write"


def line_of(session: Session, plan: int, unit: int) -> tuple[int, ...]:
    """This function will give a unit and all above it, nearest first; empty if not in the plan."""
    here = (Node.plan == plan, Node.tree == Tree.RESPONSIBILITY, Node.to_edition.is_(None))
    path = session.scalar(select(Node.path).where(*here, Node.unit == unit))
    if path is None:
        return ()
    above = [path[:end] for end in range(DIGITS, len(path) + 1, DIGITS)]
    found = select(Node.unit).where(*here, Node.path.in_(above)).order_by(Node.depth.desc())
    return tuple(session.scalars(found))


def require_reader(session: Session, place: Place, actor: Actor) -> tuple[int, ...]:
    """This function will give the unit's line if the actor may see it; raises NotFound."""
    return require_unit_reader(session, plan=place.plan, unit=place.unit, actor=actor)


def require_unit_reader(session: Session, *, plan: int, unit: int, actor: Actor) -> tuple[int, ...]:
    """This function will give a unit's line in a plan if the actor may see it; NotFound."""
    reached = units_in_reach(plan, actor, *BUSINESS).where(Node.unit == unit)
    if session.scalar(reached.limit(1)) is None:
        raise OutOfReach
    return line_of(session, plan, unit)


def require_writer(session: Session, place: Place, actor: Actor) -> bool:
    """This function will say whether the actor acts for the unit (代填); NotFound, MayNotWrite."""
    line = require_reader(session, place, actor)
    if actor.is_unlimited:
        return False
    holds = actor.units_with(*WRITERS) & set(line)
    if not holds:
        raise MayNotWrite
    return place.unit not in holds


def require_reviewer(session: Session, place: Place, actor: Actor) -> None:
    """This function will refuse whoever does not review the unit; NotFound or MayNotReview."""
    line = require_reader(session, place, actor)
    if not is_reviewer(actor, line=line, issuer=place.issuer):
        raise MayNotReview
