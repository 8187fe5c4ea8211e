"""Every call is in routes.txt, asks for a token, hides what is another's, and never breaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from shuangyong_core import db
from shuangyong_core.audit.models import AuditEntry
from tests.api.conftest import Door
from tests.api.district import COMMUNITY, DISTRICT, PLAN, ROUND, STREET
from tests.api.hostile import BODIES, PACKED, TYPES

SNAPSHOT = Path(__file__).with_name("routes.txt")
OPEN = {"GET /health"}
HERE = {"plan": PLAN, "round": ROUND, "unit": COMMUNITY, "code": STREET, "target": "B03",
        "number": "1", "notice": "1", "sha256": "0" * 64}  # fmt: skip
ABSENT = {"unit": "990199999", "code": "990199999", "plan": "no-such-plan", "round": "R99"}
# What a sibling street may not learn of the first street: nothing at all.
OUTSIDE = {"unit": COMMUNITY, "code": STREET}


def calls(app: FastAPI) -> list[tuple[str, str]]:
    """This function will list every call as (method, path)."""
    return sorted(
        (method, path)
        for path, found in app.openapi()["paths"].items()
        for method in (each.upper() for each in found)
    )


def filled(path: str, **places: str) -> str:
    """This function will fill the places of a path."""
    return re.sub(r"{(\w+)}", lambda found: (HERE | places)[found[1]], path)


def query_of(path: str) -> str:
    """This function will give the parameters without which a call makes no sense."""
    return f"?plan={PLAN}&unit={COMMUNITY}" if path in ("/assignments", "/supports") else ""


def body_of(path: str) -> dict[str, object]:
    """This function will give a body that the call takes."""
    ends = {
        "/return": {"reason": "请核对"},
        "/reopen": {"reason": "请核对"},
        "/decompose": {"children": {}, "own": "0"},
        "/dates": {"round": "R2", "due": None},
        "/pass-on": {"units": [COMMUNITY]},
        "/answer": {"text": "已办"} if path.startswith("/handouts") else {},
    }
    return next((body for end, body in ends.items() if path.endswith(end)), {})


def test_every_call_is_in_the_snapshot(quiet_door: Door) -> None:
    found = "".join(f"{method} {path}\n" for method, path in calls(quiet_door.app))

    assert found == SNAPSHOT.read_text(encoding="utf-8")


def test_the_description_is_complete(quiet_door: Door) -> None:
    described = quiet_door.client().get("/openapi.json").json()

    for method, path in calls(quiet_door.app):
        call = described["paths"][path][method.lower()]
        assert call["description"]
        done = next(each for code, each in call["responses"].items() if code < "300")
        assert "$ref" in str(done["content"]) or "binary" in str(done["content"]), (method, path)
        assert bool(call.get("security")) == (f"{method} {path}" not in OPEN)


def test_every_call_but_health_needs_a_token(quiet_door: Door) -> None:
    stranger = quiet_door.client()

    for method, path in calls(quiet_door.app):
        if f"{method} {path}" not in OPEN:
            # Nothing else is looked at before the token: not even a body that is no JSON.
            answer = stranger.request(method, filled(path), content=b"{")
            assert answer.status_code == 401, (method, path)


def test_a_sibling_meets_the_answer_for_what_never_was(quiet_door: Door) -> None:
    sibling = quiet_door.client("sibling")

    for method, path in calls(quiet_door.app):
        places = [name for name in re.findall(r"{(\w+)}", path) if name in OUTSIDE]
        query = query_of(path)
        if not places and not query:
            continue
        sent = {"files": {"file": ("a.pdf", b"%PDF-")}} if path.endswith("/evidence") else {
            "json": body_of(path)
        } if method != "GET" else {}  # fmt: skip
        outside = sibling.request(method, filled(path) + query, **sent)
        for name in places or ["unit"]:
            gone = filled(path, **{name: ABSENT[name]}) + query.replace(COMMUNITY, ABSENT["unit"])
            absent = sibling.request(method, gone, **sent)
            assert outside.status_code == 404, (method, path, outside.text)
            assert outside.content == absent.content, (method, path, name)


def test_what_was_refused_is_in_the_record_and_changed_nothing_else(quiet_door: Door) -> None:
    def recorded() -> int:
        with db.read(quiet_door.engine) as session:
            found = select(func.count()).select_from(AuditEntry)
            return session.scalar(found.where(AuditEntry.result == "refused")) or 0

    sibling = quiet_door.client("sibling")
    writing = [(m, p) for m, p in calls(quiet_door.app) if m != "GET" and "{unit}" in p]
    for method, path in writing:
        before = recorded()
        sibling.request(method, filled(path), json=body_of(path))
        assert recorded() == before + 1, (method, path)


@pytest.mark.parametrize("name", BODIES)
def test_no_body_breaks_any_call(quiet_door: Door, name: str) -> None:
    community = quiet_door.client("community")

    for method, path in calls(quiet_door.app):
        if method == "GET" or (name == "nothing" and not path.endswith("evidence")):
            continue
        answer = community.request(
            method, filled(path), content=BODIES[name], headers={"Content-Type": "application/json"}
        )
        kept_as_typed = method == "PUT" and answer.status_code == 200
        assert kept_as_typed or 400 <= answer.status_code < 500, (method, path, answer.text)
        assert set(answer.json()) >= ({"version"} if kept_as_typed else {"code", "problems"})


@pytest.mark.parametrize("kind", TYPES)
def test_a_body_of_another_type_is_415(quiet_door: Door, kind: str) -> None:
    community = quiet_door.client("community")

    for method, path in calls(quiet_door.app):
        if method != "GET":
            answer = community.request(
                method, filled(path), content=b'{"a": 1}', headers={"Content-Type": kind}
            )
            assert answer.status_code == 415, (method, path)


def test_a_packed_body_is_415_and_a_large_one_413(quiet_door: Door) -> None:
    path = f"/reports/{PLAN}/{ROUND}/{COMMUNITY}"
    community = quiet_door.client("community")

    packed = community.put(path, content=b"\x1f\x8b", headers=PACKED)
    announced = community.put(path, content=b"{}", headers={"Content-Length": "9" * 30})
    streamed = community.put(path, content=(b'"' + b"x" * 65536 for _ in range(40)))

    assert (packed.status_code, announced.status_code, streamed.status_code) == (415, 413, 413)


def test_the_district_reads_the_street_below(quiet_door: Door) -> None:
    """The matrix above would also pass if everything were 404."""
    assert quiet_door.client("issuer").get(f"/units/{STREET}").status_code == 200
    assert quiet_door.client("issuer").get(f"/units/{DISTRICT}").status_code == 200
