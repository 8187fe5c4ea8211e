"""Units by this door: one, those under it, and nothing outside one's own."""

from __future__ import annotations

from tests.api.conftest import Door


def test_a_unit_shows_its_place_in_both_trees(quiet_door: Door) -> None:
    answer = quiet_door.client("union").get("/units/990106-ZGH001")

    assert answer.status_code == 200
    assert answer.json() == {
        "code": "990106-ZGH001",
        "name": "江滨船厂工会",
        "kind": "grassroots_union",
        "kind_name": "基层工会",
        "parent": "990106-ZGH",
        "territory": "990106001",
        "children": 0,
    }


def test_the_units_directly_under_one_are_listed_by_code(quiet_door: Door) -> None:
    answer = quiet_door.client("issuer").get("/units/990106/children")

    assert [each["code"] for each in answer.json()["items"]] == [
        "990106-ZGH",
        "990106001",
        "990106002",
    ]


def test_by_territory_a_street_sees_the_unions_that_sit_in_it(quiet_door: Door) -> None:
    street = quiet_door.client("street")

    by_duty = street.get("/units/990106001/children").json()["items"]
    by_place = street.get("/units/990106001/children?by=territory").json()["items"]

    assert [each["code"] for each in by_duty] == ["990106001001", "990106001002"]
    assert "990106-ZGH001" in [each["code"] for each in by_place]


def test_a_unit_outside_ones_own_is_as_absent_as_one_that_never_was(quiet_door: Door) -> None:
    sibling = quiet_door.client("sibling")

    outside = sibling.get("/units/990106001")
    absent = sibling.get("/units/990199999")

    assert outside.status_code == absent.status_code == 404
    assert outside.text.replace("990106001", "X") == absent.text.replace("990199999", "X")
