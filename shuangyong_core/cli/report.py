"""`shuangyong report`: send reports from files, and decide them, as the web does."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from shuangyong_core.answers import items
from shuangyong_core.cli.desk import desk_of, read_file
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.strict_json import read_json
from shuangyong_core.reports.actions import accept as accept_report
from shuangyong_core.reports.actions import return_for_revision
from shuangyong_core.reports.actions import submit as submit_report
from shuangyong_core.reports.queries.place import find_report, latest_no

app = typer.Typer(help="报送：报、审核、退回", no_args_is_help=True)
Plan = Annotated[str, typer.Option("--plan", help="计划编码")]
Unit = Annotated[str, typer.Option("--unit", help="单位编码")]
Round = Annotated[str, typer.Option("--round", help="哪次报送，如 R2")]


@app.command()
def submit(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="json 文件，- 是标准输入；一份或一组")],
    key: Annotated[str | None, typer.Option(help="同一个键只算一次（只能用于一份）")] = None,
) -> None:
    """报送一份或一组报告：全部报出，或者一份都不报。"""
    desk = desk_of(context)
    name = "标准输入" if file == "-" else Path(file).name
    data = sys.stdin.buffer.read() if file == "-" else read_file(Path(file))
    bodies = _bodies(read_json(data), name)
    receipts = []
    with desk.writing("report.submit", name) as session:
        actor, at = desk.actor(session), desk.now()
        for body in bodies:
            receipts.append(
                submit_report(
                    session,
                    str(body["plan"]),
                    str(body["round"]),
                    str(body["unit"]),
                    body=body,
                    channel="command",
                    key=key if len(bodies) == 1 else None,
                    on_behalf=bool(body.get("on_behalf", False)),
                    actor=actor,
                    at=at,
                )
            )
    lines = [f"已报送，回执号 {receipt.number}" for receipt in receipts]
    lines += [f"已自动更正：{note}" for receipt in receipts for note in receipt.normalised]
    desk.answer(items(receipts), shown="\n".join(lines))


def _bodies(read: Any, name: str) -> list[dict[str, Any]]:
    bodies = read if isinstance(read, list) else [read]
    problems = []
    for number, body in enumerate(bodies, start=1):
        lacking = [word for word in ("plan", "unit", "round", "figures")
                   if not isinstance(body, dict) or word not in body]  # fmt: skip
        if lacking:
            message = f"第 {number} 份缺少 {'、'.join(lacking)}。"
            problems.append(Problem("shape", message, file=name))
    if problems or not bodies:
        raise Problems(problems or [Problem("empty", "里面没有报告。", file=name)])
    return bodies


@app.command()
def accept(context: typer.Context, plan: Plan, unit: Unit, round_: Round) -> None:
    """通过一份报送。"""
    desk = desk_of(context)
    with desk.writing("report.accept", f"{plan}/{round_}/{unit}") as session:
        found = find_report(session, plan, round_, unit)
        done = accept_report(
            session,
            found,
            no=latest_no(session, found),
            actor=desk.actor(session),
            at=desk.now(),
        )
    desk.answer(done, shown=f"已通过：{unit} {round_}")


@app.command("return")
def return_(
    context: typer.Context,
    plan: Plan,
    unit: Unit,
    round_: Round,
    reason: Annotated[str, typer.Option(help="为什么退回，一次说清")],
    field: Annotated[list[str] | None, typer.Option(help="任务=要改什么，可写多个")] = None,
) -> None:
    """退回修改。"""
    desk = desk_of(context)
    fields = dict(word.partition("=")[::2] for word in field or [])
    with desk.writing("report.return", f"{plan}/{round_}/{unit}") as session:
        found = find_report(session, plan, round_, unit)
        done = return_for_revision(
            session,
            found,
            no=latest_no(session, found),
            reason=reason,
            fields=fields,
            actor=desk.actor(session),
            at=desk.now(),
        )
    desk.answer(done, shown=f"已退回：{unit} {round_}")
