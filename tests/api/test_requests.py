"""Requests by this door: asked, seen with their effect, decided; others' are absent."""

from __future__ import annotations

from typing import Any

from shuangyong_core.client import Client
from tests.api.conftest import Door
from tests.api.district import COMMUNITY, PLAN, ROUND
from tests.reports.place import GOOD

BODY: dict[str, Any] = {
    "plan": PLAN, "unit": COMMUNITY, "kind": "extension", "target": "B03", "round": ROUND,
    "until": "2026-07-31", "reason": "防汛期间人员都在一线",
}  # fmt: skip
REPORT = f"/reports/{PLAN}/{ROUND}/{COMMUNITY}"


def todo(door: Door, name: str) -> list[tuple[str, int | None]]:
    """What waits for a token, but reports to write."""
    items = door.client(name).get("/todo").json()["items"]
    return [(item["act"], item["request"]) for item in items if item["act"] != "report"]


def test_a_script_asks_and_the_office_grants_what_it_saw(door: Door) -> None:
    community, issuer = door.client("community"), door.client("issuer")

    asked = community.post("/requests", json=BODY).json()
    again = community.post("/requests", json=BODY).json()
    seen = issuer.get(f"/requests/{asked['id']}").json()
    waits = todo(door, "community"), todo(door, "issuer"), todo(door, "reviewer")
    path, seal = f"/requests/{asked['id']}/decide", seen["effect"]["seal"]
    blind = issuer.post(path, json={"grant": True, "seal": "0"})
    granted = issuer.post(path, json={"grant": True, "seal": seal})
    late = issuer.post(path, json={"grant": False, "reason": "重新考虑"})

    assert (asked["status"], again) == ("open", asked)
    (item,) = seen["effect"]["items"]
    assert (item["due_date"], item["then"]) == ("2026-07-10", "2026-07-31")
    assert waits == ([("asked", asked["id"])], [("decide", asked["id"])], [])
    assert (blind.status_code, blind.json()["code"]) == (409, "effect_moved")
    assert granted.json()["decision"] == "granted"
    assert (late.status_code, late.json()["code"]) == (409, "request_over")
    assert todo(door, "community") == todo(door, "issuer") == []
    table = community.get(f"/assignments?plan={PLAN}&unit={COMMUNITY}").json()["items"]
    dues = next(row for row in table if row["target"] == "B03")["due_items"]
    due = next(row for row in dues if row["round"] == ROUND)
    assert (due["first_due"], due["due_date"]) == ("2026-07-10", "2026-07-31")
    mine = community.get(f"/requests?plan={PLAN}&unit={COMMUNITY}").json()["items"]
    assert [row["decision"] for row in mine] == ["granted"]


def test_another_unit_neither_sees_nor_asks_nor_decides(door: Door) -> None:
    number = door.client("community").post("/requests", json=BODY).json()["id"]
    neighbour, sibling = door.client("neighbour"), door.client("sibling")

    answers = [
        neighbour.get(f"/requests/{number}"),
        sibling.post(f"/requests/{number}/decide", json={"grant": True}),
        neighbour.post(f"/requests/{number}/withdraw"),
        neighbour.post("/requests", json=BODY),
        neighbour.get(f"/requests?plan={PLAN}&unit={COMMUNITY}"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert neighbour.get(f"/requests?plan={PLAN}").json() == {"items": []}
    refused = door.client("reviewer").post(f"/requests/{number}/decide", json={"grant": True})
    assert (refused.status_code, refused.json()["code"]) == (422, "may_not_decide")
    taken = door.client("community").post(f"/requests/{number}/withdraw")
    assert taken.json()["status"] == "withdrawn"


def test_what_is_wrong_is_named(quiet_door: Door) -> None:
    community = quiet_door.client("community")
    wrong = [BODY | {"until": "31.7.2026"}, BODY | {"until": "2026-07-01", "reason": ""}]
    wrong += [BODY | {"kind": "holiday"}, {"plan": PLAN}]

    answers = [community.post("/requests", json=body) for body in wrong]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert answers[0].json()["problems"][0]["field"] == "until"
    assert [each["field"] for each in answers[1].json()["problems"]] == ["reason"]


def test_an_objection_waits_for_the_reviewer(door: Door) -> None:
    door.client("street").post(REPORT + "/submit", json={"figures": GOOD})
    door.client("community").post(REPORT + "/object", json={"reason": "少记一件"})

    assert ("objection", None) in todo(door, "reviewer")
    assert ("objection", None) not in todo(door, "street")

    door.client("reviewer").post(REPORT + "/answer", json={"reason": "已核对"})
    assert ("objection", None) not in todo(door, "reviewer")


def test_the_client_has_a_method_for_each() -> None:
    assert {"ask", "requests", "request", "decide", "take_back"} <= set(dir(Client))
