"""填报负担: what the plan costs each kind of unit, counted from what is due, for the office."""

from __future__ import annotations

from collections.abc import Callable

from shuangyong_core import db
from shuangyong_core.assignments.queries.burden import plan_burden
from shuangyong_core.plans.queries import get_plan
from tests.web.conftest import Browser
from tests.web.counting import counted
from tests.web.district import DISTRICT, PLAN, STREET, District

Open = Callable[..., Browser]
HERE = f"/burden/{PLAN}/{DISTRICT}"


def test_the_burden_is_the_one_the_plan_promises(district: District) -> None:
    with counted(district.engine) as sent, db.read(district.engine) as session:
        found = plan_burden(session, get_plan(session, PLAN))

    kinds = {one.kind: (one.units, one.rounds, one.numbers) for one in found.kinds}
    assert kinds == {
        "street": (13, 4, 17),
        "community": (129, 4, 11),
        "union_federation": (1, 4, 16),
        "grassroots_union": (255, 1, 2),
        "member_unit": (1, 2, 2),
    }
    assert found.total == 13 * 17 + 129 * 11 + 16 + 255 * 2 + 2
    assert sum(one.numbers for one in found.rounds) == found.total
    assert found.busiest is not None
    assert found.busiest.code == "R5"
    assert [one.kind for one in found.heaviest] == ["street"] * 10
    assert len(sent) <= 6


def test_the_office_sees_it_and_nobody_else(district: District, open_browser: Open) -> None:
    page = open_browser("office").get(HERE)

    assert page.status_code == 200
    assert "全年合计 2,168 个数" in page.text
    assert "竖线为次数上限 6 次" in page.text
    assert 'aria-label="R1 ' in page.text
    street = open_browser("street")
    assert street.get(HERE).status_code == 404
    assert street.get(f"/burden/{PLAN}/{STREET}").status_code == 404
