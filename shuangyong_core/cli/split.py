"""`shuangyong split`: sign for what came down, look at its split, confirm it or change it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.answers import assignments as answers
from shuangyong_core.assignments.actions.acknowledge import acknowledge as sign_for
from shuangyong_core.assignments.actions.change_split import Wish, change_split
from shuangyong_core.assignments.actions.confirm_split import confirm_split
from shuangyong_core.assignments.queries.splits import list_splits
from shuangyong_core.assignments.queries.table import list_assignments
from shuangyong_core.assignments.rules.quotas import read_quotas
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import get_target
from shuangyong_core.plans.queries.within import get_plan_within, get_unit_in

app = typer.Typer(help="分解：签收、看分解、确认下达、改分解", no_args_is_help=True)
PlanCode = Annotated[str, typer.Option("--plan", help="计划编码")]
UnitCode = Annotated[str, typer.Option("--unit", help="单位编码")]
OWN = "own"


@app.command()
def show(context: typer.Context, plan: PlanCode, unit: UnitCode) -> None:
    """本单位要往下分的任务，各下级分到多少。"""
    desk = desk_of(context)
    with desk.reading() as session:
        actor = desk.actor(session)
        found, here = _place(session, plan, unit, actor)
        splits = list_splits(session, found, unit=here)
        answer = answers.assignments(
            list_assignments(session, found, unit=here, actor=actor), splits, unit=unit
        )
    table = Table("任务", "单位", "分到", "状态", box=None)
    words = {"proposed": "建议", "confirmed": "已确认", "automatic": "按默认方案"}
    for split in splits:
        given = format_scaled(split.shared_out, split.decimals)
        held = format_scaled(split.held, split.decimals)
        table.add_row(split.code, escape(split.title), f"{given}/{held}", "分解合计/下达数")
        for share in split.children:
            number = format_scaled(share.held, split.decimals)
            table.add_row("", escape(share.name), number, words[share.state])
        if split.has_own:
            table.add_row("", "本级承办", format_scaled(split.own, split.decimals), "")
    desk.answer(answer, shown=table if splits else "本单位没有要往下分的任务。")


@app.command()
def acknowledge(context: typer.Context, plan: PlanCode, unit: UnitCode) -> None:
    """签收下达给本单位的全部任务。"""
    desk = desk_of(context)
    with desk.writing("assignment.acknowledge", f"{plan}/{unit}") as session:
        actor = desk.actor(session)
        found, here = _place(session, plan, unit, actor)
        sign_for(session, found, unit=here, actor=actor, at=desk.now())
    desk.answer({"plan": plan, "unit": unit}, shown=f"{unit} 已签收。")


@app.command()
def confirm(
    context: typer.Context,
    plan: PlanCode,
    unit: UnitCode,
    target: Annotated[str | None, typer.Option(help="只确认这一项任务")] = None,
) -> None:
    """按现在的分解确认下达。"""
    desk = desk_of(context)
    with desk.writing("assignment.confirm", f"{plan}/{unit}") as session:
        actor = desk.actor(session)
        found, here = _place(session, plan, unit, actor)
        one = None if target is None else get_target(session, found.id, target).id
        sent = confirm_split(session, found, unit=here, target=one, actor=actor, at=desk.now())
    answer = {"plan": plan, "unit": unit, "targets": len(sent)}
    desk.answer(answer, shown=f"{unit} 已确认下达 {len(sent)} 项任务。")


@app.command()
def change(
    context: typer.Context,
    plan: PlanCode,
    unit: UnitCode,
    target: Annotated[str, typer.Option(help="任务编码")],
    give: Annotated[list[str], typer.Option(help="下级单位编码=数，可写多个")],
    own: Annotated[str | None, typer.Option(help="本级承办多少")] = None,
    reason: Annotated[str, typer.Option(help="分解数超过上限时的理由")] = "",
) -> None:
    """改一项任务的分解并确认下达；没写到的下级不变。"""
    desk = desk_of(context)
    written = _written(give) | ({} if own is None else {OWN: own})
    with desk.writing("assignment.split", f"{plan}/{unit}") as session:
        actor = desk.actor(session)
        found, here = _place(session, plan, unit, actor)
        named = get_target(session, found.id, target)
        read = read_quotas(written, decimals=named.decimals, unit=named.display_unit)
        kept = read.pop(OWN, None)
        wish = Wish(read, kept, reason)
        change_split(
            session, found, unit=here, target=named.id, wish=wish, version=None,
            actor=actor, at=desk.now(),
        )  # fmt: skip
    desk.answer({"plan": plan, "unit": unit, "target": target}, shown=f"{target} 已按新的数下达。")


def _written(give: list[str]) -> dict[str, str]:
    wrong = [word for word in give if "=" not in word]
    if wrong:
        why = "请写成 单位编码=数，如 990106001001=13。"
        raise Problems([Problem("give", why, field="--give", value=word) for word in wrong])
    return {code: number for code, _, number in (word.partition("=") for word in give)}


def _place(session: Session, plan: str, unit: str, actor: Actor) -> tuple[Plan, int]:
    found = get_plan_within(session, plan, actor=actor)
    return found, get_unit_in(session, found, unit, actor=actor)
