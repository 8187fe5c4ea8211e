"""延期: the first date is kept, on time is counted by the later one, and the lock waits for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.errors import Problems
from shuangyong_core.reports.actions import accept
from shuangyong_core.reports.queries.place import find_place
from shuangyong_core.reports.queries.rounds import list_rounds
from shuangyong_core.reports.queries.standing import list_standings
from shuangyong_core.reports.queries.unit_rounds import list_unit_rounds
from shuangyong_core.reports.rules.refusals import RoundLocked
from shuangyong_core.rollups import actions as rollups
from shuangyong_core.rollups.models import LeafState
from tests.completion.asking import decide, differences, dues, effect, extend
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, Street

FIRST, LATER = date(2026, 7, 10), date(2026, 7, 31)
WITHOUT: dict[str, Any] = {code: figure for code, figure in GOOD.items() if code != "B03"}
DAY = timedelta(days=1)


def leaf(street: Street, target: int) -> tuple[int, int]:
    """Reported and on time of the community in the open round."""
    with db.read(street.engine) as session:
        found = select(LeafState.reported, LeafState.on_time)
        at = (LeafState.unit == 3, LeafState.target == target, LeafState.round == 2)
        return session.execute(found.where(*at)).one()._tuple()


def test_one_item_is_put_off_and_the_effect_is_known_before(street: Street) -> None:
    engine, at = street.engine, street.at
    asked = extend(engine, COMMUNITY, LATER, target="B03", actor=street.clerk, at=at)

    before = effect(engine, asked, at=at)
    decided = decide(engine, asked, seal=before.seal, actor=street.issuer, at=at)

    (item,) = before.items
    assert (item.target_code, item.first_due, item.due, item.then) == ("B03", FIRST, FIRST, LATER)
    assert (before.late_before, before.late_after, before.quota) == (1, 0, None)
    assert (decided.status, decided.decision) == ("decided", "granted")
    assert dues(engine, COMMUNITY, "B03")[ROUND] == (FIRST, LATER, 2, True)
    assert dues(engine, COMMUNITY, "C06")[ROUND] == (FIRST, FIRST, 1, True)


def test_it_may_be_left_out_and_its_supplement_is_on_time(street: Street) -> None:
    engine, at = street.engine, street.at
    with db.write(engine) as session:
        rollups.rebuild(session, at=at)
    asked = extend(engine, COMMUNITY, LATER, target="B03", actor=street.clerk, at=at)
    decide(engine, asked, actor=street.issuer, at=at)

    sent = street.send(WITHOUT)
    with db.write(engine) as session:
        accept(session, sent.report, no=1, actor=street.reviewer, at=at)
    assert differences(engine, at=at) == 0
    assert (leaf(street, 1), leaf(street, 3)) == ((0, 0), (1, 0))
    with db.read(engine) as session:
        (standing,) = (s for s in list_standings(session, 1, [3]) if s.round_code == ROUND)
        place = find_place(session, PLAN, ROUND, COMMUNITY)
        (row,) = list_unit_rounds(session, place, [3], actor=street.clerk)
    assert row.standing.put_off_to == LATER  # the workbook waits as the form does
    after_lock = date(2026, 7, 30)
    assert (standing.waiting, standing.due, standing.locks_on) == (1, LATER, LATER)
    assert standing.is_open(after_lock)
    assert not standing.is_open(LATER + DAY)

    street.send(GOOD, at=at + 9 * DAY)  # the round is locked since five days

    assert differences(engine, at=at) == 0
    assert (leaf(street, 1), leaf(street, 3)) == ((1, 1), (1, 0))


def test_a_whole_round_is_put_off(street: Street) -> None:
    engine, at = street.engine, street.at
    with pytest.raises(RoundLocked):
        street.send(GOOD, at=at + 9 * DAY)
    asked = extend(engine, COMMUNITY, LATER, actor=street.clerk, at=at + 8 * DAY)

    decide(engine, asked, actor=street.issuer, at=at + 8 * DAY)

    with db.read(engine) as session:
        lines = list_rounds(session, PLAN, COMMUNITY, actor=street.clerk, at=at + 9 * DAY)
    line = next(line for line in lines if line.code == ROUND)
    assert (line.due_date, line.is_open, line.is_late) == (LATER, True, False)
    with pytest.raises(Problems) as nothing:
        street.send(body={"figures": {}}, at=at + 9 * DAY)
    assert [problem.code for problem in nothing.value.problems] == ["nothing_sent"]
    assert street.send(GOOD, at=at + 9 * DAY).no == 1


def test_a_second_extension_must_be_later_than_the_first(street: Street) -> None:
    engine, at = street.engine, street.at
    who = {"actor": street.clerk, "at": at}
    decide(
        engine, extend(engine, COMMUNITY, LATER, target="B03", **who), actor=street.issuer, at=at
    )

    with pytest.raises(Problems) as again:
        extend(engine, COMMUNITY, LATER, target="B03", **who)
    later = extend(engine, COMMUNITY, LATER + DAY, target="B03", **who)
    decide(engine, later, actor=street.issuer, at=at)

    assert "已经延到 2026-07-31" in again.value.problems[0].message
    assert dues(engine, COMMUNITY, "B03")[ROUND] == (FIRST, LATER + DAY, 3, True)
