"""Units as a script sees them: one, and those directly under it."""

from __future__ import annotations

from fastapi import APIRouter

from shuangyong_core import db
from shuangyong_core.accounts.queries import get_unit_within
from shuangyong_core.answers import units as answers
from shuangyong_core.api.calls import Made
from shuangyong_core.api.doorway import Route
from shuangyong_core.units.models import Tree
from shuangyong_core.units.queries import get_card, list_children

router = APIRouter(route_class=Route, tags=["units"])


@router.get("/units/{code}")
def show_unit(call: Made, code: str) -> answers.UnitAnswer:
    """一个单位：名称、类型、上级和属地。"""
    with db.read(call.engine) as session:
        unit = get_unit_within(session, code, actor=call.actor)
        return answers.unit(get_card(session, unit.id))


@router.get("/units/{code}/children")
def show_children(call: Made, code: str, by: Tree = Tree.RESPONSIBILITY) -> answers.UnitList:
    """一个单位的直接下级。by=territory 时按属地列。"""
    with db.read(call.engine) as session:
        unit = get_unit_within(session, code, actor=call.actor, trees=[by])
        return answers.units(list_children(session, unit.id, tree=by))
