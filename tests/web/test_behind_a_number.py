"""The pages behind a number: tasks, one task, and the way down to the report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.conftest import Browser
from tests.web.counting import counted
from tests.web.district import COMMUNITY, DISTRICT, OTHERS, PLAN, SECOND, STREET, District

Open = Callable[..., Browser]


def test_the_tasks_of_a_unit_lead_to_each_task(reported: District, open_browser: Open) -> None:
    page = open_browser("street").get(f"/targets/{PLAN}")

    assert f"/targets/{PLAN}/D05?unit={STREET}" in page.text
    assert "系统自动计数" in page.text


def test_a_category_shows_its_tasks_alone(reported: District, open_browser: Open) -> None:
    page = open_browser("office").get(f"/targets/{PLAN}?category=1")

    assert "双拥宣传报道" in page.text
    assert "调整充实双拥工作领导小组" not in page.text


def test_a_task_shows_value_goal_rate_and_children(reported: District, open_browser: Open) -> None:
    page = open_browser("office").get(f"/targets/{PLAN}/B03?unit={STREET}")

    assert "3<small>次</small>" in page.text
    assert "望江社区" in page.text
    assert "R2" in page.text
    assert f"/source/{PLAN}/B03?unit={STREET}" in page.text


def test_a_total_that_is_shown_to_a_street_has_nothing_behind_it(
    reported: District, open_browser: Open
) -> None:
    page = open_browser("street").get(f"/targets/{PLAN}/F01?unit={DISTRICT}")

    assert page.status_code == 200
    assert "只看合计和目标" in page.text
    assert "/source/" not in page.text
    assert "退役军人" not in page.text


def test_a_community_does_not_see_what_is_shown_to_streets(
    reported: District, open_browser: Open
) -> None:
    page = open_browser("clerk").get(f"/targets/{PLAN}/F01?unit={DISTRICT}")

    assert page.status_code == 404


def test_a_number_opens_in_two_clicks_down_to_the_report(
    reported: District, open_browser: Open
) -> None:
    page = open_browser("office").get(f"/source/{PLAN}/B03?at={STREET},{COMMUNITY}")

    assert "逐级相加一致：3（望江社区） → 3（江滨街道） → 3（临江区）" in page.text
    assert "望江社区联络员" in page.text
    assert "江滨街道审核岗" in page.text
    assert "双拥 2，征兵 1" in page.text
    assert f"/reports/{PLAN}/{COMMUNITY}/R2" in page.text


def test_a_report_that_does_not_count_is_said_to_wait(
    reported: District, open_browser: Open
) -> None:
    page = open_browser("office").get(f"/source/{PLAN}/D05?at={STREET},{SECOND}")

    assert "已报，还没有审核通过" in page.text


def test_off_the_way_there_is_nothing(reported: District, open_browser: Open) -> None:
    office = open_browser("office")

    for steps in (f"{STREET},{OTHERS}", COMMUNITY, f"{STREET},{COMMUNITY},{COMMUNITY}"):
        assert office.get(f"/source/{PLAN}/B03?at={steps}").status_code == 404


@pytest.mark.parametrize(
    ("path", "most"),
    [
        (f"/targets/{PLAN}", 45),
        (f"/targets/{PLAN}/B03", 60),
        (f"/source/{PLAN}/B03?at={STREET},{COMMUNITY}", 105),
        ("/materials", 25),
        (f"/split/{PLAN}/{DISTRICT}", 35),
    ],
)
def test_the_statements_of_a_page_are_few(
    reported: District, open_browser: Open, path: str, most: int
) -> None:
    office = open_browser("office")

    with counted(reported.engine) as sent:
        assert office.get(path).status_code == 200

    assert len(sent) <= most
