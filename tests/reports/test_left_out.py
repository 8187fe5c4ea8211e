"""An item with a granted later date may be left out, and comes with a supplement."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from shuangyong_core import db
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.errors import Problems
from shuangyong_core.reports.actions import accept
from shuangyong_core.reports.models import Figure
from shuangyong_core.reports.queries.form import get_form
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, Street

WITHOUT: dict[str, Any] = {code: figure for code, figure in GOOD.items() if code != "B03"}


def grant(street: Street, *, until: date) -> None:
    """Gives the first item a later date; its first one is kept."""
    with db.write(street.engine) as session:
        session.execute(update(DueItem).where(DueItem.target == 1).values(due=until))


def states(street: Street, *, no: int) -> dict[int, str]:
    with db.read(street.engine) as session:
        rows = select(Figure.indicator, Figure.state).where(Figure.no == no)
        return {indicator: state for indicator, state in session.execute(rows)}


def test_without_leave_nothing_may_be_left_out(street: Street) -> None:
    with pytest.raises(Problems) as refused:
        street.send(WITHOUT)

    assert [problem.field for problem in refused.value.problems] == ["B03"]


def test_with_leave_it_is_kept_as_missing_until_a_supplement_brings_it(street: Street) -> None:
    grant(street, until=date(2026, 7, 31))

    report = street.send(WITHOUT).report
    assert states(street, no=1) == {1: "missing"} | dict.fromkeys(range(2, 7), "reported")

    with db.write(street.engine) as session:
        accept(session, report, no=1, actor=street.reviewer, at=street.at)
    street.send(GOOD)
    assert states(street, no=2) == dict.fromkeys(range(1, 7), "reported")


def test_what_was_granted_may_come_at_once_all_the_same(street: Street) -> None:
    grant(street, until=date(2026, 7, 31))

    street.send(GOOD)

    assert set(states(street, no=1).values()) == {"reported"}


def test_the_form_says_which_may_wait(street: Street) -> None:
    grant(street, until=date(2026, 7, 31))

    with db.read(street.engine) as session:
        form = get_form(session, PLAN, ROUND, COMMUNITY, actor=street.clerk, at=street.at)

    waits = {
        item.due.required.code: item.due.due for item in form.items if item.due.required.may_wait
    }
    assert waits == {"B03": date(2026, 7, 31)}
