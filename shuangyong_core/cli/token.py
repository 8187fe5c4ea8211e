"""`shuangyong token`: keys for scripts, each bound to a unit and a role."""

from __future__ import annotations

from typing import Annotated

import typer

from shuangyong_core.accounts import actions
from shuangyong_core.accounts.actions.users import require_account_manager
from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.queries import list_tokens
from shuangyong_core.answers import items
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.cli.tables import table
from shuangyong_core.clock import shanghai_date

app = typer.Typer(help="令牌：程序报数用", no_args_is_help=True)


@app.command()
def create(
    context: typer.Context,
    unit: Annotated[str, typer.Option(help="单位编码")],
    role: Annotated[Role, typer.Option(metavar="ROLE", help="角色，如 reporter")],
    label: Annotated[str, typer.Option(help="给谁用的")] = "程序",
) -> None:
    """建一个令牌，最后一个词就是令牌（只显示这一次）。"""
    desk = desk_of(context)
    with desk.writing("token.create", unit) as session:
        secret = actions.create_token(
            session, unit=unit, role=role, label=label, actor=desk.actor(session), at=desk.now()
        )
    desk.answer({"unit": unit, "role": role, "token": secret}, shown=f"{unit} {role} {secret}")


@app.command("list")
def list_(context: typer.Context) -> None:
    """列出令牌（不显示令牌本身）。"""
    desk = desk_of(context)
    with desk.reading() as session:
        require_account_manager(desk.actor(session))
        lines = list_tokens(session)
    now = desk.now()
    rows = [
        (
            line.number,
            line.label,
            line.unit,
            line.role,
            shanghai_date(line.created_at),
            "已作废" if line.revoked_at else "已到期" if line.expires_at and line.expires_at <= now
            else "有效",
        )
        for line in lines
    ]  # fmt: skip
    heads = ("号", "给谁用的", "单位", "角色", "建立日期", "状态")
    desk.answer(items(lines), shown=table(*heads, rows=rows) if rows else "还没有令牌。")


@app.command()
def revoke(
    context: typer.Context, number: Annotated[int, typer.Argument(help="令牌的号，见 token list")]
) -> None:
    """作废令牌。"""
    desk = desk_of(context)
    with desk.writing("token.revoke", str(number)) as session:
        actions.revoke_token(session, number, actor=desk.actor(session), at=desk.now())
    desk.answer({"token": number}, shown=f"令牌 {number} 已作废。")
