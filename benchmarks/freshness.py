"""How long after the reviewer's commit an accepted report is in the district's number."""

from __future__ import annotations

import statistics
import time
from datetime import date
from pathlib import Path

import httpx

from shuangyong_core import db
from shuangyong_core.accounts.actions import create_token
from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.queries import get_user_actor
from shuangyong_core.clock import Clock
from shuangyong_core.demo.people import OPERATOR
from shuangyong_core.demo.setting import DISTRICT, PLAN, PRETEND_DAY
from shuangyong_core.reports.actions import accept
from shuangyong_core.reports.queries.place import find_report, latest_no

WAITING = ("990106002007", "990106002008", "990106005007", "990106005008", "990106012007")
NUMBER = f"/api/v1/rollups/{PLAN}/{DISTRICT}?target=D05"


def measure(folder: Path, site: str, *, today: date = PRETEND_DAY) -> str:
    """This function will accept the demo's waiting reports one by one, on a running demo."""
    engine = db.make_engine(f"sqlite:///{folder / 'shuangyong.db'}")
    clock = Clock(today)
    with db.write(engine) as session:
        token = create_token(
            session, unit=DISTRICT, role=Role.VIEWER, label="测量", actor=OPERATOR, at=clock.now()
        )
    waits = []
    with httpx.Client(headers={"Authorization": f"Bearer {token}"}, trust_env=False) as client:
        for unit in WAITING:
            before = _accepted(client, site)
            with db.write(engine) as session:
                report = find_report(session, PLAN, "R2", unit)
                reviewer = get_user_actor(session, f"{unit[:9]}-sh", at=clock.now())
                no = latest_no(session, report)
                accept(session, report, no=no, actor=reviewer, at=clock.now())
            waits.append(_until_shown(client, site, before))
    engine.dispose()
    median, worst = statistics.median(waits), max(waits)
    return f"accepted to shown in the district:         median {median:.2f} s, worst {worst:.2f} s"


def _until_shown(client: httpx.Client, site: str, before: int) -> float:
    began = time.perf_counter()
    while _accepted(client, site) == before:
        if time.perf_counter() - began > 30:
            raise RuntimeError("an accepted report is not shown after 30 s")
        time.sleep(0.02)
    return time.perf_counter() - began


def _accepted(client: httpx.Client, site: str) -> int:
    return int(client.get(site + NUMBER).raise_for_status().json()["items"][0]["accepted"])
