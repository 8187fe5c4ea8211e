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
from shuangyong_core.assignments.actions.child_dates import DateWish, give_earlier_dates
from shuangyong_core.assignments.actions.confirm_split import confirm_split
from shuangyong_core.assignments.actions.propose_split import propose_split
from shuangyong_core.assignments.actions.settle_defaults import settle_defaults
from shuangyong_core.assignments.queries.splits import list_splits
from shuangyong_core.assignments.queries.table import list_assignments
from shuangyong_core.assignments.rules.quotas import read_quotas
from shuangyong_core.cli.dates import read_day
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import get_target
from shuangyong_core.plans.queries.within import get_plan_within, get_unit_in, require_issuer

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
    give: Annotated[list[str] | None, typer.Option(help="下级单位编码=数，可写多个")] = None,
    method: Annotated[
        str, typer.Option(help="不写数，按分法分：default、same、equal 或 base:基数")
    ] = "",
    own: Annotated[str | None, typer.Option(help="本级承办多少")] = None,
    reason: Annotated[str, typer.Option(help="分解数超过上限时的理由")] = "",
) -> None:
    """改一项任务的分解并确认下达；没写到的下级不变。"""
    desk = desk_of(context)
    written = _written(give or []) | ({} if own is None else {OWN: own})
    if bool(written) == bool(method):
        why = "要么写各单位的数（--give），要么写分法（--method），请写一样。"
        raise Problems([Problem("give_or_method", why, field="--give")])
    with desk.writing("assignment.split", f"{plan}/{unit}") as session:
        actor = desk.actor(session)
        found, here = _place(session, plan, unit, actor)
        named = get_target(session, found.id, target)
        read: dict[str, int] = read_quotas(
            written, decimals=named.decimals, unit=named.display_unit
        )
        wish = Wish(read, read.pop(OWN, None), reason)
        if method:
            shares = propose_split(
                session, found, unit=here, target=named.id, method=method, actor=actor
            )
            wish = Wish(shares.children, shares.own, reason)
        change_split(
            session, found, unit=here, target=named.id, wish=wish, version=None,
            actor=actor, at=desk.now(),
        )  # fmt: skip
    desk.answer({"plan": plan, "unit": unit, "target": target}, shown=f"{target} 已按新的数下达。")


@app.command()
def date(
    context: typer.Context,
    plan: PlanCode,
    unit: UnitCode,
    round_: Annotated[str, typer.Option("--round", help="哪次报送")],
    due: Annotated[str, typer.Option(help="报送时限，yyyy-mm-dd；不填就恢复")] = "",
    child: Annotated[list[str] | None, typer.Option(help="下级编码；不填是全部下级")] = None,
    target: Annotated[list[str] | None, typer.Option(help="任务编码；不填是全部任务")] = None,
    reason: Annotated[str, typer.Option(help="提前太多时的理由")] = "",
) -> None:
    """给直接下级一个更早的报送时限，本单位的时限不变。"""
    desk = desk_of(context)
    day = read_day(due, field="--due") if due else None
    wish = DateWish(round_, day, child or (), target or (), reason)
    with desk.writing("assignment.date", f"{plan}/{unit}") as session:
        actor = desk.actor(session)
        found, here = _place(session, plan, unit, actor)
        given = give_earlier_dates(session, found, unit=here, wish=wish, actor=actor, at=desk.now())
    answer = {"plan": plan, "unit": unit, "round": round_, "dates": given}
    desk.answer(answer, shown=f"{round_} 已给出 {given} 个提前的时限。")


@app.command()
def settle(context: typer.Context, plan: PlanCode) -> None:
    """过了分解期限的按默认方案下达，记为自动，还可以再改（每天早上流程也会办）。"""
    desk = desk_of(context)
    with desk.writing("assignment.settle", plan) as session:
        found = require_issuer(session, plan, actor=desk.actor(session))
        count = settle_defaults(session, found, at=desk.now())
    desk.answer({"plan": plan, "quotas": count}, shown=f"{count} 个数按默认方案下达，可以再改。")


def _written(give: list[str]) -> dict[str, str]:
    wrong = [word for word in give if "=" not in word]
    if wrong:
        why = "请写成 单位编码=数，如 990106001001=13。"
        raise Problems([Problem("give", why, field="--give", value=word) for word in wrong])
    return {code: number for code, _, number in (word.partition("=") for word in give)}


def _place(session: Session, plan: str, unit: str, actor: Actor) -> tuple[Plan, int]:
    found = get_plan_within(session, plan, actor=actor)
    return found, get_unit_in(session, found, unit, actor=actor)
