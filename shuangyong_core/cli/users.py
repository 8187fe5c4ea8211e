"""`shuangyong users`: accounts and their roles on units."""

from __future__ import annotations

from typing import Annotated

import typer

from shuangyong_core.accounts import actions
from shuangyong_core.accounts.actions.users import require_account_manager
from shuangyong_core.accounts.actor import ADMINISTRATORS, Role
from shuangyong_core.accounts.queries import UserLine, list_users
from shuangyong_core.accounts.rules import ADMINISTRATOR_WORDS
from shuangyong_core.answers import items, plain
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.cli.missing import Below, list_missing, shown_missing
from shuangyong_core.cli.tables import table
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.masking import mask

app = typer.Typer(help="账号：导入、加、列、停、重置口令、换人、委托", no_args_is_help=True)
Login = Annotated[str, typer.Argument(help="账号")]


@app.command()
def add(
    context: typer.Context,
    login: Login,
    name: Annotated[str, typer.Option(help="岗位名称，不写人名")],
    role: Annotated[list[str] | None, typer.Option(help="角色@单位编码，可写多个")] = None,
    administrator: Annotated[
        Role | None, typer.Option(metavar="ROLE", help="三种管理员之一，不兼任业务角色")
    ] = None,
) -> None:
    """加一个账号，打印一次性口令（只显示这一次）。"""
    desk = desk_of(context)
    roles = [_read_role(text) for text in role or []]
    if administrator is not None and administrator not in ADMINISTRATORS:
        known = "、".join(role for role in Role if role in ADMINISTRATORS)
        message = f"这不是管理员角色，可用：{known}。"
        raise Problems([Problem("role", message, field="--administrator", value=administrator)])
    with desk.writing("users.add", login) as session:
        drawn = actions.add_user(
            session,
            login,
            name=name,
            roles=roles,
            administrator=administrator,
            actor=desk.actor(session),
            at=desk.now(),
        )
    desk.answer({"login": login, "password": drawn}, shown=f"账号 {login}，一次性口令 {drawn}")


def _read_role(text: str) -> tuple[str, Role]:
    word, _, code = text.partition("@")
    if word not in set(Role) - ADMINISTRATORS or not code:
        known = "、".join(role for role in Role if role not in ADMINISTRATORS)
        message = f"请写成 角色@单位编码，角色有 {known}。"
        raise Problems([Problem("role", message, field="--role", value=mask(text))])
    return code, Role(word)


@app.command("list")
def list_(
    context: typer.Context,
    missing: Annotated[
        bool, typer.Option("--missing", help="只列没有账号或没有联络员的单位")
    ] = False,
    unit: Below = None,
) -> None:
    """列出账号，或还缺账号、缺联络员的单位。"""
    desk = desk_of(context)
    if missing:
        with desk.reading() as session:
            lacking = list_missing(session, desk, unit)
        desk.answer(items(lacking), shown=shown_missing(lacking))
        return
    with desk.reading() as session:
        require_account_manager(desk.actor(session))
        lines = list_users(session)
    desk.answer(
        items([plain(line) | {"roles": _roles(line)} for line in lines]),
        shown=table(
            "账号",
            "岗位",
            "角色",
            "状态",
            rows=[(line.login, line.name, _posts(line), _state(line)) for line in lines],
        ),
    )


def _roles(line: UserLine) -> list[dict[str, str]]:
    return [{"unit": code, "role": role} for code, role in line.roles]


def _posts(line: UserLine) -> str:
    if line.administrator:
        return ADMINISTRATOR_WORDS[Role(line.administrator)]
    return "，".join(f"{role}@{code}" for code, role in line.roles)


def _state(line: UserLine) -> str:
    return "停用" if line.is_disabled else "启用"


@app.command()
def disable(context: typer.Context, login: Login) -> None:
    """停用账号，立即退出它的登录。"""
    desk = desk_of(context)
    with desk.writing("users.disable", login) as session:
        actions.disable_user(session, login, actor=desk.actor(session), at=desk.now())
    desk.answer({"login": login}, shown=f"账号 {login} 已停用。")


@app.command()
def reset(context: typer.Context, login: Login) -> None:
    """重置口令，打印新的一次性口令。"""
    desk = desk_of(context)
    with desk.writing("users.reset", login) as session:
        drawn = actions.reset_password(session, login, actor=desk.actor(session), at=desk.now())
    desk.answer({"login": login, "password": drawn}, shown=f"账号 {login}，一次性口令 {drawn}")
