"""Whoever sends a plan down says so while it lives: nobody finishes the launch beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from flows import office
from flows.launch import finish_launching
from shuangyong_core import db, presence
from shuangyong_core.assignments.actions.launch import prepare_launch
from shuangyong_core.plans.models import Plan
from tests.assignments.year import LAUNCHED, OFFICE


@pytest.fixture
def desk(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    url = engine.url.render_as_string(hide_password=False)
    monkeypatch.setattr(office, "_settings", lambda: SimpleNamespace(url=url))
    yield engine
    office._engine(url).dispose()
    office._engine.cache_clear()


def test_the_sweep_leaves_a_launch_to_whoever_is_at_it(desk: Engine, drafted: int) -> None:
    with db.write(desk) as session:
        plan = session.get_one(Plan, drafted)
        prepare_launch(session, plan, targets=["A04"], at=LAUNCHED, actor=OFFICE)
    job = f"launch-plan-{drafted}"

    with presence.at_work(desk, job):
        with presence.at_work(desk, job):
            assert presence.is_somebody_at(desk, job)
        assert asyncio.run(finish_launching.fn()) == []
    assert not presence.is_somebody_at(desk, job)
