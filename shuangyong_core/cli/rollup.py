"""`shuangyong rollup`: the numbers, where they come from, and whether they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.queries import names_of
from shuangyong_core.accounts.rules import require_administrator
from shuangyong_core.answers import items
from shuangyong_core.answers.rollups import rollup, sources
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.cli.tables import table
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.models import Plan, Round, Target
from shuangyong_core.plans.queries import get_round, get_target, units_in_reach
from shuangyong_core.plans.queries.within import get_plan_within, get_unit_in
from shuangyong_core.rollups import actions
from shuangyong_core.rollups.actions.verify import Difference
from shuangyong_core.rollups.queries import explain as explain_number
from shuangyong_core.rollups.queries.seen import show_to
from shuangyong_core.units.models import Tree, Unit

app = typer.Typer(help="汇总：看数、看来源、核对、重算", no_args_is_help=True)
PlanCode = Annotated[str, typer.Option("--plan", help="计划编码")]
UnitCode = Annotated[str, typer.Option("--unit", help="单位编码")]
TargetCode = Annotated[str | None, typer.Option("--target", help="任务编码")]
RoundCode = Annotated[str | None, typer.Option("--round", help="哪次报送；不填是本年至今")]
By = Annotated[Tree, typer.Option("--by", help="按责任关系还是属地")]
MOST_TOLD = 200
CHANNELS = {"form": "网页", "script": "接口", "command": "命令", "workbook": "工作簿"}


class NumbersDiffer(Problems):
    """The numbers kept are not those of the recount."""

    message = "有 {count} 处与重新计算的不一致，请运行 rollup rebuild，并查明原因。"
    code = "numbers_differ"


@app.command()
def show(
    context: typer.Context,
    plan: PlanCode,
    unit: UnitCode,
    target: TargetCode = None,
    round_: RoundCode = None,
    by: By = Tree.RESPONSIBILITY,
    as_then: Annotated[
        bool, typer.Option("--as-then/--as-now", help="截止后按当时或现在的单位")
    ] = True,
    at: Annotated[
        datetime | None, typer.Option("--at", formats=["%Y-%m-%d"], help="截至哪一天；不填是今天")
    ] = None,
) -> None:
    """各任务的数：完成、目标、应报、已报、已审核。"""
    desk, day = desk_of(context), at.date() if at else None
    with desk.looking_back(day) as session:
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
            as_then=as_then,
            as_of=day,
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
    round_: RoundCode = None,
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
            CHANNELS.get(source.channel, source.channel),
            names[source.submitted_by],
            names[source.accepted_by],
        )
        for source in told.sources
    ]
    shown = table("单位", "报送", "第几次", "数", "途径", "报送人", "审核", rows=rows)
    shown.caption, shown.caption_justify = told.sentence, "left"
    desk.answer(sources(told.sources), shown=shown)


def _value(text: str | None, kind: str, nothing: str = "—") -> str:
    return f"{text}%" if text and kind == "ratio" else text or nothing


@app.command()
def verify(context: typer.Context) -> None:
    """从报告重新计算一遍，与汇总逐格核对。"""
    desk = desk_of(context)
    with desk.writing("rollup.verify", "all") as session:
        require_administrator(desk.actor(session), Role.SYSTEM_ADMIN)
        differences = actions.verify(session)
        told = _told(session, differences[:MOST_TOLD])
    if differences and not desk.as_json:
        raise NumbersDiffer([Problem("difference", each) for each in told])
    answer = items(differences) | {"differences": len(differences)}
    desk.answer(answer, shown="与重新计算的一致。differences: 0")
    if differences:
        raise typer.Exit(2)


def _told(session: Session, differences: Sequence[Difference]) -> list[str]:
    units = _codes(session, Unit, {each.unit for each in differences})
    targets = _codes(session, Target, {each.target for each in differences})
    rounds = _codes(session, Round, {each.round for each in differences if each.round})
    return [
        f"{units.get(each.unit, each.unit)} {targets.get(each.target, each.target)} "
        f"{rounds.get(each.round, '本年') if each.round else '本年'}（{each.table}.{each.field}）："
        f"现存 {each.kept or '空'}，重算 {each.recounted or '空'}。"
        for each in differences
    ]


def _codes(session: Session, table: Any, ids: set[int]) -> dict[int, str]:
    rows = session.execute(select(table.id, table.code).where(table.id.in_(ids)))
    return {number: code for number, code in rows.tuples()}


@app.command()
def rebuild(context: typer.Context) -> None:
    """全部重算。"""
    desk = desk_of(context)
    with desk.writing("rollup.rebuild", "all") as session:
        require_administrator(desk.actor(session), Role.SYSTEM_ADMIN)
        done = actions.rebuild(session, at=desk.now())
    desk.answer(done, shown=f"已重算，第 {done.no} 次汇总。")


def _round(session: Session, plan: Plan, code: str | None) -> int | None:
    return None if code is None else get_round(session, plan.id, code).id
