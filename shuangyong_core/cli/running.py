"""`shuangyong up` and `shuangyong serve`: everything in one process group, or one part alone."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from shuangyong_core.cli.demo_year import PRETEND_DAY, clear_unfinished, is_demo
from shuangyong_core.cli.desk import Desk, desk_of, out, read_settings
from shuangyong_core.cli.install import prepare_database
from shuangyong_core.cli.prefect_parts import environment_of, runner_part, server_part
from shuangyong_core.cli.processes import (
    DidNotStart,
    Group,
    Part,
    ToldToStop,
    require_free,
    wait_until_healthy,
)
from shuangyong_core.errors import Refused
from shuangyong_core.settings import Settings

serve = typer.Typer(help="只开一个部分：web、flows 或 fold（多台机器时用）", no_args_is_help=True)


class PartDied(Refused):
    """One part of the group ended by itself, so all were stopped."""

    message = "{part}自己退出了，其余部分已停下。日志在 {logs}。"
    code = "part_died"


def up(
    context: typer.Context,
    demo: Annotated[bool, typer.Option("--demo", help="打开演示年")] = False,
    host: Annotated[str | None, typer.Option(help="网页监听的地址")] = None,
    port: Annotated[int | None, typer.Option(help="网页监听的端口")] = None,
    data: Annotated[Path | None, typer.Option(help="数据目录")] = None,
) -> None:
    """网页、流程服务、流程执行，一个命令全部打开，Ctrl-C 全部停下。"""
    began = time.monotonic()
    changed = {"host": host, "port": port, "data": data, "today": PRETEND_DAY if demo else None}
    given = {name: value for name, value in changed.items() if value is not None}
    desk = Desk(read_settings(**given), as_user=None, as_json=False)
    group = Group()
    group.heed_signals()
    if demo:
        clear_unfinished(desk.settings)
    prepare_database(desk)
    died = _run(group, desk, demo=demo, began=began)
    if died is not None:
        raise PartDied(part=died, logs=desk.settings.data / "logs")
    out.print("已全部停下。")


def _run(group: Group, desk: Desk, *, demo: bool, began: float) -> str | None:
    """This function will run all parts until told to stop; gives the name of one that died."""
    try:
        _start(group, desk.settings, demo=demo)
        out.print(f"已就绪（{time.monotonic() - began:.1f} 秒）：http://{_address(desk.settings)}")
        out.print("按 Ctrl-C 停下。")
        return group.wait()
    except ToldToStop:
        return None
    finally:
        group.stop()


def _start(group: Group, settings: Settings, *, demo: bool) -> None:
    logs = settings.data / "logs"
    logs.mkdir(exist_ok=True, mode=0o700)
    require_free(settings.prefect_port, part="流程服务", setting="SHUANGYONG_PREFECT_PORT")
    require_free(settings.port, part="网页", setting="--port", host=settings.host)
    server = group.start(server_part(settings, logs))
    if demo and not is_demo(settings.data):
        out.print("第一次打开演示年，正在建库、下达、报送、审核，约一分钟……")
        # Its first steps need no server and run while the server starts.
        builder = group.start(_builder_part(settings))
        if code := group.wait_for(builder):
            raise DidNotStart(part="演示年", why=f"退出码 {code}")
        group.forget(builder)
    web = group.start(_web_part(settings, logs))
    here = f"http://{_address(settings)}/api/v1/health"
    wait_until_healthy(here, part="网页", process=web, seconds=60, tick=group.check)
    health = f"http://127.0.0.1:{settings.prefect_port}/api/health"
    wait_until_healthy(health, part="流程服务", process=server, tick=group.check)
    group.start(runner_part(settings, logs))
    if demo:
        _tell_logins(settings)


def _builder_part(settings: Settings) -> Part:
    # What it says is for the one who sits there, so it goes to the same screen.
    command = [sys.executable, "-m", "shuangyong_core", "demo", "--beside"]
    return Part("演示年", command, environment_of(settings))


def _web_part(settings: Settings, logs: Path) -> Part:
    command = [sys.executable, "-m", "shuangyong_core.serving"]
    return Part("网页", command, environment_of(settings), (logs / "web.log").open("ab"))


def _address(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    return f"{host}:{settings.port}"


def _tell_logins(settings: Settings) -> None:
    for line in (settings.data / "demo-logins.txt").read_text(encoding="utf-8").splitlines():
        out.print("  " + line)


@serve.command("web")
def serve_web(
    context: typer.Context,
    fold: Annotated[bool, typer.Option(help="同时做汇总")] = True,
) -> None:
    """网页和接口。"""
    settings = desk_of(context).settings
    words = [sys.executable, "-m", "shuangyong_core.serving", *([] if fold else ["--no-fold"])]
    os.execve(words[0], words, dict(os.environ) | environment_of(settings))


@serve.command("flows")
def serve_flows(context: typer.Context) -> None:
    """流程执行（流程服务要先开着）。"""
    settings = desk_of(context).settings
    words = [sys.executable, "-m", "flows.serve"]
    os.execve(words[0], words, dict(os.environ) | environment_of(settings))


@serve.command("fold")
def serve_fold(context: typer.Context) -> None:
    """只做汇总和通知。"""
    from shuangyong_core.rollups.actions.folder import Folder
    from shuangyong_core.supervision.actions.clerk import Clerk

    desk = desk_of(context)
    threads = [kind(desk.engine, desk.settings.clock) for kind in (Folder, Clerk)]
    for each in threads:
        each.start()
    try:
        signal.pause()
    except KeyboardInterrupt:
        for each in threads:
            each.stop()
