"""补录 in the to-do list: no red light, why it is there, and below whatever has a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.plans.models import Plan
from shuangyong_core.reports.queries.standing import Standing
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.web.lights import light_of
from shuangyong_core.web.todo.rows import Rows
from shuangyong_core.web.waiting import Waiting
from tests.web.gallery import Shown, gallery

TODAY = date(2026, 7, 27)
SPRING = Standing(
    unit=1, unit_code="990106001", unit_name="江滨街道", unit_kind="street", round=1,
    round_code="R1", round_title="开年和春节", opens_on=date(2026, 2, 25), due=date(2026, 3, 6),
    locks_on=date(2026, 3, 20), done_by=None, is_provisional=False, items=3, backfilled=3, unsent=3,
    status=Status.DRAFT, latest_no=0, sent_at=None, sent_by=None, channel=None, on_behalf=None,
    acting_unit=None, reply=None, objection=None, filled=0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("standing", "light", "said"),
    [
        (SPRING, "na", "3 项补录，不算迟报。"),
        (replace(SPRING, items=5), "late", "3 项补录，不算迟报。其余各项照常。"),
        (replace(SPRING, status=Status.ACCEPTED, unsent=1), "ok", "1 项补录，不算迟报。"),
    ],
)
def test_it_is_named_and_stands_last(standing: Standing, light: str, said: str) -> None:
    plan = Plan(code="linjiang-2026", year=2026)
    rows = Rows(plan, TODAY, Calendar())

    (dated,) = rows.to_report(Waiting(own=(standing,)))

    assert (dated.row.how_long, dated.row.verb, dated.row.light) == ("补录", "补录", "na")
    assert said in dated.row.detail
    assert dated.due > TODAY
    assert light_of(standing, TODAY)[0] == light


def test_a_round_that_is_over_and_ordinary_is_not_in_the_list() -> None:
    ordinary = replace(SPRING, backfilled=0, unsent=0)

    assert Waiting(own=(ordinary,)).to_report(TODAY) == []


def test_its_form_says_no_date_until_which_it_is_open() -> None:
    shown = gallery()["form"]

    html = Shown(shown.template, replace(shown.view, light="na", locks=None), shown.page).html()

    assert "补录，不算迟报" in html
    assert "前仍可补报" not in html
