"""`shuangyong token`: keys for scripts, each bound to a unit and a role."""

from __future__ import annotations

from typing import Annotated

import typer

from shuangyong_core.accounts import actions
from shuangyong_core.accounts.actor import Role
from shuangyong_core.cli.desk import desk_of

app = typer.Typer(help="令牌：程序报数用", no_args_is_help=True)


@app.command()
def create(
    context: typer.Context,
    unit: Annotated[str, typer.Option(help="单位编码")],
    role: Annotated[Role, typer.Option(help="角色，如 reporter")],
    label: Annotated[str, typer.Option(help="给谁用的")] = "程序",
) -> None:
    """建一个令牌，最后一个词就是令牌（只显示这一次）。"""
    desk = desk_of(context)
    with desk.writing("token.create", unit) as session:
        secret = actions.create_token(
            session, unit=unit, role=role, label=label, actor=desk.actor(session), at=desk.now()
        )
    desk.answer({"unit": unit, "role": role, "token": secret}, shown=f"{unit} {role} {secret}")


@app.command()
def revoke(context: typer.Context, number: int) -> None:
    """作废令牌。"""
    desk = desk_of(context)
    with desk.writing("token.revoke", str(number)) as session:
        actions.revoke_token(session, number, actor=desk.actor(session), at=desk.now())
    desk.answer({"token": number}, shown=f"令牌 {number} 已作废。")
