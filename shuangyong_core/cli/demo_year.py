"""Builds the demo year in a data folder: units, plan, accounts, the real launch, the acts."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import func, select

from shuangyong_core import db
from shuangyong_core.cli.desk import Desk, err
from shuangyong_core.cli.launch_process import launch_in_subprocess
from shuangyong_core.clock import at_shanghai
from shuangyong_core.demo.people import add_people, list_accounts
from shuangyong_core.demo.play import play
from shuangyong_core.demo.prepare import prepare
from shuangyong_core.demo.setting import LAUNCH_DAY, PASSWORD, PLAN, PRETEND_DAY
from shuangyong_core.errors import Refused
from shuangyong_core.rollups.actions import rebuild
from shuangyong_core.settings import Settings
from shuangyong_core.units.models import Unit
from shuangyong_core.units.queries import get_links

__all__ = ["PRETEND_DAY", "build_demo", "clear_unfinished", "is_demo"]
MARK = "demo.json"
SHOWN = ("qsyb", "qsyb2", "qld", "990106001", "990106001-sh", "990106-GH", "990106001001",
         "990106007003", "990106-CY11")  # fmt: skip


class NotEmpty(Refused):
    """The data folder holds something else; a demo never mixes with it."""

    message = "{folder} 里已有别的数据，演示年请换一个空目录（--data 或 SHUANGYONG_DATA）。"
    code = "not_empty"


def is_demo(folder: Path) -> bool:
    """This function will say whether the folder holds a finished demo year."""
    return _state(folder) == "ready"


def _state(folder: Path) -> str:
    mark = folder / MARK
    return str(json.loads(mark.read_text(encoding="utf-8"))["state"]) if mark.exists() else ""


def clear_unfinished(settings: Settings) -> None:
    """This function will take away a demo whose building was cut off, and only that."""
    if _state(settings.data) == "building" and not settings.database_url:
        for name in ("shuangyong.db", "shuangyong.db-wal", "shuangyong.db-shm"):
            (settings.data / name).unlink(missing_ok=True)


def build_demo(desk: Desk, *, port: int | None = None) -> list[tuple[str, str, str]]:
    """This function will build the demo year, or leave a finished one; gives the log-ins to show.

    `port` is that of a Prefect server that is up; without one a temporary server is opened.
    """
    folder = desk.settings.data
    if not is_demo(folder):
        with desk.reading() as session:
            if session.scalar(select(func.count()).select_from(Unit)):
                raise NotEmpty(folder=folder)
        _mark(folder, "building")
        _build(desk, port=port)
        _mark(folder, "ready")
    with desk.reading() as session:
        accounts = {each.login: each for each in list_accounts(get_links(session))}
    logins = [(login, accounts[login].name, PASSWORD) for login in SHOWN]
    lines = [f"{login}　{name}　口令 {password}" for login, name, password in logins]
    (folder / "demo-logins.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return logins


def _build(desk: Desk, *, port: int | None) -> None:
    with db.write(desk.engine) as session:
        prepare(session)
    with db.write(desk.engine) as session:
        add_people(session, at=at_shanghai(LAUNCH_DAY - timedelta(days=6), 9))
    launch_in_subprocess(desk.settings, PLAN, today=LAUNCH_DAY, port=port)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("签收、报送、审核", total=None)
        play(
            desk.engine,
            folder=desk.settings.files,
            tell=lambda done, total: progress.update(task, completed=done, total=total),
        )
    with db.write(desk.engine) as session:
        rebuild(session, at=desk.now())


def _mark(folder: Path, state: str) -> None:
    (folder / MARK).write_text(json.dumps({"state": state}), encoding="utf-8")
