"""`shuangyong plan burden`: what a plan that was sent down costs those who fill it in."""

from __future__ import annotations

from typing import Annotated

import typer

from shuangyong_core.assignments.queries.burden import plan_burden
from shuangyong_core.cli.desk import desk_of, out
from shuangyong_core.cli.tables import table
from shuangyong_core.plans.queries.within import require_issuer


def burden(context: typer.Context, code: Annotated[str, typer.Argument(help="计划编码")]) -> None:
    """各类单位一年报几次、几个数，哪次最忙（已经下达的计划）。"""
    desk = desk_of(context)
    with desk.reading() as session:
        plan = require_issuer(session, code, actor=desk.actor(session))
        found = plan_burden(session, plan)
    desk.answer({"plan": code, "total": found.total, **_plain(found)})
    if desk.as_json:
        return
    heads = ("填报单位", "单位数", "一年几次", "一年几个数", "每次约几分钟", "合计")
    rows = [
        (one.name, one.units, one.rounds, one.numbers, one.minutes, one.total)
        for one in found.kinds
    ]
    out.print(table(*heads, rows=rows, right=heads[1:]))
    by_round = "，".join(f"{one.code} {one.numbers}" for one in found.rounds)
    desk.say(f"次数上限 {found.max_rounds}；全年合计 {found.total} 个数：{by_round}。")


def _plain(found: object) -> dict[str, object]:
    names = ("max_rounds", "kinds", "rounds", "heaviest")
    return {name: getattr(found, name) for name in names}
