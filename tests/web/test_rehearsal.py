"""演练全年 as a page: the year of a draft and of a running plan, for the office alone."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select

from shuangyong_core import db
from shuangyong_core.audit.models import AuditEntry
from tests.web.conftest import Browser
from tests.web.counting import counted
from tests.web.district import PLAN, District

Open = Callable[..., Browser]
HERE = f"/plans/{PLAN}/rehearsal"


def test_the_office_runs_the_year_and_nothing_is_written(
    district: District, open_browser: Open
) -> None:
    office = open_browser("office")
    before = entries(district)
    with counted(district.engine) as sent:
        page = office.get(HERE)

    assert page.status_code == 200
    assert "829 份报送、2,168 个数" in page.text
    assert "没有往年的报送可以参照" in page.text
    assert "没有冲突" in page.text
    assert "金沙街道总工会 23 份" in page.text
    assert entries(district) == before
    assert len(sent) <= 35  # whatever the number of units
    assert HERE in office.get(f"/plans/{PLAN}/rounds").text

    street = open_browser("street")
    assert street.get(HERE).status_code == 404


def test_next_year_is_rehearsed_by_the_habits_of_this_one(
    district: District, open_browser: Open
) -> None:
    office = open_browser("office")
    office.get("/plans")
    office.post("/plans", act="copy", code=PLAN)
    page = office.get("/plans/linjiang-2027/rehearsal")

    assert "照 2026 年各类单位的报送早晚估计。" in page.text
    assert "预计迟报" in page.text
    assert "的日期是暂定的" in page.text


def test_a_draft_with_mistakes_says_which(district: District, open_browser: Open) -> None:
    office = open_browser("office")
    office.get("/plans")
    office.post("/plans", act="copy", code=PLAN)
    office.get("/plans/linjiang-2027/rounds")
    office.post_form("/plans/linjiang-2027/rounds", {"due_date.1": "年底前后", "act": "save"})
    page = office.get("/plans/linjiang-2027/rehearsal")

    assert "处要改，改好后再演练" in page.text
    assert "没有填，请补上。" in page.text


def entries(district: District) -> int:
    """How many acts the record holds."""
    with db.read(district.engine) as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0
