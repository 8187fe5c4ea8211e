"""`shuangyong problem` and `shuangyong notices`: what comes up unasked, and what was told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from shuangyong_core.answers import supervision as answers
from shuangyong_core.cli.dates import read_day
from shuangyong_core.cli.desk import Desk, desk_of
from shuangyong_core.supervision import actions
from shuangyong_core.supervision.actions.raise_problem import Raised
from shuangyong_core.supervision.queries.notices import list_notices
from shuangyong_core.supervision.queries.problems import ProblemRow, get_problem, list_problems
from shuangyong_core.supervision.rules.problems import PROBLEM_WORDS

app = typer.Typer(help="需协调事项：提出、答复、上报、办结", no_args_is_help=True)
Number = Annotated[
    str, typer.Argument(metavar="编号", help="如 需协调〔2026〕1号 或 990106-2026-1")
]
Text = Annotated[str, typer.Option("--text", help="内容")]
Reason = Annotated[str, typer.Option("--reason", help="原因")]


@app.command("list")
def list_(
    context: typer.Context,
    plan: Annotated[str | None, typer.Option("--plan", help="计划编码")] = None,
) -> None:
    """列出需协调事项。"""
    desk = desk_of(context)
    with desk.reading() as session:
        rows = list_problems(session, actor=desk.actor(session), plan=plan)
    shown = "\n".join(map(_line, rows)) or "没有需协调事项。"
    desk.answer(answers.problems(rows), shown=shown)


@app.command("raise")
def raise_(
    context: typer.Context,
    title: Annotated[str, typer.Option("--title", help="事项")],
    text: Text,
    unit: Annotated[str | None, typer.Option("--unit", help="提出单位的编码")] = None,
    plan: Annotated[str | None, typer.Option("--plan", help="计划编码")] = None,
    wished_by: Annotated[
        str | None, typer.Option("--by", help="希望哪天前答复，如 2026-07-31")
    ] = None,
) -> None:
    """提出，报给上级。"""
    desk = desk_of(context)
    day = read_day(wished_by, field="--by") if wished_by else None
    raised = Raised(title, text, day, plan=plan, unit=unit)
    with desk.writing("problem.raise", unit or "") as session:
        actor, at = desk.actor(session), desk.now()
        name = actions.raise_problem(session, raised, actor=actor, at=at)
    _tell(desk, name)


@app.command()
def answer(context: typer.Context, number: Number, text: Text) -> None:
    """答复。"""
    _act(context, "answer", actions.answer_problem, number, text=text)


@app.command("pass-up")
def pass_up(
    context: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", help="为什么，可以不写")] = "",
) -> None:
    """上报一级。"""
    _act(context, "pass_up", actions.pass_up, number, reason=reason)


@app.command()
def reopen(context: typer.Context, number: Number, reason: Reason) -> None:
    """答复后仍需协调。"""
    _act(context, "reopen", actions.reopen_problem, number, reason=reason)


@app.command()
def close(context: typer.Context, number: Number) -> None:
    """办结，由提出的单位办理。"""
    _act(context, "close", actions.close_problem, number)


def notices(
    context: typer.Context,
    unit: Annotated[str | None, typer.Option("--unit", help="单位编码")] = None,
    unread: Annotated[bool, typer.Option("--unread", help="只列没看过的")] = False,
) -> None:
    """通知：交办、退回、答复。"""
    desk = desk_of(context)
    with desk.reading() as session:
        actor = desk.actor(session)
        rows = list_notices(session, actor=actor, unit=unit, only_unread=unread)
    lines = [f"{'' if row.read_at else '● '}{row.unit_name} {row.text}" for row in rows]
    desk.answer(answers.notices(rows), shown="\n".join(lines) or "没有通知。")


def _act(
    context: typer.Context, what: str, act: Callable[..., Any], number: str, **said: Any
) -> None:
    desk = desk_of(context)
    with desk.writing(f"problem.{what}", f"problem:{number}") as session:
        act(session, number, **said, actor=desk.actor(session), at=desk.now())
    _tell(desk, number)


def _tell(desk: Desk, number: str) -> None:
    with desk.reading() as session:
        row = get_problem(session, number, actor=desk.actor(session))
    desk.answer(answers.problem(row), shown=_line(row))


def _line(row: ProblemRow) -> str:
    state = PROBLEM_WORDS[row.status]
    said = f"，答复：{row.answer}" if row.answer else ""
    where = f"{state}，由{row.holder_name}协调"
    return f"{row.number} {row.unit_name} {row.title}（{row.reference}），{where}{said}"
