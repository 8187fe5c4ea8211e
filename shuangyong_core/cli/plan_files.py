"""`shuangyong plan template | export | copy`: a plan as a workbook, and for another year."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.cli.desk import Desk, NotInstalled, desk_of, out
from shuangyong_core.cli.files import write_bytes
from shuangyong_core.cli.tables import table
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Refused
from shuangyong_core.plans.actions.copy_plan import copy_plan
from shuangyong_core.plans.catalogue import catalogue, find_offices
from shuangyong_core.plans.queries import list_rounds
from shuangyong_core.plans.queries.body import indicator_body, plan_body
from shuangyong_core.plans.queries.known import get_indicators, get_unit_list
from shuangyong_core.plans.queries.within import get_plan_within
from shuangyong_core.plans.rules.next_year import into_year, next_code
from shuangyong_core.plans.rules.nodes import write_nodes
from shuangyong_core.plans.rules.usual_plan import usual_plan
from shuangyong_core.plans.rules.workdays import to_workdays
from shuangyong_core.plans.workbook import write_book
from shuangyong_core.rollups.queries.show import show
from shuangyong_core.units.rules import UnitList

NEXT_YEAR_FROM = 10  # from October on, whoever asks for a plan means next year's
Book = Annotated[Path, typer.Argument(help="写到哪里，.xlsx")]
Year = Annotated[int | None, typer.Option(min=2000, max=2099, help="年度")]


class UnknownFormat(Refused):
    """The name of a file says neither workbook nor yaml."""

    message = "文件名要以 .xlsx 或 .yaml 结尾：{file}。"
    code = "unknown_format"


def template(
    context: typer.Context,
    file: Book,
    year: Year = None,
    source: Annotated[str, typer.Option("--from", help="照这个计划打好勾")] = "",
) -> None:
    """写出一个工作簿：填表头、看日期、在任务目录里打勾，不用写 YAML。"""
    desk = desk_of(context)
    _check_name(file, ".xlsx")
    body, listed, known, notes = _begin(desk, source, year)
    names = [(one.code, one.name) for one in listed.units if one.kind == "member_unit"]
    offices = find_offices(names)
    rounds = {one["code"] for one in body["rounds"]}
    offered = [_fitting(one.as_target(offices=offices), rounds) for one in catalogue()]
    indicators = {one.indicator["code"]: one.indicator for one in catalogue()} | known
    data = write_book(body, offered=offered, indicators=list(indicators.values()))
    write_bytes(file, data)
    ticked = len(body["targets"])
    told = [f"已写出 {file}：{len(offered)} 个任务可选，已打勾 {ticked} 个。"]
    told += [f"· {note}" for note in notes]
    answer = {"file": str(file), "offered": len(offered), "ticked": ticked, "notes": notes}
    desk.answer(answer, shown="\n".join([*told, f"填好后核对：plan check {file.name}"]))


def export(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="计划编码")],
    file: Annotated[Path, typer.Argument(help="写到哪里，.xlsx 或 .yaml")],
) -> None:
    """把计划写成文件；再导入一次，什么都不会变。"""
    desk = desk_of(context)
    _check_name(file, ".xlsx", ".yaml", ".yml")
    with desk.reading() as session:
        body = plan_body(session, get_plan_within(session, code, actor=desk.actor(session)))
    data = write_book(body) if file.suffix.lower() == ".xlsx" else write_nodes(body)
    write_bytes(file, data)
    answer = {"file": str(file), "targets": len(body["targets"])}
    desk.answer(answer, shown=f"已写出 {file}：{len(body['targets'])} 个任务。")


def copy(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help="照哪个计划")],
    new: Annotated[str, typer.Argument(help="新计划的编码")],
    year: Annotated[int, typer.Option(min=2000, max=2099, help="新计划的年度")],
) -> None:
    """照去年的计划起草另一年的：任务和目标不变，日期移到那一年的工作日。"""
    desk = desk_of(context)
    with desk.writing("plan.copy", old) as session:
        actor = desk.actor(session)
        before = get_plan_within(session, old, actor=actor)
        plan, notes = copy_plan(session, before, code=new, year=year, actor=actor, at=desk.now())
        rounds, title = list_rounds(session, plan.id), plan.title
    done = _done_last_year(desk, old)
    notes += [
        f"{one.code} 报送时限 {one.due_date} 是暂定的：{year}年放假安排公布后用 calendar load 重算"
        for one in rounds
        if one.is_provisional
    ]
    notes.append("批准会议和备案号没有带过来；先行下达的情况不带，全部任务重新下达")
    desk.answer({"code": new, "notes": notes, "last_year": done})
    if desk.as_json:
        return
    desk.say(f"已起草：{title}（{new}）。")
    for note in notes:
        desk.say(f"· {note}")
    if done:
        rows = [(one["target"], one["title"], one["goal"], one["value"]) for one in done]
        out.print(table("任务", "名称", "目标（照旧）", "上年已完成", rows=rows))
    desk.say(f"下一步：plan export {new} {new}.xlsx，改好再 plan import --replace")


def _begin(
    desk: Desk, source: str, year: int | None
) -> tuple[dict[str, Any], UnitList, dict[str, dict[str, Any]], list[str]]:
    """The body to begin with, the units and indicators at hand, and what there is to say."""
    today = shanghai_date(desk.now())
    asked = year or today.year + (today.month >= NEXT_YEAR_FROM)
    try:
        with desk.reading() as session:
            listed = get_unit_list(session) or UnitList("", ())
            known = {one.code: indicator_body(one) for one in get_indicators(session).values()}
            calendar = get_calendar(session)
            if source:
                plan = get_plan_within(session, source, actor=desk.actor(session))
                body = plan_body(session, plan)
                if year in (None, plan.year):
                    return body, listed, known, []
                code = next_code(plan.code, year=plan.year, next_year=asked)
                moved, notes = to_workdays(into_year(body, code=code, year=asked), calendar)
                return moved, listed, known, notes
    except NotInstalled:
        if source:
            raise
        # A workbook can be filled in before anything is installed.
        listed, known, calendar = UnitList("", ()), {}, Calendar()
    issuers = [one.code for one in listed.units if not one.parent]
    issuer = issuers[0] if len(issuers) == 1 else ""
    body, notes = usual_plan(asked, calendar, issuer=issuer)
    return body, listed, known, notes


def _fitting(target: dict[str, Any], rounds: set[str]) -> dict[str, Any]:
    """A plan with other rounds than the usual ones is ticked by whoever knows them."""
    named = target.get("rounds")
    if isinstance(named, list):
        target["rounds"] = [code for code in named if code in rounds]
    return target


def _check_name(file: Path, *endings: str) -> None:
    if file.suffix.lower() not in endings:
        raise UnknownFormat(file=file.name)


def _done_last_year(desk: Desk, code: str) -> list[dict[str, str]]:
    """What the plan before came to, target by target; nothing where it never went down."""
    with desk.reading() as session:
        plan = get_plan_within(session, code, actor=desk.actor(session))
        if plan.launched_at is None:
            return []
        lines = show(session, plan.id, plan.issuer, today=shanghai_date(desk.now()))
    return [
        {
            "target": line.target.code,
            "title": line.target.title,
            "goal": line.goal or "—",
            "value": line.value.text or "—",
        }
        for line in lines
    ]
