"""The page 进度: its numbers are the roll-up's, its parts add up, nobody sees another's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.apart import apart
from shuangyong_core.marks.models import Mark
from shuangyong_core.plans.queries import get_plan
from shuangyong_core.reports.actions import submit
from shuangyong_core.rollups import queries as rollups
from shuangyong_core.rollups.actions.fold import fold
from shuangyong_core.rollups.queries.seen import show_to
from shuangyong_core.units.models import Tree, Unit
from tests.web.conftest import Browser
from tests.web.counting import counted
from tests.web.district import (
    COMMUNITY,
    DISTRICT,
    FEDERATION,
    GOOD,
    OTHER_STREET,
    PLAN,
    PRETEND,
    STREET,
    District,
    on,
)

Open = Callable[..., Browser]
STRIP = re.compile(r'<div class="v ?[a-z]*">(?:<a [^>]*>)?([\d,]+)')
SEGMENT = re.compile(r'class="fg ?\w*" x="([\d.]+)%" width="([\d.]+)%" height="8"')
MOST_STATEMENTS = 45
SHOWN = ("expected", "reported", "accepted", "overdue")
NO_DAYS = {
    "2026-07-21": "还没有到",
    "2025-06-30": "才下达",
    "2026-06-31": "日历上没有这一天",
    "去年": "要写到哪一天",
}


def strip_of(html: str) -> list[int]:
    """The five numbers on top."""
    return [int(number.replace(",", "")) for number in STRIP.findall(html)]


def tally_of(engine: Engine, unit: str, tree: Tree = Tree.RESPONSIBILITY) -> rollups.Strip:
    """What the roll-up says of a unit."""
    with db.read(engine) as session:
        plan = get_plan(session, PLAN).id
        number = session.scalars(select(Unit.id).where(Unit.code == unit)).one()
        return rollups.strip(session, plan, number, today=PRETEND, tree=tree)


@pytest.mark.parametrize("unit", [DISTRICT, STREET, COMMUNITY, FEDERATION])
def test_the_numbers_on_the_page_are_those_of_the_roll_up(
    reported: District, open_browser: Open, unit: str
) -> None:
    items = tally_of(reported.engine, unit).items

    page = open_browser("office").get(f"/progress?unit={unit}")

    expected, done, accepted, _, late = strip_of(page.text)
    assert (expected, done, accepted) == (items.expected, items.reported, items.accepted)
    assert late == items.overdue


def test_the_parts_of_the_bar_add_up_to_what_is_expected(
    reported: District, open_browser: Open
) -> None:
    page = open_browser("office").get("/progress")

    parts = [(float(x), float(width)) for x, width in SEGMENT.findall(page.text)]
    assert sum(width for _, width in parts) == pytest.approx(100, abs=0.1)
    for (before, width), (after, _) in pairwise(parts):
        assert before + width == pytest.approx(after, abs=0.05)


def test_both_trees_agree_at_the_root(reported: District, open_browser: Open) -> None:
    office = open_browser("office")

    by_line = strip_of(office.get("/progress").text)
    by_place = strip_of(office.get("/progress?by=territory").text)

    assert by_line == by_place


@pytest.mark.parametrize(
    "path",
    [
        f"/progress?unit={OTHER_STREET}",
        f"/progress?unit={DISTRICT}",
        f"/progress?unit={OTHER_STREET}&by=territory",
        f"/progress?unit={FEDERATION}",
        "/progress?unit=999999",
        "/progress?round=R9",
        "/progress?plan=other-2026",
        f"/targets/{PLAN}?unit={OTHER_STREET}",
        f"/targets/{PLAN}/B03?unit={OTHER_STREET}",
        f"/targets/{PLAN}/B03?unit={DISTRICT}",
        f"/source/{PLAN}/B03?unit={OTHER_STREET}",
        f"/source/{PLAN}/B03?unit={DISTRICT}",
        f"/split/{PLAN}/{OTHER_STREET}",
        f"/split/{PLAN}/{DISTRICT}",
    ],
)
def test_what_is_another_s_is_not_there(reported: District, open_browser: Open, path: str) -> None:
    street = open_browser("street")

    assert street.get(path).status_code == 404


def test_a_community_sees_its_own_and_no_one_else(reported: District, open_browser: Open) -> None:
    clerk = open_browser("clerk")

    own = clerk.get("/progress")

    assert own.status_code == 200
    assert "望江社区" in own.text
    assert "滨河社区" not in own.text
    assert "江滨街道" not in own.text
    assert clerk.get(f"/progress?unit={STREET}").status_code == 404


def test_territory_gives_totals_and_names_no_unit_of_another_line(
    reported: District, open_browser: Open
) -> None:
    page = open_browser("street").get("/progress?by=territory")

    assert page.status_code == 200
    assert "工会" not in page.text
    assert "/source/" not in page.text
    assert "现在在谁手里" not in page.text


def test_an_administrator_has_no_business_data(reported: District, open_browser: Open) -> None:
    assert open_browser("sysadmin").get("/progress").status_code == 404


@pytest.mark.parametrize("unit", [DISTRICT, STREET, COMMUNITY, FEDERATION])
def test_the_statements_of_a_page_do_not_grow_with_the_units(
    reported: District, open_browser: Open, unit: str
) -> None:
    office = open_browser("office")

    with counted(reported.engine) as sent:
        office.get(f"/progress?unit={unit}")

    assert len(sent) <= MOST_STATEMENTS


def test_a_page_asked_again_says_what_was_done_meanwhile(
    reported: District, open_browser: Open
) -> None:
    office = open_browser("office")
    before = strip_of(office.get("/progress").text)

    with db.write(reported.engine) as session:
        submit(
            session, PLAN, "R2", "990106001003", body={"figures": GOOD}, channel="form",
            actor=reported.actor("street", at=on(7, 20)), at=on(7, 20),
        )  # fmt: skip
        fold(session, at=on(7, 20, 11))

    assert strip_of(office.get("/progress").text)[1] == before[1] + len(GOOD)


def test_marks_that_wait_are_said_and_polled(reported: District, open_browser: Open) -> None:
    office = open_browser("office")
    assert "正在汇总" not in office.get("/progress").text
    assert "已汇总完" in office.get("/progress/fresh").text

    with db.write(reported.engine) as session:
        plan = get_plan(session, PLAN)
        session.add(Mark(unit=plan.issuer, target=1, round=1))

    assert "/progress/fresh" in office.get("/progress").text
    assert "正在汇总" in office.get("/progress/fresh").text


def test_the_lights_are_explained_in_one_table(district: District, open_browser: Open) -> None:
    page = open_browser("clerk").get("/lights")

    for word in ("正常", "需关注", "滞后", "未开始", "不涉及", "复核中", "10%"):
        assert word in page.text


def test_a_past_day_is_the_one_the_api_tells_and_no_later_review_is_in_it(
    reported: District, open_browser: Open
) -> None:
    office, street = open_browser("office"), open_browser("street")
    live = office.get("/progress")
    with apart(reported.engine) as session:
        plan, actor = get_plan(session, PLAN), reported.actor("office", at=on(7, 20))
        lines = show_to(session, plan, DISTRICT, actor=actor, today=PRETEND, as_of=date(2026, 7, 8))
        told = [sum(getattr(line.opened, name) for line in lines) for name in SHOWN]

    before = office.get("/progress?at=2026.7.8")
    page = strip_of(before.text)

    assert (page[:3], page[4]) == (told[:3], told[3])
    assert page[2] == 0 < strip_of(live.text)[2]
    assert "以下为 2026年7月8日 当日终了时的数字" in before.text
    assert f'unit={STREET}&amp;at=2026-07-08"' in before.text
    for word in ("/targets/", "/source/", "/split/", "/guards/", "待我"):
        assert word not in before.text.split("<main")[1]
    assert "退回修改 " in live.text
    assert "退回修改 " not in before.text
    assert street.get(f"/progress?unit={OTHER_STREET}&at=2026-07-08").status_code == 404
    for day, said in NO_DAYS.items():
        refused = office.get(f"/progress?at={day}")
        assert (refused.status_code, re.findall(said, refused.text)[:1]) == (422, [said])
        assert strip_of(refused.text) == strip_of(live.text)
