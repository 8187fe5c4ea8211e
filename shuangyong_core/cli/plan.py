"""`shuangyong plan`: check, import, show, launch a year's plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from shuangyong_core.answers import items, plain
from shuangyong_core.assignments.queries.launching import count_assignments_by_target
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.calendar.rules import Calendar, label
from shuangyong_core.cli.desk import Desk, NotInstalled, desk_of, out, read_file
from shuangyong_core.cli.launching import launch as launch_plan
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.actions import import_plan
from shuangyong_core.plans.models import PlanStatus
from shuangyong_core.plans.queries import get_plan, list_plans, list_rounds, list_targets
from shuangyong_core.plans.queries.known import get_indicators, get_unit_list
from shuangyong_core.plans.rules.check_plan import Report
from shuangyong_core.plans.rules.check_plan import check as check_text
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.plans.rules.seed_coverage import read_duties, write_coverage
from shuangyong_core.plans.rules.status import WORDS
from shuangyong_core.units.reading import read_units
from shuangyong_core.units.rules import check_units

app = typer.Typer(help="计划：核对、导入、下达", no_args_is_help=True)
PlanFile = Annotated[Path, typer.Argument(help="计划文件（yaml）")]
Code = Annotated[str, typer.Argument(help="计划编码")]


@app.command("list")
def list_(context: typer.Context) -> None:
    """列出计划。"""
    desk = desk_of(context)
    with desk.reading() as session:
        plans = list(list_plans(session))
    table = Table("编码", "年度", "名称", "状态", box=None)
    for plan in plans:
        table.add_row(plan.code, str(plan.year), plan.title, WORDS[PlanStatus(plan.status)])
    found = [
        {"code": plan.code, "year": plan.year, "title": plan.title, "status": plan.status}
        for plan in plans
    ]
    desk.answer(items(found), shown=table)


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
        desk.answer({"burden": found.burden, "warnings": found.warnings, "notes": found.notes})
        return
    for line in (*found.notes, *found.warnings):
        out.print("· " + escape(line), soft_wrap=True)
    table = Table("填报单位", "单位数", "一年几次", "一年几个数", box=None)
    for each in found.burden:
        count = "" if each.unit_count is None else str(each.unit_count)
        table.add_row(each.name, count, str(each.rounds), str(each.fields))
    out.print(table)
    out.print("核对通过，没有问题。")


def _check(desk: Desk, file: Path, units: Path | None) -> Report:
    known, listed, calendar = None, None, Calendar({})
    try:
        with desk.reading() as session:
            known, calendar = get_indicators(session), get_calendar(session)
            listed = get_unit_list(session)
    except NotInstalled:
        # A plan can be checked before anything is installed.
        pass
    if units is not None:
        listed = read_units(read_file(units), units.name)
        problems = check_units(listed)
        if problems:
            raise Problems(problems)
    text = read_plan(read_file(file), file=file.name, known=known)
    return check_text(text, listed, calendar, known=known)


@app.command("import")
def import_(
    context: typer.Context,
    file: PlanFile,
    replace: Annotated[bool, typer.Option("--replace", help="代替同编码的草稿")] = False,
) -> None:
    """把计划导入为草稿：全部写入，或者什么都不写。"""
    desk = desk_of(context)
    data = read_file(file)
    with desk.writing("plan.import", file.name) as session:
        text = read_plan(data, file=file.name, known=get_indicators(session))
        plan = import_plan(session, text, replace=replace, actor=desk.actor(session), at=desk.now())
        code, title = plan.code, plan.title
    desk.answer({"code": code}, shown=f"已导入：{title}（{code}）。下一步：plan launch {code}")


@app.command()
def show(context: typer.Context, code: Code) -> None:
    """看一个计划：报送和任务。"""
    desk = desk_of(context)
    with desk.reading() as session:
        plan = get_plan(session, code)
        rounds, targets = list_rounds(session, plan.id), list_targets(session, plan.id)
        counts = count_assignments_by_target(session, plan)
    if desk.as_json:
        head = {"code": plan.code, "year": plan.year, "title": plan.title, "status": plan.status}
        counted = [plain(each) | {"assignments": counts[each.code]} for each in targets]
        desk.answer(head | {"rounds": rounds, "targets": counted})
        return
    out.print(f"{plan.title}（{code}，{WORDS[PlanStatus(plan.status)]}）")
    table = Table("报送", "名称", "开放", "报送时限", "截止", "办理时限", box=None)
    for each in rounds:
        days = (each.opens_on, each.due_date, each.locks_on, each.done_by)
        shown = [label(day, each.is_provisional) if day else "" for day in days]
        table.add_row(each.code, each.title, *shown)
    out.print(table)
    lines = Table("任务", "名称", "类别", "依据", "已下达（项）", box=None)
    for target in targets:
        title, count = escape(target.title), str(counts[target.code])
        lines.add_row(target.code, title, target.category, target.source, count)
    out.print(lines)


@app.command()
def launch(
    context: typer.Context,
    code: Code,
    wait: Annotated[bool, typer.Option("--wait", help="等到下达完，显示进度")] = False,
    targets: Annotated[str, typer.Option(help="只下达这些任务，逗号分开")] = "",
) -> None:
    """下达计划（由流程执行，可以重复）。"""
    desk = desk_of(context)
    named = tuple(word.strip() for word in targets.replace("，", ",").split(",") if word.strip())
    done = launch_plan(desk, code, targets=named, wait=wait)
    desk.answer(done, shown=done.sentence)


@app.command("seed-coverage")
def seed_coverage(
    context: typer.Context,
    file: PlanFile,
    duties: Annotated[Path, typer.Argument(help="三份计划的条款（yaml）")],
    output: Annotated[Path, typer.Option("-o", help="写到哪里")] = Path("docs/seed-coverage.md"),
) -> None:
    """写出每条职责由哪个任务来衡量，或为什么没有。"""
    text = read_plan(read_file(file), file=file.name, known=None)
    page = write_coverage(text, read_duties(read_file(duties), file=duties.name))
    if not output.parent.is_dir():
        raise Problems([Problem("file", "没有这个文件夹。", file=str(output.parent))])
    output.write_text(page, encoding="utf-8")
    desk_of(context).answer({"file": str(output)}, shown=f"已写出 {output}")
