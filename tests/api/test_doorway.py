"""The way in: tokens only, no cookies, no parameter nobody asked for, one shape of refusal."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.accounts.actions import revoke_token
from shuangyong_core.accounts.models import Token
from tests.api.conftest import Door
from tests.api.district import OPERATOR


def test_health_needs_no_token(quiet_door: Door) -> None:
    answer = quiet_door.client().get("/health")

    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["pending_fold"] == 0


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer wrong", "Basic dTpw", "Bearer " + "x" * 5000, "Bearer \xe9"],
)
def test_a_wrong_token_is_refused_in_the_one_shape(quiet_door: Door, header: str) -> None:
    headers = [(b"authorization", header.encode("latin-1"))]

    answer = quiet_door.client().get("/units/990106", headers=headers)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["code"] == "token_refused"
    assert answer.json()["problems"] == []


def test_a_cookie_opens_nothing(quiet_door: Door) -> None:
    secret = quiet_door.tokens["issuer"]
    cookie = f"session={secret}; token={secret}; Authorization=Bearer {secret}"

    answer = quiet_door.client().get("/units/990106", headers={"Cookie": cookie})

    assert answer.status_code == 401


@pytest.mark.databases("sqlite")
def test_a_revoked_token_is_over_at_the_next_call(door: Door) -> None:
    client = door.client("street")
    before = client.get("/units/990106001")

    with db.write(door.engine) as session:
        token = session.scalars(select(Token.id).where(Token.label == "street")).one()
        revoke_token(session, token, actor=OPERATOR, at=datetime.now(UTC))
    after = client.get("/units/990106001")

    assert (before.status_code, after.status_code) == (200, 401)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?colour=red", "unknown_parameter"),
        ("?by=territory&by=responsibility", "given_twice"),
        ("?by=%00", "unknown_parameter"),
        ("?by=both", "enum"),
    ],
)
def test_a_parameter_is_never_passed_over_in_silence(
    quiet_door: Door, query: str, code: str
) -> None:
    answer = quiet_door.client("issuer").get("/units/990106/children" + query)

    assert answer.status_code == 422
    assert [each["code"] for each in answer.json()["problems"]] == [code]


@pytest.mark.parametrize("path", ["/units/%00", "/units/a%00b/children", "/nowhere", "/units/"])
def test_a_path_that_leads_nowhere_is_404_in_the_one_shape(quiet_door: Door, path: str) -> None:
    answer = quiet_door.client("issuer").get(path)

    assert answer.status_code == 404
    assert set(answer.json()) == {"code", "message", "problems"}


def test_every_answer_forbids_keeping_and_guessing(quiet_door: Door) -> None:
    for answer in (quiet_door.client().get("/health"), quiet_door.client().get("/units/1")):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
