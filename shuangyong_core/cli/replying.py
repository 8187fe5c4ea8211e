"""`shuangyong report confirm | object | answer`: a unit's word on what was typed for it (代填)."""

from __future__ import annotations

from typing import Annotated

import typer

from shuangyong_core.answers import acts as answers
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.cli.report import Plan, Round, Unit
from shuangyong_core.reports.actions import answer_objection, object_to
from shuangyong_core.reports.actions import confirm as confirm_report
from shuangyong_core.reports.queries.place import find_report, latest_no


def confirm(context: typer.Context, plan: Plan, unit: Unit, round_: Round) -> None:
    """确认代填的数与本单位一致。"""
    desk = desk_of(context)
    with desk.writing("report.confirm", f"{plan}/{round_}/{unit}") as session:
        actor, at = desk.actor(session), desk.now()
        said = confirm_report(session, plan, round_, unit, actor=actor, at=at)
    desk.answer(answers.reply(said), shown=f"已确认：{unit} {round_} 第 {said.no} 次报送。")


def object_(
    context: typer.Context,
    plan: Plan,
    unit: Unit,
    round_: Round,
    reason: Annotated[str, typer.Option(help="哪里不对，一次说清")],
) -> None:
    """对代填的数提出异议。"""
    desk = desk_of(context)
    with desk.writing("report.object", f"{plan}/{round_}/{unit}") as session:
        actor, at = desk.actor(session), desk.now()
        said = object_to(session, plan, round_, unit, reason=reason, actor=actor, at=at)
    shown = f"已提出异议：{unit} {round_} 第 {said.no} 次报送，由审核的人复核或答复。"
    desk.answer(answers.reply(said), shown=shown)


def answer(
    context: typer.Context,
    plan: Plan,
    unit: Unit,
    round_: Round,
    reason: Annotated[str, typer.Option(help="答复单位的话")],
) -> None:
    """答复单位的异议，数不变。"""
    desk = desk_of(context)
    with desk.writing("report.answer", f"{plan}/{round_}/{unit}") as session:
        report = find_report(session, plan, round_, unit)
        said = answer_objection(
            session, report, no=latest_no(session, report), answer=reason,
            actor=desk.actor(session), at=desk.now(),
        )  # fmt: skip
    desk.answer(answers.reply(said), shown=f"已答复：{unit} {round_} 第 {said.no} 次报送。")
