"""`shuangyong plan`: check, import, show, launch a year's plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as replace_fields
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from shuangyong_core.answers import guards as guard_answers
from shuangyong_core.answers import items
from shuangyong_core.answers import plans as answers
from shuangyong_core.assignments.queries.launching import count_assignments_by_target
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.cli import plan_files
from shuangyong_core.cli.amending import amend
from shuangyong_core.cli.coverage import coverage
from shuangyong_core.cli.desk import Desk, NotInstalled, desk_of, out
from shuangyong_core.cli.files import naming, read_file, write_file
from shuangyong_core.cli.launching import launch as launch_plan
from shuangyong_core.cli.tables import table
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Problems
from shuangyong_core.plans.actions import import_plan
from shuangyong_core.plans.models import PlanStatus
from shuangyong_core.plans.queries import RoundRow, list_rounds, list_targets
from shuangyong_core.plans.queries.known import get_indicators, get_unit_list
from shuangyong_core.plans.queries.within import get_plan_within, list_plans_within
from shuangyong_core.plans.rules.check_plan import Report
from shuangyong_core.plans.rules.check_plan import check as check_text
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.plans.rules.seed_coverage import read_duties, write_coverage
from shuangyong_core.plans.rules.status import WORDS
from shuangyong_core.plans.workbook import read_plan_file
from shuangyong_core.units.queries import get_card
from shuangyong_core.units.reading import read_units
from shuangyong_core.units.rules import check_units

NO_DATABASE = "没有可用的数据库（还没建或版本不对）：没有与已有指标和已装入的放假通知核对。"
app = typer.Typer(help="计划：模板、核对、导入、下达", no_args_is_help=True)
PlanFile = Annotated[Path, typer.Argument(help="计划文件，xlsx 或 yaml")]
Code = Annotated[str, typer.Argument(help="计划编码")]


@app.command("list")
def list_(context: typer.Context) -> None:
    """列出计划。"""
    desk = desk_of(context)
    with desk.reading() as session:
        plans = list_plans_within(session, actor=desk.actor(session))
        issuers = {plan.id: get_card(session, plan.issuer).code for plan in plans}
    rows = [(plan.code, plan.year, plan.title, WORDS[PlanStatus(plan.status)]) for plan in plans]
    desk.answer(
        items([answers.plan(plan, issuer=issuers[plan.id]) for plan in plans]),
        shown=table("编码", "年度", "名称", "状态", rows=rows) if rows else "还没有计划。",
    )


@app.command()
def check(
    context: typer.Context,
    file: PlanFile,
    units: Annotated[Path | None, typer.Option(help="单位文件；不给则用库里的单位")] = None,
) -> None:
    """一次说出计划的全部问题，算出各类单位一年报几次、几个数。"""
    desk = desk_of(context)
    found = _check(desk, file, units)
    if found.problems:
        raise Problems(found.problems)
    if desk.as_json:
        told = {"burden": found.burden, "warnings": found.warnings, "notes": found.notes}
        desk.answer({**told, "shortfalls": guard_answers.shortfalls(found.shortfalls)})
        return
    for line in (*found.notes, *found.warnings, *map(str, found.shortfalls)):
        desk.say(f"· {line}")
    heads = ("填报单位", "单位数", "一年几次", "一年几个数")
    rows = [
        (each.name, "" if each.unit_count is None else each.unit_count, each.rounds, each.fields)
        for each in found.burden
    ]
    out.print(table(*heads, rows=rows, right=heads[1:]))
    desk.say("核对通过，没有问题。")


def _check(desk: Desk, file: Path, units: Path | None) -> Report:
    known, listed, calendar = None, None, Calendar({})
    told: tuple[str, ...] = ()
    try:
        with desk.reading() as session:
            known, calendar = get_indicators(session), get_calendar(session)
            listed = get_unit_list(session)
    except NotInstalled:
        # A plan can be checked before anything is installed; what that leaves out is said.
        told = (NO_DATABASE,)
    if units is not None:
        listed = read_units(read_file(units), units.name)
        problems = check_units(listed)
        if problems:
            raise Problems(problems)
    text, places = read_plan_file(read_file(file), file=file.name, known=known)
    starts_on = max(shanghai_date(desk.now()), date(text.head.year, 1, 1))
    found = check_text(text, listed, calendar, known=known, starts_on=starts_on)
    named = tuple(places.name(found.problems))
    return replace_fields(found, problems=named, notes=(*told, *found.notes))


@app.command("import")
def import_(
    context: typer.Context,
    file: PlanFile,
    replace: Annotated[bool, typer.Option("--replace", help="代替同编码的草稿")] = False,
) -> None:
    """把计划导入为草稿：全部写入，或者什么都不写。"""
    desk = desk_of(context)
    data = read_file(file)
    with desk.writing("plan.import", file.name) as session, naming(file.name):
        text, places = read_plan_file(data, file=file.name, known=get_indicators(session))
        with places.naming():
            actor, at = desk.actor(session), desk.now()
            plan = import_plan(session, text, replace=replace, actor=actor, at=at)
        code, title = plan.code, plan.title
    done = f"已导入：{title}（{code}）。下一步：plan launch {code}"
    lines = [*(f"· {note}" for note in text.notes), done]
    desk.answer({"code": code, "notes": text.notes}, shown="\n".join(lines))


@app.command()
def show(context: typer.Context, code: Code) -> None:
    """看一个计划：报送和任务。"""
    desk = desk_of(context)
    with desk.reading() as session:
        plan = get_plan_within(session, code, actor=desk.actor(session))
        issuer = get_card(session, plan.issuer).code
        rounds, targets = list_rounds(session, plan.id), list_targets(session, plan.id)
        counts = count_assignments_by_target(session, plan)
    asked = answers.targets(targets)["items"]
    answer = {
        **answers.plan(plan, issuer=issuer),
        "rounds": answers.rounds(rounds, today=shanghai_date(desk.now()))["items"],
        "targets": [{**each, "assignments": counts[each["code"]]} for each in asked],
    }
    desk.answer(answer)
    if desk.as_json:
        return
    desk.say(f"{plan.title}（{code}，{WORDS[PlanStatus(plan.status)]}）")
    _show_rounds(rounds)
    rows = [(each.code, each.title, counts[each.code], each.source) for each in targets]
    out.print(table("任务", "名称", "已下达", "依据", rows=rows, right=("已下达",)))


def _show_rounds(rounds: Sequence[RoundRow]) -> None:
    rows = [
        (each.code, each.title, each.opens_on, each.done_by or "", each.due_date, each.locks_on,
         "暂定" if each.is_provisional else "")
        for each in rounds
    ]  # fmt: skip
    out.print(table("报送", "名称", "开放", "办理时限", "报送时限", "截止", "", rows=rows))
    if any(each.is_provisional for each in rounds):
        out.print("暂定：放假通知还没有公布，用 calendar load 装入后重算。")


@app.command()
def launch(
    context: typer.Context,
    code: Code,
    wait: Annotated[bool, typer.Option("--wait", help="等到下达完，显示进度")] = False,
    targets: Annotated[str, typer.Option(help="只下达这些任务，用逗号分开")] = "",
    backfill: Annotated[
        bool, typer.Option("--backfill", help="补录：已过的报送仍可报，都不算迟报")
    ] = False,
    reason: Annotated[str, typer.Option(help="有的报送来不及时，为什么仍要下达")] = "",
) -> None:
    """下达计划（由流程执行，可以重复）。"""
    desk = desk_of(context)
    named = tuple(word.strip() for word in targets.replace("，", ",").split(",") if word.strip())
    done = launch_plan(desk, code, targets=named, backfill=backfill, reason=reason, wait=wait)
    said = "已过的报送仍可补报，都不算迟报。" if backfill else ""
    desk.answer(done, shown=done.sentence + said)


@app.command("seed-coverage")
def seed_coverage(
    context: typer.Context,
    file: PlanFile,
    duties: Annotated[Path, typer.Argument(help="三份计划的条款，yaml")],
    output: Annotated[Path, typer.Option("-o", help="写到哪里")] = Path("docs/seed-coverage.md"),
) -> None:
    """写出每条职责由哪个任务来衡量，或为什么没有。"""
    text = read_plan(read_file(file), file=file.name, known=None)
    page = write_coverage(text, read_duties(read_file(duties), file=duties.name))
    write_file(output, page)
    desk_of(context).answer({"file": str(output)}, shown=f"已写出 {output}")


for each in (plan_files.template, plan_files.export, plan_files.copy, amend, coverage):
    app.command()(each)
