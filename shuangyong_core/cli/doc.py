"""`shuangyong doc`: papers for units, as PDF or Word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shuangyong_core.cli.desk import desk_of
from shuangyong_core.cli.files import write_bytes
from shuangyong_core.documents.back import back_paper, back_sheets
from shuangyong_core.documents.filing import Format, Paper
from shuangyong_core.documents.year import year_paper, year_sheets
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.queries import get_round, subtree_of
from shuangyong_core.plans.queries.within import get_plan_within, get_unit_in

app = typer.Typer(help="纸面：每个单位一页，写成 pdf 或 docx", no_args_is_help=True)
PlanCode = Annotated[str, typer.Option("--plan", help="计划编码")]
UnitCode = Annotated[str, typer.Option("--unit", help="单位编码")]
RoundCode = Annotated[str, typer.Option("--round", help="哪次报送，如 R2")]
Below = Annotated[bool, typer.Option("--below", help="连同下级，每个单位一页")]
Output = Annotated[Path, typer.Option("-o", "--output", help="写到哪里，.pdf 或 .docx")]
NOTHING = Problem("nothing", "没有要报的数，没有可印的。", field="--unit")


@app.command()
def page(
    context: typer.Context, plan: PlanCode, unit: UnitCode, output: Output, below: Below = False
) -> None:
    """本单位今年要报什么：一个单位一页 A4。"""
    desk = desk_of(context)
    format = format_of(output)
    with desk.reading() as session:
        actor = desk.actor(session)
        found = get_plan_within(session, plan, actor=actor)
        top = get_unit_in(session, found, unit, actor=actor)
        units = subtree_of(found.id, top) if below else [top]
        home, today = desk.settings.home, desk.settings.clock.today()
        sheets = year_sheets(session, found, units, home=home, today=today)
    if not sheets:
        raise Problems([NOTHING])
    paper = year_paper(sheets, format=format, name=output.stem)
    write_bytes(output, paper.data)
    desk.answer(told(output, paper), shown=f"已写出 {output}：{paper.pages} 个单位，各一页。")


@app.command()
def back(
    context: typer.Context,
    plan: PlanCode,
    unit: UnitCode,
    round_: RoundCode,
    output: Output,
    below: Below = False,
) -> None:
    """报送反馈：合计、本单位、与同类比、用在哪里，一个单位一页。"""
    desk = desk_of(context)
    format = format_of(output)
    with desk.reading() as session:
        actor = desk.actor(session)
        found = get_plan_within(session, plan, actor=actor)
        top = get_unit_in(session, found, unit, actor=actor)
        units = subtree_of(found.id, top) if below else [top]
        named = get_round(session, found.id, round_)
        sheets = back_sheets(session, found, named, units, today=desk.settings.clock.today())
    if not sheets:
        raise Problems([NOTHING])
    paper = back_paper(sheets, format=format, name=output.stem)
    write_bytes(output, paper.data)
    desk.answer(told(output, paper), shown=f"已写出 {output}：{paper.pages} 个单位，各一页。")


def format_of(output: Path) -> Format:
    """This function will read the format off a file's name; raises Problems."""
    ending = output.suffix.lower().removeprefix(".")
    if ending not in set(Format):
        why = "文件名要以 .pdf 或 .docx 结尾。"
        raise Problems([Problem("format", why, field="-o", value=output.name)])
    return Format(ending)


def told(output: Path, paper: Paper) -> dict[str, object]:
    """This function will say what was written."""
    return {"file": str(output), "pages": paper.pages, "bytes": len(paper.data)}
