"""`shuangyong rollup`: the numbers, where they come from, and whether they hold."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy.orm import Session

from shuangyong_core.accounts.queries import names_of
from shuangyong_core.answers import items
from shuangyong_core.answers.rollups import rollup, sources
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.cli.tables import table
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import get_round, get_target, units_in_reach
from shuangyong_core.plans.queries.within import get_plan_within, get_unit_in
from shuangyong_core.rollups import actions
from shuangyong_core.rollups.queries import explain as explain_number
from shuangyong_core.rollups.queries.seen import show_to
from shuangyong_core.units.models import Tree

app = typer.Typer(help="汇总：看数、看来源、核对、重算", no_args_is_help=True)
PlanCode = Annotated[str, typer.Option("--plan", help="计划编码")]
UnitCode = Annotated[str, typer.Option("--unit", help="单位编码")]
Target = Annotated[str | None, typer.Option("--target", help="任务编码")]
Round = Annotated[str | None, typer.Option("--round", help="哪次报送；不填是本年至今")]
By = Annotated[Tree, typer.Option("--by", help="按责任关系还是属地")]
MOST_TOLD = 200


@app.command()
def show(
    context: typer.Context,
    plan: PlanCode,
    unit: UnitCode,
    target: Target = None,
    round_: Round = None,
    by: By = Tree.RESPONSIBILITY,
) -> None:
    """各任务的数：完成、目标、应报、已报、已审核。"""
    desk = desk_of(context)
    with desk.reading() as session:
        actor = desk.actor(session)
        found = get_plan_within(session, plan, actor=actor)
        lines = show_to(
            session,
            found,
            unit,
            actor=actor,
            today=desk.settings.clock.today(),
            target=target,
            round=_round(session, found, round_),
            tree=by,
        )
    rows = []
    for line in lines:
        tally = line.tally
        counts = (tally.expected, tally.reported, tally.accepted)
        rate = f"{line.rate}%" if line.rate else "—"
        name = line.target.title
        rows.append(
            (line.target.code, name, line.value.text or "—", line.goal or "", rate, *counts)
        )
    heads = ("任务", "名称", "完成", "目标", "完成率", "应报", "已报", "已审核")
    desk.answer(rollup(lines), shown=table(*heads, rows=rows, right=heads[2:]))


@app.command()
def explain(
    context: typer.Context,
    plan: PlanCode,
    unit: UnitCode,
    target: Annotated[str, typer.Option("--target", help="任务编码")],
    round_: Round = None,
) -> None:
    """一个数后面的报告：第几次报送、谁报、谁审核、数是多少。"""
    desk = desk_of(context)
    with desk.reading() as session:
        actor = desk.actor(session)
        found = get_plan_within(session, plan, actor=actor)
        told = explain_number(
            session,
            found.id,
            get_unit_in(session, found, unit, actor=actor),
            get_target(session, found.id, target).id,
            today=desk.settings.clock.today(),
            round=_round(session, found, round_),
            reach=units_in_reach(found.id, actor),
        )
        keys = {key for each in told.sources for key in (each.submitted_by, each.accepted_by)}
        names = names_of(session, sorted(keys))
    rows = [
        (
            source.unit.name,
            source.round_code,
            source.submission_no,
            source.value.text or "—",
            source.channel,
            names[source.submitted_by],
            names[source.accepted_by],
        )
        for source in told.sources
    ]
    shown = table("单位", "报送", "第几次", "数", "途径", "报送人", "审核", rows=rows)
    shown.caption, shown.caption_justify = told.sentence, "left"
    desk.answer(sources(told.sources), shown=shown)


@app.command()
def verify(context: typer.Context) -> None:
    """从报告重新计算一遍，与汇总逐格核对。"""
    desk = desk_of(context)
    with desk.writing("rollup.verify", "all") as session:
        differences = actions.verify(session)
    if differences and not desk.as_json:
        raise Problems([Problem("difference", str(each)) for each in differences[:MOST_TOLD]])
    desk.answer(items(differences), shown=f"差异：{len(differences)}")
    if differences:
        raise typer.Exit(2)


@app.command()
def rebuild(context: typer.Context) -> None:
    """全部重算。"""
    desk = desk_of(context)
    with desk.writing("rollup.rebuild", "all") as session:
        done = actions.rebuild(session, at=desk.now())
    desk.answer(done, shown=f"已重算，第 {done.no} 次汇总。")


def _round(session: Session, plan: Plan, code: str | None) -> int | None:
    return None if code is None else get_round(session, plan.id, code).id
