"""Units that nobody can log in for, or that have no liaison: who is still missing."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries import get_unit_below, units_looked_after
from shuangyong_core.accounts.queries.below import units_below
from shuangyong_core.accounts.queries.people import Lacking, list_lacking
from shuangyong_core.cli.desk import Desk
from shuangyong_core.cli.tables import table
from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.units.models import Unit

Below = Annotated[str | None, typer.Option("--unit", help="从哪个单位往下；不填是全部")]


def list_missing(session: Session, desk: Desk, unit: str | None) -> list[Lacking]:
    """This function will list the units in reach that have no account or no liaison."""
    actor = desk.actor(session)
    return list(list_lacking(session, _within(session, actor, unit), at=desk.now()))


def _within(session: Session, actor: Actor, unit: str | None) -> Select[tuple[int]]:
    mine = units_looked_after(actor)
    if unit is None:
        return mine
    top = get_unit_below(session, unit, actor=actor).id
    return select(Unit.id).where(
        Unit.id.in_(mine), (Unit.id == top) | Unit.id.in_(units_below([top]))
    )


def shown_missing(lacking: list[Lacking]) -> Any:
    """This function will draw the list for a terminal."""
    rows = [
        (each.code, each.name, WORD_OF_KIND.get(each.kind, each.kind), each.parent,
         "没有联络员" if each.has_account else "没有账号")
        for each in lacking
    ]  # fmt: skip
    return table("编码", "单位", "类型", "上级", "缺什么", rows=rows) if rows else "各单位都有。"
