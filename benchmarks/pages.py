"""How long the pages of a district take at the server: progress after an act and again, forms."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import Engine, insert, select

from shuangyong_core import db, migrations
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.demo.setting import PRETEND_DAY
from shuangyong_core.marks.models import Mark
from shuangyong_core.rollups.actions import fold
from shuangyong_core.settings import Settings
from shuangyong_core.units.models import Unit
from shuangyong_core.web.app import create_web
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, OTHERS, PLAN, SECOND, STREET, build_district, on
from tests.web.reported import report_some

TIMES = 40


def run() -> list[str]:
    """This function will time pages over 临江区 (430 units, 25 tasks) and print p50 and p95."""
    folder = Path(tempfile.mkdtemp(prefix="shuangyong-"))
    try:
        settings = Settings(data=folder, today=PRETEND_DAY)
        engine = db.make_engine(settings.url)
        migrations.upgrade(engine)
        report_some(build_district(engine))
        app = create_web(engine, settings)
        office, clerk, street = (_signed_in(app, who) for who in ("office", "neighbour", "other"))
        lines = [
            _line("进度, after an act", office, "/progress", lambda: _act(engine)),
            _line("进度, again", office, "/progress"),
            _line("one task", office, f"/targets/{PLAN}/B03"),
            _line("from where, two clicks deep", office, f"/source/{PLAN}/B03?at={STREET}"),
            _line("form", clerk, f"/rounds/{PLAN}/{SECOND}/R2"),
            _line("review", street, f"/review/{PLAN}/{OTHERS}/R2"),
        ]
        engine.dispose()
        return lines
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _signed_in(app: FastAPI, login: str) -> Browser:
    browser = Browser(app)
    browser.sign_in(login)
    return browser


def _act(engine: Engine) -> None:
    """What a decision on a unit's reports leaves behind: marks, and then a fold."""
    unit = select(Unit.id).where(Unit.code == COMMUNITY).scalar_subquery()
    items = select(DueItem.unit, DueItem.target, DueItem.round).where(DueItem.unit == unit)
    with db.write(engine) as session:
        session.execute(insert(Mark).from_select(["unit", "target", "round"], items))
        fold(session, at=on(7, 20))


def _line(name: str, browser: Browser, path: str, before: Callable[[], None] = lambda: None) -> str:
    """Processor time beside the clock's: other programs may be busy."""
    browser.get(path)
    took, used = [], []
    for _ in range(TIMES):
        before()
        began, worked = time.perf_counter(), time.process_time()
        answer = browser.get(path)
        took.append((time.perf_counter() - began) * 1000)
        used.append((time.process_time() - worked) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[18]
    return (
        f"{name:<30} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   "
        f"processor p50 {statistics.median(used):6.1f} ms"
    )
