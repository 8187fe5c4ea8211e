"""`shuangyong calendar`: load a year's holiday notice, show how a year stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shuangyong_core.amendments.actions import load_holiday_notice
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.calendar.rules import parse_notice
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.cli.files import naming, read_text

app = typer.Typer(help="日历：装入放假通知", no_args_is_help=True)


@app.command()
def show(
    context: typer.Context, year: Annotated[int, typer.Argument(min=1949, max=2099, help="哪一年")]
) -> None:
    """这一年的放假安排公布了没有。"""
    desk = desk_of(context)
    with desk.reading() as session:
        desk.actor(session)
        provisional = get_calendar(session).is_provisional(year)
    word = "还没有公布放假通知，工作日和时限是暂定的" if provisional else "按已公布的放假通知计算"
    desk.answer({"year": year, "provisional": provisional}, shown=f"{year}年：{word}。")


@app.command()
def load(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="csv：date,kind,name（kind 写 休 或 班）")],
    source: Annotated[str, typer.Option(help="依据，如 通知的文号")] = "",
) -> None:
    """装入一年的放假通知，计划里的时限随之重算。"""
    desk = desk_of(context)
    with naming(file.name):
        year, days = parse_notice(read_text(file))
    with naming(file.name), desk.writing("calendar.load", str(year)) as session:
        done = load_holiday_notice(
            session,
            year=year,
            days=days,
            source=source or file.name,
            actor=desk.actor(session),
            at=desk.now(),
        )
    shown = f"{year}年放假通知已装入，重算 {done.rounds} 次报送、{done.items} 项应报事项的时限。"
    desk.answer(done, shown=shown if done.is_new else f"{year}年的通知早已装入，没有变化。")
