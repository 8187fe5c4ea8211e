"""`shuangyong why` and `shuangyong close`: why something is not closed, and closing it."""

from __future__ import annotations

from typing import Annotated

import typer

from shuangyong_core.answers import closing as answers
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.completion.actions.close_assignment import close_assignment
from shuangyong_core.completion.queries.still_open import list_open
from shuangyong_core.completion.rules.stages import hands
from shuangyong_core.plans.queries import get_target
from shuangyong_core.plans.queries.within import get_plan_within, get_unit_in

MOST_LINES = 200
PlanCode = Annotated[str, typer.Option("--plan", help="计划编码")]
UnitCode = Annotated[str, typer.Option("--unit", help="单位编码")]


def why(
    context: typer.Context,
    plan: PlanCode,
    unit: UnitCode,
    target: Annotated[str | None, typer.Option(help="只看这一项任务")] = None,
) -> None:
    """为什么还没有办结：还差哪几件，各在谁手里。"""
    desk = desk_of(context)
    with desk.reading() as session:
        found = get_plan_within(session, plan, actor=desk.actor(session))
        here = get_unit_in(session, found, unit, actor=desk.actor(session))
        one = None if target is None else get_target(session, found.id, target).id
        things = list_open(session, found, unit=here, target=one)
    lines = [f"还有 {len(things)} 件没有办完。" if things else "都办完了，可以办结确认。"]
    lines += [f"  {thing.target_code} {thing.sentence}" for thing in things[:MOST_LINES]]
    if len(things) > MOST_LINES:
        lines.append(f"  …… 先列 {MOST_LINES} 件；加 --target 只看一项任务。")
    if things:
        held = "，".join(f"{name} {count} 件" for name, count in hands(things))
        lines.append(f"在谁手里：{held}")
    desk.answer(answers.still_open(things), shown="\n".join(lines))


def close(
    context: typer.Context,
    plan: PlanCode,
    unit: UnitCode,
    target: Annotated[str, typer.Option(help="任务编码")],
) -> None:
    """办结确认一项任务，连同下级的；没有办完的会列出来。"""
    desk = desk_of(context)
    with desk.writing("assignment.close", f"{plan}/{target}/{unit}") as session:
        actor = desk.actor(session)
        found = get_plan_within(session, plan, actor=actor)
        here = get_unit_in(session, found, unit, actor=actor)
        named = get_target(session, found.id, target)
        close_assignment(session, found, unit=here, target=named.id, actor=actor, at=desk.now())
    answer = {"plan": plan, "unit": unit, "target": target}
    desk.answer(answer, shown=f"{unit} 的 {target} 已办结确认。")
