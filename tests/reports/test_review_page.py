"""The review page: each figure beside what was said before, and all that happened."""

from __future__ import annotations

import pytest

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.errors import NotFound
from shuangyong_core.reports.actions import return_for_revision, save_draft
from shuangyong_core.reports.queries.review_page import ReviewPage, get_review_page
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, Street
from tests.reports.test_form import IN_MARCH, R1


def page_of(street: Street, report: int, by: Actor | None = None) -> ReviewPage:
    with db.read(street.engine) as session:
        return get_review_page(session, report, actor=by or street.reviewer)


def test_figures_stand_beside_the_round_and_the_submission_before(street: Street) -> None:
    street.send({**GOOD, "B03": {"value": 5}}, place=R1, at=IN_MARCH)
    report = street.send({**GOOD, "B03": {"value": 11}}).report
    with db.write(street.engine) as session:
        return_for_revision(
            session, report, no=1, reason="少一次", fields={}, actor=street.reviewer, at=street.at
        )
    street.send()

    page = page_of(street, report)

    b03 = page.rows[0]
    assert (b03.previous_round_text, b03.previous_submission_text, b03.text) == (
        "5 次",
        "11 次",
        "12 次",
    )
    assert [row.text for row in page.rows[1:]] == [
        "96.8%（30/31）",
        "1,200.50 元",
        "是",
        "2 个",
        "2026-07-03",
    ]
    assert b03.value is not None
    assert dict(b03.value.parts) == {"国防": 5, "双拥": 7}
    assert page.returns == 1


def test_the_history_tells_every_move_and_who_made_it(street: Street) -> None:
    report = street.send().report
    with db.write(street.engine) as session:
        return_for_revision(
            session, report, no=1, reason="少一次", fields={}, actor=street.reviewer, at=street.at
        )

    history = page_of(street, report).history

    assert [(line.what, line.who, line.note) for line in history] == [
        ("开始填写", "望江社区联络员", ""),
        ("报送", "望江社区联络员", ""),
        ("退回修改", "江滨街道审核岗", "少一次"),
    ]


def test_the_page_says_what_its_reader_may_do(street: Street) -> None:
    report = street.send().report

    assert list(page_of(street, report).may) == ["accept", "return"]
    assert page_of(street, report).may_not["reopen"] == "这份报送现在是“已报送，待审核”。"
    assert page_of(street, report, street.clerk).may == ()


def test_a_draft_is_not_shown_to_the_reviewer(street: Street) -> None:
    with db.write(street.engine) as session:
        saved = save_draft(
            session, PLAN, ROUND, COMMUNITY, body={"figures": {}}, version=0,
            actor=street.clerk, at=street.at,
        )  # fmt: skip

    with pytest.raises(NotFound):
        page_of(street, saved.report)


def test_a_stranger_finds_nothing(street: Street) -> None:
    report = street.send().report

    with pytest.raises(NotFound):
        page_of(street, report, street.stranger)
