"""What waits for the caller: to write, to decide over, to mend; nothing of another's."""

from __future__ import annotations

from tests.api.conftest import Door
from tests.api.district import COMMUNITY, NEIGHBOUR, PLAN, ROUND
from tests.reports.place import GOOD

PATH = f"/reports/{PLAN}/{ROUND}/{COMMUNITY}"


def waiting(door: Door, name: str) -> list[tuple[str, str, str]]:
    """This function will give what waits for a token, shortly."""
    items = door.client(name).get("/todo").json()["items"]
    return [(item["act"], item["unit"], item["round"]) for item in items]


def test_what_waits_goes_from_hand_to_hand(door: Door) -> None:
    before = waiting(door, "community"), waiting(door, "reviewer")

    door.client("community").post(PATH + "/submit", json={"figures": GOOD})
    sent = waiting(door, "community"), waiting(door, "reviewer")
    door.client("reviewer").post(PATH + "/return", json={"reason": "请核对"})
    back = waiting(door, "community"), waiting(door, "reviewer")

    assert before == ([("report", COMMUNITY, ROUND)], [])
    assert sent == ([], [("review", COMMUNITY, ROUND)])
    assert back == ([("mend", COMMUNITY, ROUND)], [])


def test_nobody_sees_what_waits_for_another(quiet_door: Door) -> None:
    assert waiting(quiet_door, "neighbour") == [("report", NEIGHBOUR, ROUND)]
    assert waiting(quiet_door, "union") == []
