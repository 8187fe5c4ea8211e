"""`shuangyong init` and `shuangyong demo`: make the database, or a whole demo year in it."""

from __future__ import annotations

from typing import Annotated

import typer

from shuangyong_core import db, migrations
from shuangyong_core.accounts import actions
from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.queries import list_users
from shuangyong_core.cli.demo_year import build_demo, clear_unfinished
from shuangyong_core.cli.desk import Desk, desk_of, reaching_the_database
from shuangyong_core.cli.files import unusable
from shuangyong_core.cli.tables import table
from shuangyong_core.keys import get_key

ADMINISTRATORS = (
    ("system-admin", "系统管理员", Role.SYSTEM_ADMIN),
    ("security-admin", "安全管理员", Role.SECURITY_ADMIN),
    ("audit-admin", "审计管理员", Role.AUDIT_ADMIN),
)


def prepare_database(desk: Desk) -> None:
    """This function will make the data folder and bring the database to the newest schema."""
    try:
        desk.settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        get_key(desk.settings.data)
    except OSError as fault:
        raise unusable(desk.settings.data, fault) from fault
    with reaching_the_database():
        engine = db.make_engine(desk.settings.url)
        migrations.upgrade(engine)
        engine.dispose()


def make_administrators(desk: Desk) -> list[tuple[str, str, str]]:
    """This function will make those of the three administrators that are not there yet."""
    operator = Actor("operator", None, "操作员")
    made = []
    with db.write(desk.engine) as session:
        there = {user.login for user in list_users(session)}
        for login, name, role in ADMINISTRATORS:
            if login not in there:
                drawn = actions.add_user(
                    session, login, name=name, administrator=role, actor=operator, at=desk.now()
                )
                made.append((login, name, drawn))
    return made


def init(context: typer.Context) -> None:
    """建库或升级，建三名管理员并打印一次性口令。"""
    desk = desk_of(context)
    prepare_database(desk)
    made = make_administrators(desk)
    shown = table("账号", "岗位", "一次性口令", rows=made)
    answer = {"items": [{"login": login, "password": drawn} for login, _, drawn in made]}
    desk.answer(answer, shown=shown if made else "数据库已是最新，管理员都在。")


def demo(
    context: typer.Context,
    beside: Annotated[
        bool, typer.Option("--beside", hidden=True, help="流程服务已由 up 打开")
    ] = False,
) -> None:
    """在数据目录里建好演示年（2026-07-20），然后退出。"""
    desk = desk_of(context)
    clear_unfinished(desk.settings)
    prepare_database(desk)
    made = build_demo(desk, port=desk.settings.prefect_port if beside else None)
    if not beside:
        answer = {"items": [{"login": login, "password": word} for login, _, word in made]}
        desk.answer(answer, shown=table("账号", "岗位", "口令", rows=made))
