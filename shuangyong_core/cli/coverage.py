"""`shuangyong plan coverage`: whom and what a plan does not reach, and where splits warn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from shuangyong_core.answers import guards as answers
from shuangyong_core.assignments.queries.guards import Guards, guards
from shuangyong_core.cli.desk import desk_of, out
from shuangyong_core.cli.missing import shown_missing
from shuangyong_core.cli.tables import table
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.plans.queries.within import get_place, get_plan_within
from shuangyong_core.units.kinds import WORD_OF_KIND


def coverage(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="计划编码")],
    unit: Annotated[str | None, typer.Option(help="从哪个单位往下；不填是发布单位")] = None,
) -> None:
    """下达核对：没落实的目标，没有任务、账号或联络员的单位，超数和提前的时限。"""
    desk = desk_of(context)
    with desk.reading() as session:
        actor = desk.actor(session)
        plan = get_plan_within(session, code, actor=actor)
        here = get_place(session, plan, unit, actor=actor)
        found = guards(session, plan, unit=here, at=desk.now())
    desk.answer({"plan": code, **answers.guards(found)})
    if desk.as_json:
        return
    for line in _lines(found):
        desk.say(line)
    if found.coverage.lacking:
        out.print(shown_missing(list(found.coverage.lacking)))
    if found.levels:
        heads = ("任务", "第几级", "承担单位", "分解合计", "下达数", "超过")
        rows = [
            (one.code, one.depth - found.top + 1, one.holders,
             format_scaled(one.shared_out, one.decimals), format_scaled(one.held, one.decimals),
             one.exceeding or "")
            for one in found.levels
        ]  # fmt: skip
        out.print(table(*heads, rows=rows, right=heads[1:]))


def _lines(found: Guards) -> Iterator[str]:
    covered = found.coverage
    lacking = f"{covered.lacking_count} 个没有账号或联络员"
    yield f"{covered.units} 个单位：{covered.idle_count} 个没有任务，{lacking}。"
    for idle in covered.idle:
        yield f"· 没有任务：{idle.code} {idle.name}（{WORD_OF_KIND.get(idle.kind, idle.kind)}）"
    for one in covered.unplaced:
        left = f"{format_scaled(one.unplaced, one.decimals)} {one.display_unit}" if one.held else ""
        yield f"· 未落实：{one.code} {one.title}，{one.unit_name} {left or '没有单位填报'}"
    for over in found.excesses:
        given = format_scaled(over.shared_out, over.decimals)
        held = format_scaled(over.held, over.decimals)
        why = over.reason or "未写理由"
        yield f"· 分解数超过下达数：{over.code} {over.unit} {given}/{held}，{why}"
    for date in found.dates:
        why = date.reason or "在允许的天数内"
        early = f"{date.round} {date.due}，早 {date.lead} 个工作日"
        yield f"· 提前：{date.code} {date.unit} {early}，{why}"
    for short in found.shortfalls:
        yield f"· 来不及：{short}"
    for stated in found.reasons:
        yield f"· 下达时说明（{stated.who}）：{stated.reason or '未写理由'}"
