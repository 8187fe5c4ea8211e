"""The roll-up by this door: one's own by duty, totals by territory, shown totals, nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from shuangyong_core import db
from shuangyong_core.plans.models import TargetVersion
from shuangyong_core.rollups.actions.fold import fold
from tests.api.conftest import Door
from tests.api.district import COMMUNITY, DISTRICT, LAUNCHED_AT, NEIGHBOUR, PLAN, ROUND, STREET
from tests.reports.place import GOOD

PATH = f"/rollups/{PLAN}/{STREET}"


@pytest.fixture
def counted(door: Door) -> Door:
    """Accepted figures of one community, folded."""
    path = f"/reports/{PLAN}/{ROUND}/{COMMUNITY}"
    assert door.client("community").post(path + "/submit", json={"figures": GOOD}).is_success
    assert door.client("reviewer").post(path + "/accept").is_success
    waiting = door.client().get("/health").json()["pending_fold"]
    with db.write(door.engine) as session:
        assert fold(session, at=LAUNCHED_AT).marks > 0
    assert (waiting > 0, door.client().get("/health").json()["pending_fold"]) == (True, 0)
    return door


def test_a_street_reads_what_its_communities_add_up_to(counted: Door) -> None:
    lines = counted.client("street").get(f"{PATH}?round={ROUND}").json()["items"]

    by_code = {line["target"]: line for line in lines}
    assert by_code["B03"]["value"] == "12"
    assert (by_code["B03"]["expected"], by_code["B03"]["accepted"]) == (2, 1)
    assert by_code["C06"]["value"] == "1200.50"
    assert by_code["B06"]["rate"] == "96.8"
    assert (by_code["B06"]["rate_numerator"], by_code["B06"]["rate_denominator"]) == (30, 31)


def test_one_target_of_the_year_can_be_asked_for(counted: Door) -> None:
    (line,) = counted.client("issuer").get(f"/rollups/{PLAN}/{DISTRICT}?target=B03").json()["items"]

    assert (line["target"], line["unit"], line["value"]) == ("B03", DISTRICT, "12")


def test_behind_a_number_stand_its_reports(counted: Door) -> None:
    (source,) = counted.client("street").get(f"{PATH}/B03/sources").json()["items"]

    assert (source["unit"], source["round"], source["no"]) == (COMMUNITY, ROUND, 1)
    assert source["value"] == "12"
    assert source["channel"] == "script"
    assert source["accepted_at"].endswith("Z")


def test_another_line_is_404_and_so_are_its_sources(counted: Door) -> None:
    sibling, neighbour = counted.client("sibling"), counted.client("neighbour")

    assert sibling.get(PATH).status_code == 404
    assert sibling.get(PATH + "/B03/sources").status_code == 404
    assert neighbour.get(f"/rollups/{PLAN}/{COMMUNITY}").status_code == 404
    assert neighbour.get(f"/rollups/{PLAN}/{NEIGHBOUR}").status_code == 200
    assert sibling.get(f"/rollups/{PLAN}/{DISTRICT}").status_code == 404


def test_a_past_day_is_answered_as_it_was_to_whom_it_may_be(counted: Door) -> None:
    street, sibling = counted.client("street"), counted.client("sibling")
    now, told = street.get(PATH), street.get(f"{PATH}?at=2026-07-08&target=B03&round={ROUND}")
    before = street.get(f"{PATH}?at=2026-07-07&target=B03&round={ROUND}").json()["items"]

    assert street.get(f"{PATH}?at=2026-07-08").json() == now.json()
    assert [(line["value"], line["accepted"]) for line in told.json()["items"]] == [("12", 1)]
    assert [(line["value"], line["expected"]) for line in before] == [(None, 2)]
    assert sibling.get(f"{PATH}?at=2026-07-07").status_code == 404
    to_come, early = street.get(f"{PATH}?at=2026-07-09"), street.get(f"{PATH}?at=2025-12-31")
    assert (to_come.status_code, to_come.json()["code"]) == (422, "day_to_come")
    assert (early.status_code, early.json()["code"]) == (422, "before_launch")
    assert street.get(f"{PATH}?at=2026-02-30").status_code == 422


def test_a_shown_total_is_total_and_goal_only(counted: Door) -> None:
    with db.write(counted.engine) as session:
        shown = update(TargetVersion).where(TargetVersion.target == 1)
        session.execute(shown.values(shown_to=["street"]))
    sibling = counted.client("sibling")

    (line,) = sibling.get(f"/rollups/{PLAN}/{DISTRICT}").json()["items"]
    behind = sibling.get(f"/rollups/{PLAN}/{DISTRICT}/B03/sources")

    assert (line["target"], line["value"]) == ("B03", "12")
    assert (line["expected"], line["reported"], line["overdue"]) == (0, 0, 0)
    assert behind.status_code == 404


def test_an_unknown_round_or_target_is_404(counted: Door) -> None:
    street = counted.client("street")

    assert street.get(PATH + "?round=R9").status_code == 404
    assert street.get(PATH + "?target=Z99").status_code == 404
    assert street.get(PATH + "/Z99/sources").status_code == 404
