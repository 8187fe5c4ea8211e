"""`shuangyong round`: what the figures of a round were used for."""

from __future__ import annotations

from typing import Annotated

import typer

from shuangyong_core.cli.desk import desk_of
from shuangyong_core.reports.actions import tell_use

app = typer.Typer(help="报送：写用途", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps `use` a word of its own, though it is the only command."""


@app.command()
def use(
    context: typer.Context,
    plan: Annotated[str, typer.Option("--plan", help="计划编码")],
    round_: Annotated[str, typer.Option("--round", help="哪次报送，如 R2")],
    text: Annotated[str, typer.Option("--text", help="用在哪里，一句话")],
    ref: Annotated[str, typer.Option("--ref", help="文号，没有可以不写")] = "",
) -> None:
    """写一次报送的数用在哪里，各单位的反馈上看得到。"""
    desk = desk_of(context)
    with desk.writing("round.use", f"{plan}/{round_}") as session:
        actor, at = desk.actor(session), desk.now()
        told = tell_use(session, plan, round_, text=text, ref=ref, actor=actor, at=at)
    answer = {"plan": plan, "round": told.round_code, "text": told.text, "ref": told.ref}
    desk.answer(answer, shown=f"“{told.round_title}”报送的用途：{told.sentence}。")
