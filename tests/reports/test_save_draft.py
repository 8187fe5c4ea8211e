"""Drafts: kept as typed, checked only when sent, never overwritten blindly."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.errors import NotFound, Problems
from shuangyong_core.reports.actions import save_draft
from shuangyong_core.reports.actions.save_draft import DraftMoved, SavedDraft
from shuangyong_core.reports.models import Draft
from shuangyong_core.reports.rules.body import BodyUnreadable
from shuangyong_core.reports.rules.refusals import RoundNotOpen, WaitsForReview
from tests.reports.place import COMMUNITY, PLAN, ROUND, Street

TYPED = {"figures": {"B03": {"value": "6件左右"}}}


def save(street: Street, body: Any = None, **how: Any) -> SavedDraft:
    facts = {"version": None, "actor": street.clerk, "at": street.at} | how
    place = facts.pop("place", (PLAN, ROUND, COMMUNITY))
    with db.write(street.engine) as session:
        return save_draft(session, *place, body=TYPED if body is None else body, **facts)


def test_a_draft_is_kept_as_typed(street: Street) -> None:
    save(street)

    with db.read(street.engine) as session:
        assert session.scalars(select(Draft.body)).one() == TYPED


def test_each_save_knows_the_version_before_it(street: Street) -> None:
    first = save(street, version=0)

    assert save(street, version=first.version).version == first.version + 1


def test_a_second_window_is_told_that_the_draft_has_moved(street: Street) -> None:
    save(street, version=0)

    with pytest.raises(DraftMoved, match="您打开的是第 0 版，现在是第 1 版"):
        save(street, version=0)


def test_what_waits_for_review_is_not_typed_over(street: Street) -> None:
    street.send()

    with pytest.raises(WaitsForReview):
        save(street)


def test_nothing_is_typed_before_the_round_opens(street: Street) -> None:
    with pytest.raises(RoundNotOpen):
        save(street, place=(PLAN, "R3", COMMUNITY))


def test_a_stranger_finds_nothing(street: Street) -> None:
    with pytest.raises(NotFound):
        save(street, actor=street.stranger)


NESTED: Any = []
for _ in range(50):
    NESTED = [NESTED]


@pytest.mark.parametrize(
    "body",
    [
        {"figures": {"B03": {"value": float("nan")}}},
        {"figures": {"B03": {"value": "\ud800"}}},
        {"figures": {"B03": {"value": "\0"}}},
        {"figures": {"B03": {"value": 10**5000}}},
        {"figures": NESTED},
        {"figures": {"B03": {"value": "x" * 200_001}}},
        ["figures"],
        {"figures": {"B03": object()}},
    ],
)
def test_what_no_database_keeps_is_refused_and_nothing_changes(street: Street, body: Any) -> None:
    before = street.counts()

    with pytest.raises((BodyUnreadable, Problems)):
        save(street, body)

    assert street.counts() == before
