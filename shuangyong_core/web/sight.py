"""What a page is asked about: a plan and a unit by their codes, if they are the user's to see."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import NodeRow, OutOfReach, get_node, get_plan, require_reach
from shuangyong_core.units.queries import UnitNotFound, get_unit
from shuangyong_core.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Sight:
    """A unit of a plan that the user reaches."""

    plan: Plan
    node: NodeRow


def see(session: Session, desk: Desk, *, plan: str, unit: str) -> Sight:
    """This function will find a unit in a plan; raises NotFound for all that is not the user's."""
    found = get_plan(session, plan)
    try:
        unit_id = get_unit(session, unit).id
    except UnitNotFound:
        raise OutOfReach from None
    require_reach(session, found, unit_id, desk.actor)
    return Sight(found, get_node(session, found.id, unit_id))


def desk_at(desk: Desk, plan: str) -> Desk:
    """This function will give the desk with the plan of the page's path in view."""
    return replace(desk, plan=plan)
