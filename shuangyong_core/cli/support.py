"""`shuangyong support`: what a unit supports (配合), a file for its lead, taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from shuangyong_core.answers import supports as answers
from shuangyong_core.cli.desk import Desk, desk_of
from shuangyong_core.cli.evidence import store_file
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.queries.within import get_plan_within, get_unit_in
from shuangyong_core.reports.actions.support import hand_in, require_support, take_back
from shuangyong_core.reports.queries.supports import Support, list_supports
from shuangyong_core.reports.rules.showing import show_figure
from shuangyong_core.reports.rules.status import STATUS_WORDS

app = typer.Typer(help="配合：看配合哪些任务，交材料给牵头单位，取回", no_args_is_help=True)
PlanCode = Annotated[str, typer.Option("--plan", help="计划编码")]
Unit = Annotated[str, typer.Option("--unit", help="配合单位的编码")]
Round = Annotated[str, typer.Option("--round", help="哪次报送，如 R2")]
Target = Annotated[str, typer.Option("--target", help="任务编码，如 F01")]


@app.command("list")
def list_(context: typer.Context, plan: PlanCode, unit: Unit) -> None:
    """一个单位配合哪些任务，谁牵头，报到哪一步，交了什么材料。"""
    _tell(desk_of(context), plan, unit)


@app.command()
def attach(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="jpg、png 或 pdf")],
    plan: PlanCode,
    unit: Unit,
    round_: Round,
    target: Target,
    note: Annotated[str, typer.Option("--note", help="一句说明，可以不写")] = "",
) -> None:
    """交一个文件给牵头单位；数仍由牵头单位报，只算一次。"""
    desk = desk_of(context)
    at = desk.now()
    with desk.reading() as session:
        actor = desk.actor(session)
        require_support(session, plan, round_, unit, target=target, actor=actor, at=at)
    stored = store_file(desk, file)
    with desk.writing("report.support", f"{plan}/{round_}/{unit}") as session:
        hand_in(
            session, plan, round_, unit, target=target, stored=stored, name=file.name, note=note,
            actor=desk.actor(session), at=at,
        )  # fmt: skip
    _tell(desk, plan, unit)


@app.command()
def withdraw(
    context: typer.Context,
    sha256: Annotated[str, typer.Argument(help="文件的 sha256，support list 里有")],
    plan: PlanCode,
    unit: Unit,
    round_: Round,
    target: Target,
) -> None:
    """取回交出的文件；那次报送截止前可以。"""
    desk = desk_of(context)
    with desk.writing("report.support_back", f"{plan}/{round_}/{unit}") as session:
        actor, at = desk.actor(session), desk.now()
        take_back(session, plan, round_, unit, target=target, sha256=sha256, actor=actor, at=at)
    _tell(desk, plan, unit)


def _tell(desk: Desk, plan: str, unit: str) -> None:
    with desk.reading() as session:
        actor = desk.actor(session)
        found = get_plan_within(session, plan, actor=actor)
        rows = list_supports(session, found, unit=get_unit_in(session, found, unit, actor=actor))
    shown = "\n".join(_lines(rows)) or "今年没有配合任务。"
    desk.answer(answers.supports(rows, today=shanghai_date(desk.now())), shown=shown)


def _lines(rows: Sequence[Support]) -> Iterator[str]:
    for one in rows:
        yield f"{one.target.code} {one.target.title}，牵头 {one.lead.name}（{one.lead.code}）"
        for each in one.rounds:
            standing, item = each.round.standing, each.item
            said = f"，报了 {show_figure(item.value, item.required)}" if item.value else ""
            state = STATUS_WORDS[standing.status]
            yield f"  {standing.round_code} {standing.due} 前报送，{state}{said}"
            for file in each.files:
                note = f"，{file.note}" if file.note else ""
                yield f"    {file.file.name}{note}（{file.file.sha256}）"
