"""`shuangyong check --deploy`: what is unsafe for real use, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from shuangyong_core import migrations
from shuangyong_core.cli.demo_year import is_demo
from shuangyong_core.cli.desk import Desk, desk_of
from shuangyong_core.errors import Problem, Problems


class CheckFailed(Problems):
    """What the installation lacks."""

    message = "检查出 {count} 处问题，请逐项改正。"
    code = "check_failed"


def check(
    context: typer.Context,
    deploy: Annotated[bool, typer.Option("--deploy", help="按正式使用的要求检查")] = False,
) -> None:
    """检查数据库的版本；--deploy 按正式使用的要求检查。"""
    desk = desk_of(context)
    problems = list(_basics(desk)) + (list(_deployment(desk)) if deploy else [])
    if problems:
        raise CheckFailed(problems)
    desk.answer({"problems": 0}, shown="检查通过。")


def _basics(desk: Desk) -> list[Problem]:
    if migrations.current(desk.engine) != migrations.newest():
        return [Problem("schema", "数据库版本不对，请运行 shuangyong init。")]
    return []


def _deployment(desk: Desk) -> list[Problem]:
    settings, problems = desk.settings, []
    if settings.today is not None:
        problems.append(Problem("today", "设了演示日期，请去掉 SHUANGYONG_TODAY。"))
    if is_demo(settings.data):
        problems.append(Problem("demo", "这是演示数据，请换一个空的数据目录。"))
    if not settings.https:
        message = "没有 HTTPS，请在前面加反向代理并设 SHUANGYONG_HTTPS=true。"
        problems.append(Problem("https", message))
    return problems + list(_open_to_others(settings.data))


def _open_to_others(folder: Path) -> Iterator[Problem]:
    if not folder.is_dir():
        yield Problem("folder", f"没有数据目录 {folder}，请运行 shuangyong init。")
        return
    if folder.stat().st_mode & 0o077:
        yield Problem("folder", f"数据目录别人能读，请 chmod 700 {folder}。")
    key = folder / "secret.key"
    if not key.exists():
        yield Problem("key", "数据目录里没有密钥，请运行 shuangyong init。")
    elif key.stat().st_mode & 0o077:
        yield Problem("key", f"密钥别人能读，请 chmod 600 {key}。")
