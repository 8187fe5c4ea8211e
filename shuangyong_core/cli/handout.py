"""`shuangyong handout`: hand out, sign for, pass on, report as done, strike off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from shuangyong_core.answers import supervision as answers
from shuangyong_core.cli.dates import read_day
from shuangyong_core.cli.desk import Desk, desk_of
from shuangyong_core.cli.evidence import store_file
from shuangyong_core.clock import shanghai_date
from shuangyong_core.supervision import actions
from shuangyong_core.supervision.actions.issue import Wanted
from shuangyong_core.supervision.queries.place import require_answerer_of
from shuangyong_core.supervision.queries.register import HandoutRow, get_handout, list_handouts
from shuangyong_core.supervision.rules.handouts import HANDOUT_WORDS, UNIT_WORDS

app = typer.Typer(help="交办：登记、签收、转办、报办结、销号", no_args_is_help=True)
Number = Annotated[
    str, typer.Argument(metavar="编号", help="如 双拥交办〔2026〕1号 或 990106-2026-1")
]
Unit = Annotated[str, typer.Option("--unit", help="承办单位的编码")]
Reason = Annotated[str, typer.Option("--reason", help="原因")]
Due = Annotated[str, typer.Option("--due", help="办结时限，如 2026-07-31")]


@app.command("list")
def list_(
    context: typer.Context,
    plan: Annotated[str | None, typer.Option("--plan", help="计划编码")] = None,
) -> None:
    """交办登记。"""
    desk = desk_of(context)
    with desk.reading() as session:
        today = shanghai_date(desk.now())
        rows = list_handouts(session, actor=desk.actor(session), today=today, plan=plan)
    desk.answer(answers.handouts(rows), shown="\n".join(map(_line, rows)) or "还没有交办。")


@app.command()
def show(context: typer.Context, number: Number) -> None:
    """看一件交办。"""
    _tell(desk_of(context), number)


@app.command()
def issue(
    context: typer.Context,
    title: Annotated[str, typer.Option("--title", help="事项")],
    text: Annotated[str, typer.Option("--text", help="要求")],
    due: Due,
    to: Annotated[list[str], typer.Option("--to", help="承办单位的编码，可以写几次")],
    plan: Annotated[str | None, typer.Option("--plan", help="计划编码")] = None,
    unit: Annotated[str | None, typer.Option("--from", help="交办单位的编码")] = None,
) -> None:
    """交办一件事，登记编号。"""
    desk = desk_of(context)
    day = read_day(due, field="--due")
    wanted = Wanted(title, text, day, to, plan=plan, giver=unit)
    with desk.writing("handout.issue", plan or "") as session:
        name = actions.issue_handout(
            session, wanted, is_direct=desk.settings.handouts_direct,
            actor=desk.actor(session), at=desk.now(),
        )  # fmt: skip
    _tell(desk, name)


@app.command()
def acknowledge(context: typer.Context, number: Number, unit: Unit) -> None:
    """签收。"""
    _act(context, "acknowledge", actions.acknowledge_handout, number, unit)


@app.command("pass-on")
def pass_on(
    context: typer.Context,
    number: Number,
    unit: Unit,
    to: Annotated[list[str], typer.Option("--to", help="下级单位的编码，可以写几次")],
    due: Annotated[str | None, typer.Option("--due", help="办结时限，不写随上级")] = None,
) -> None:
    """转办给直接下级。"""
    day = read_day(due, field="--due") if due else None
    _act(context, "pass_on", actions.pass_on, number, unit, units=to, due_date=day)


@app.command()
def answer(
    context: typer.Context,
    number: Number,
    unit: Unit,
    text: Annotated[str, typer.Option("--text", help="办理情况")],
    file: Annotated[
        list[Path] | None, typer.Option("--file", help="附上的 jpg、png、pdf，可以写几次")
    ] = None,
) -> None:
    """报办结，附上的文件一起送出。"""
    desk = desk_of(context)
    at = desk.now()
    with desk.reading() as session:
        require_answerer_of(session, number, unit, actor=desk.actor(session))
    laid = [(path.name, store_file(desk, path)) for path in file or []]
    with desk.writing("handout.answer", f"handout:{number}") as session:
        actor = desk.actor(session)
        for name, stored in laid:
            actions.attach_to_answer(
                session, number, unit, stored=stored, file_name=name, actor=actor, at=at
            )
        actions.answer_handout(session, number, unit, text=text, actor=actor, at=at)
    _tell(desk, number)


@app.command()
def close(context: typer.Context, number: Number, unit: Unit) -> None:
    """销号，由交办单位办理。"""
    _act(context, "close", actions.close_handout, number, unit)


@app.command("return")
def return_(context: typer.Context, number: Number, unit: Unit, reason: Reason) -> None:
    """退回办结报告。"""
    _act(context, "return", actions.return_answer, number, unit, reason=reason)


@app.command()
def withdraw(context: typer.Context, number: Number, unit: Unit, reason: Reason) -> None:
    """从一个单位收回。"""
    _act(context, "withdraw", actions.withdraw_unit, number, unit, reason=reason)


@app.command()
def cancel(context: typer.Context, number: Number, reason: Reason) -> None:
    """撤销整件交办，编号保留。"""
    _act(context, "cancel", actions.cancel_handout, number, reason=reason)


def _act(
    context: typer.Context, what: str, act: Callable[..., Any], number: str, *unit: str, **said: Any
) -> None:
    desk = desk_of(context)
    with desk.writing(f"handout.{what}", f"handout:{number}") as session:
        act(session, number, *unit, **said, actor=desk.actor(session), at=desk.now())
    _tell(desk, number)


def _tell(desk: Desk, number: str) -> None:
    with desk.reading() as session:
        today = shanghai_date(desk.now())
        row = get_handout(session, number, actor=desk.actor(session), today=today)
    parts = [
        f"  {each.part.unit_code} {each.part.unit_name} {UNIT_WORDS[each.part.status]}"
        f" {each.lamp.words}".rstrip()
        for each in row.parts
    ]
    desk.answer(answers.handout(row), shown="\n".join([_line(row), *parts]))


def _line(row: HandoutRow) -> str:
    state = HANDOUT_WORDS[row.status]
    return f"{row.number} {row.title}（{row.reference}），{row.due_date} 前办结，{state}"
