"""`plan launch` refuses before any flow is asked, and says when none is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from shuangyong_core import db
from shuangyong_core.accounts import actions
from shuangyong_core.accounts.actor import Role
from shuangyong_core.cli.processes import free_port
from shuangyong_core.keys import get_key
from shuangyong_core.launching import FlowsDown, ask_to_launch
from shuangyong_core.settings import Settings
from tests.assignments.state import count
from tests.assignments.year import LAUNCHED, OFFICE
from tests.fixtures.prefect_homes import PrefectHomes
from tests.flows.place import PLAN, Place, command, draft, processes_with


@pytest.fixture
def place(tmp_path: Path, new_database: Callable[[str], str], prefect_homes: PrefectHomes) -> Place:
    """An installation with a drafted year and no Prefect anywhere."""
    url = new_database("sqlite")
    get_key(tmp_path)
    prefect_homes.furnish(tmp_path)
    settings = Settings(data=tmp_path, database_url=url, prefect_port=free_port())
    return Place(settings, draft(tmp_path, url, streets=2))


def test_without_a_server_nobody_can_be_asked(place: Place) -> None:
    with pytest.raises(FlowsDown, match="流程服务没有开"):
        ask_to_launch(place.settings, place.plan_id)


@pytest.mark.parametrize(
    ("login", "said"), [("street", "没有编码为"), ("viewer", "权限"), (None, "不在计划里")]
)
def test_a_refused_launch_writes_nothing_but_the_refusal(
    place: Place,
    login: str | None,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with db.write(place.engine) as session:
        for name, unit, role in (
            ("street", "990106001", Role.MANAGER),
            ("viewer", "990106", Role.VIEWER),
        ):
            actions.add_user(
                session, name, name=name, roles=[(unit, role)], actor=OFFICE, at=LAUNCHED
            )
    named = ["--as", login] if login else ["--targets", "C03,Z99"]

    code = command(place, monkeypatch, "plan", "launch", PLAN, *named)

    assert code == 2
    assert said in capsys.readouterr().err
    assert place.look().branches is None
    assert count(place.engine, "assignment") == 0
    assert count(place.engine, "audit_entry WHERE result = 'refused'") == 1


def test_without_a_server_a_temporary_one_is_opened_and_closed(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(place, monkeypatch, "plan", "launch", PLAN) == 0
    told = capsys.readouterr()

    assert "临时开一个" in told.err
    assert "已下达" in told.out
    assert place.look().is_finished
    assert processes_with("SHUANGYONG_PREFECT_PORT", str(place.settings.prefect_port)) == []
    assert count(place.engine, "audit_entry WHERE act = 'plan.launch' AND actor = 'operator'") == 1
    # All is down, so a repeat needs no server at all.
    assert command(place, monkeypatch, "plan", "launch", PLAN, "--wait") == 0
    assert "临时开一个" not in capsys.readouterr().err
