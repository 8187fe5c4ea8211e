"""`shuangyong users delegate`: roles handed over for some days, and taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from shuangyong_core.accounts import actions
from shuangyong_core.accounts.queries.delegations import list_delegations
from shuangyong_core.answers import items
from shuangyong_core.cli.dates import read_day
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.cli.people import app
from shuangyong_core.cli.tables import table
from shuangyong_core.clock import SHANGHAI

__all__ = ["app"]


@app.command()
def delegate(
    context: typer.Context,
    giver: Annotated[str, typer.Argument(help="谁的权限")],
    taker: Annotated[str, typer.Argument(help="委托给谁：本单位或上级单位的账号")],
    first: Annotated[str, typer.Option("--from", help="从哪天起，如 2026-07-27")],
    last: Annotated[str, typer.Option("--to", help="到哪天为止（含）")],
) -> None:
    """委托：请假时把自己的权限交给别人几天，到期自动收回。"""
    desk = desk_of(context)
    days = [read_day(first, field="--from"), read_day(last, field="--to")]
    with desk.writing("users.delegate", giver) as session:
        number = actions.delegate(
            session,
            giver=giver,
            taker=taker,
            first_date=days[0],
            last_date=days[1],
            actor=desk.actor(session),
            at=desk.now(),
        )
    desk.answer({"number": number}, shown=f"已委托，{days[0]} 到 {days[1]}，编号 {number}。")


@app.command()
def delegations(context: typer.Context) -> None:
    """列出委托：自己给的和受的；运维人员和安全管理员看全部。"""
    desk = desk_of(context)
    with desk.reading() as session:
        actor = desk.actor(session)
        own = None
        if not actor.is_unlimited and actor.administrator is None:
            own = int(actor.id or 0)
        lines = list_delegations(session, user=own)
    rows = [
        (each.number, each.giver, each.taker, _shown(each.valid_from), _shown(each.valid_to),
         "已撤回" if each.revoked_at else "")
        for each in lines
    ]  # fmt: skip
    shown = table("编号", "谁", "委托给", "起", "止", "", rows=rows) if rows else "没有委托。"
    desk.answer(items(lines), shown=shown)


def _shown(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


@app.command()
def revoke(
    context: typer.Context, number: Annotated[int, typer.Argument(help="委托的编号")]
) -> None:
    """撤回一条委托，立即生效。"""
    desk = desk_of(context)
    with desk.writing("users.revoke", str(number)) as session:
        actions.revoke_delegation(session, number, actor=desk.actor(session), at=desk.now())
    desk.answer({"number": number}, shown=f"委托 {number} 已撤回。")
