"""How long the page 进度 of a district takes at the server: first, and asked again."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fastapi.testclient import TestClient

from shuangyong_core import db, migrations
from shuangyong_core.demo.setting import PRETEND_DAY
from shuangyong_core.settings import Settings
from shuangyong_core.web.app import create_web
from shuangyong_core.web.progress import kept
from tests.web.conftest import Browser
from tests.web.district import PLAN, STREET, build_district
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
        browser = Browser(create_web(engine, settings))
        browser.sign_in("office")
        lines = [
            _line("进度, first after an act", browser.client, "/progress", kept.forget),
            _line("进度, asked again", browser.client, "/progress"),
            _line("one task", browser.client, f"/targets/{PLAN}/B03"),
            _line("from where, two clicks deep", browser.client, f"/source/{PLAN}/B03?at={STREET}"),
        ]
        engine.dispose()
        return lines
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _line(
    name: str, client: TestClient, path: str, before: Callable[[], None] | None = None
) -> str:
    client.get(path)
    took = []
    for _ in range(TIMES):
        if before:
            before()
        began = time.perf_counter()
        answer = client.get(path)
        took.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[18]
    return f"{name:<30} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms"
