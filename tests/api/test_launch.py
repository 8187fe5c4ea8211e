"""A launch by this door, and the split of a street: on the example plan, handed to the flow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from shuangyong_core import db
from shuangyong_core.accounts.actions import create_token
from shuangyong_core.accounts.actor import Role
from shuangyong_core.api import create_api
from shuangyong_core.settings import Settings
from tests.api.conftest import TODAY
from tests.api.district import OPERATOR
from tests.assignments.year import LAUNCHED, drafted_year, launch
from tests.examples import recount
from tests.fixtures.databases import World

PLAN, DISTRICT, STREET = "linjiang-2026", "990106", "990106001"
PATH = f"/plans/{PLAN}/launch"
Talk = Callable[[str, Role], TestClient]


@pytest.fixture
def started() -> list[str]:
    """The plans that were handed to a flow."""
    return []


@pytest.fixture
def world() -> World:
    return drafted_year


@pytest.fixture
def drafted(engine: Engine, made: int) -> int:
    """The example plan, drafted."""
    return made


@pytest.fixture
def talk(engine: Engine, drafted: int, started: list[str], tmp_path: Path) -> Talk:
    """Gives a client with a token of a unit and a role."""
    settings = Settings(data=tmp_path, today=TODAY)
    app = create_api(
        engine, settings, start_launch=lambda prepared, _: started.append(prepared.plan)
    )

    def open_client(unit: str, role: Role) -> TestClient:
        with db.write(engine) as session:
            secret = create_token(
                session, unit=unit, role=role, label=f"{unit} {role}", actor=OPERATOR, at=LAUNCHED
            )
        headers = {"Authorization": f"Bearer {secret}"}
        return TestClient(app, headers=headers, raise_server_exceptions=False)

    return open_client


def test_the_issuer_starts_a_launch_and_may_repeat_it(talk: Talk, started: list[str]) -> None:
    issuer = talk(DISTRICT, Role.ISSUER)

    before = issuer.get(f"/plans/{PLAN}").json()["status"]
    first = issuer.post(PATH)
    again = issuer.post(PATH)

    assert (before, first.status_code, again.status_code) == ("draft", 202, 202)
    assert first.json()["status"] == "launching"
    assert len(first.json()["targets"]) == len(recount.read_plan()["targets"])
    assert again.json()["targets"] == []
    assert started == [PLAN, PLAN]


@pytest.mark.databases("sqlite")
def test_unknown_targets_start_nothing(talk: Talk, started: list[str]) -> None:
    refused = talk(DISTRICT, Role.ISSUER).post(PATH, json={"targets": ["A04", "Z1", "Z2"]})

    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["problems"]] == ["Z1", "Z2"]
    assert started == []


@pytest.mark.databases("sqlite")
def test_only_the_issuer_launches(talk: Talk, started: list[str]) -> None:
    viewer, street = talk(DISTRICT, Role.VIEWER), talk(STREET, Role.MANAGER)

    assert viewer.post(PATH).status_code == 422
    assert street.post(PATH).status_code == 404  # it has no part in a draft
    assert started == []


def test_a_street_changes_a_split_and_another_meets_the_newer_version(
    talk: Talk, engine: Engine, drafted: int
) -> None:
    launch(engine, drafted)
    street = talk(STREET, Role.MANAGER)
    table = street.get(f"/assignments?plan={PLAN}&unit={STREET}").json()["items"]
    held = next(each for each in table if each["target"] == "C03")
    first, second = held["children"][:2]
    moved = {
        first["code"]: str(int(first["quota"]) + 1),
        second["code"]: str(int(second["quota"]) - 1),
    }
    path = f"/assignments/{PLAN}/C03/{STREET}/decompose"
    tag = {"If-Match": f'"{held["version"]}"'}

    changed = street.post(path, json={"children": moved}, headers=tag)
    late = street.post(path, json={"children": moved}, headers=tag)
    wrong = street.post(path, json={"children": {first["code"]: "1_0", second["code"]: "约9"}})
    waits = {each["target"] for each in street.get("/todo").json()["items"]}

    quotas = {child["code"]: child["quota"] for child in changed.json()["children"]}
    assert changed.json()["hold_status"] == "decomposed"
    assert {code: quotas[code] for code in moved} == moved
    assert late.status_code == 409
    assert wrong.status_code == 422
    assert len(wrong.json()["problems"]) == 2
    assert "C03" not in waits
    assert "C04" in waits


@pytest.mark.databases("sqlite")
def test_without_a_body_the_proposed_split_is_confirmed(
    talk: Talk, engine: Engine, drafted: int
) -> None:
    launch(engine, drafted)
    street = talk(STREET, Role.MANAGER)

    signed = street.post(f"/assignments/{PLAN}/C03/{STREET}/acknowledge")
    first = street.post(f"/assignments/{PLAN}/C03/{STREET}/decompose")
    again = street.post(f"/assignments/{PLAN}/C03/{STREET}/decompose")

    assert signed.json()["hold_status"] == "acknowledged"
    assert first.json()["hold_status"] == "decomposed"
    assert {child["state"] for child in first.json()["children"]} == {"confirmed"}
    assert again.content == first.content


@pytest.mark.databases("sqlite")
def test_a_running_plan_is_amended_as_its_dry_run_said(
    talk: Talk, engine: Engine, drafted: int
) -> None:
    launch(engine, drafted)
    office, path = talk(DISTRICT, Role.ISSUER), f"/plans/{PLAN}/amendments"
    said = {"drop": ["G07"], "reason": "会议纪要"}
    assert talk(STREET, Role.MANAGER).post(path, json=said).status_code == 422

    seen = office.post(f"{path}?dry_run=true", json=said).json()
    assert [one["no"] for one in office.get(path).json()["items"]] == [1]
    done = office.post(path, json={**said, "seal": seen["seal"]}).json()

    assert done == {**seen, "dry_run": False}
    assert [one["no"] for one in office.get(path).json()["items"]] == [2, 1]
    assert office.post(path, json={**said, "seal": seen["seal"]}).status_code == 422
