"""豁免 and 暂停: nothing falls due, what is reported counts, quotas are 未落实 until split anew."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.assignments.actions.change_split import SplitWrong
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.assignments.rules.requests import Kind
from shuangyong_core.errors import Problems
from shuangyong_core.reports.actions import accept
from shuangyong_core.rollups import actions as rollups
from shuangyong_core.rollups.models import LeafState
from tests.assignments.acts import change, propose, read_split
from tests.assignments.state import broken_sums
from tests.assignments.year import OFFICE
from tests.completion.asking import (
    ask,
    decide,
    differences,
    dues,
    effect,
    statuses,
    unfulfilled,
)
from tests.reports.place import COMMUNITY, Street
from tests.web.counting import counted

MAY = datetime(2026, 5, 8, 2, 0, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
DISTRICT, STREET = "990106", "990106001"


def test_a_let_off_unit_keeps_what_it_reported(street: Street) -> None:
    engine, at = street.engine, street.at
    with db.write(engine) as session:
        rollups.rebuild(session, at=at)
    sent = street.send()
    with db.write(engine) as session:
        accept(session, sent.report, no=1, actor=street.reviewer, at=at)
    asked = ask(engine, COMMUNITY, Kind.EXEMPTION, target="B03", actor=street.clerk, at=at)

    shown = effect(engine, asked, at=at)
    decide(engine, asked, seal=shown.seal, actor=street.issuer, at=at)

    assert (len(shown.changing), shown.kept, shown.late_before, shown.late_after) == (2, 1, 1, 0)
    quota = shown.quota
    assert quota is not None
    assert (quota.holder_name, quota.before, quota.after) == ("江滨街道", 0, 20)
    asked_for = {code: row[3] for code, row in dues(engine, COMMUNITY, "B03").items()}
    assert asked_for == {"R1": False, "R2": True, "R3": False}
    assert statuses(engine, COMMUNITY, "B03") == (None, "exempt")
    assert differences(engine, at=at) == 0
    with db.read(engine) as session:
        kept = select(LeafState.round, LeafState.numerator, LeafState.expected)
        rows = session.execute(kept.where(LeafState.unit == 3, LeafState.target == 1)).all()
    assert [tuple(row) for row in rows] == [(2, 12, 1)]
    with pytest.raises(Problems, match="改"):
        ask(engine, COMMUNITY, Kind.EXEMPTION, target="B03", actor=street.clerk, at=at)


def test_a_quota_is_unfulfilled_until_it_is_split_again(engine: Engine, launched: int) -> None:
    before = read_split(engine, launched, STREET, "D06")
    gone, other = before.children[:2]
    asked = ask(engine, gone.code, Kind.EXEMPTION, target="D06", actor=OFFICE, at=MAY)

    decide(engine, asked, actor=OFFICE, at=MAY)

    assert unfulfilled(engine, STREET, "D06") == unfulfilled(engine, DISTRICT, "D06") == gone.held
    assert broken_sums(engine) == []
    as_it_was = {child.code: child.held for child in before.children}
    with pytest.raises(SplitWrong, match="要改"):  # a page sends back what it showed
        change(engine, launched, STREET, "D06", as_it_was, actor=OFFICE, at=MAY)
    wish = {gone.code: gone.held + 1}
    with pytest.raises(SplitWrong) as refused:
        change(engine, launched, STREET, "D06", wish, actor=OFFICE, at=MAY)
    assert [problem.code for problem in refused.value.problems] == ["set_aside"]

    for method in ("default", "same", "equal"):
        proposed = propose(engine, launched, STREET, "D06", method)
        assert proposed.children[gone.code] == 0
        assert sum(proposed.children.values()) + proposed.own >= before.held
    wish = {other.code: other.held + gone.held}
    after = change(engine, launched, STREET, "D06", wish, actor=OFFICE, at=MAY)

    shares = {child.code: child.held for child in after.children}
    assert (shares[gone.code], shares[other.code]) == (0, other.held + gone.held)
    assert unfulfilled(engine, STREET, "D06") == unfulfilled(engine, DISTRICT, "D06") == 0
    assert broken_sums(engine) == []

    # A new total from above goes past who was let off, too.
    streets = read_split(engine, launched, DISTRICT, "D06").children
    more = {child.code: child.held + 3 * (child.code == STREET) for child in streets}
    change(engine, launched, DISTRICT, "D06", more, actor=OFFICE, at=JUNE, reason="统筹")
    anew = {one.code: one.held for one in read_split(engine, launched, STREET, "D06").children}
    assert (anew[gone.code], unfulfilled(engine, DISTRICT, "D06")) == (0, 0)


def test_a_street_pauses_with_all_below_and_goes_on(engine: Engine, launched: int) -> None:
    community = read_split(engine, launched, STREET, "D06").children[0].code
    pause = ask(engine, community, Kind.SUSPENSION, target="D06", actor=OFFICE, at=MAY)
    decide(engine, pause, actor=OFFICE, at=MAY)
    pause = ask(engine, STREET, Kind.SUSPENSION, target="D06", actor=OFFICE, at=JUNE)
    open_before = open_items(engine)
    told = effect(engine, pause, at=JUNE)
    assert told.units > 1
    assert {item.then for item in told.items} == {None}

    decide(engine, pause, actor=OFFICE, at=JUNE)
    assert statuses(engine, STREET, "D06") == ("suspended", "suspended")
    # Only the upper one is told: it holds the lower one's too.
    held = read_split(engine, launched, DISTRICT, "D06").children
    share = next(child.held for child in held if child.code == STREET)
    assert unfulfilled(engine, DISTRICT, "D06") == share
    back = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
    resume = ask(engine, STREET, Kind.RESUMPTION, target="D06", actor=OFFICE, at=back)
    with counted(engine) as sent:
        shown = effect(engine, resume, at=back)
    assert len(shown.items) > len(sent)  # one statement reads all items
    decide(engine, resume, seal=shown.seal, actor=OFFICE, at=back)

    assert statuses(engine, STREET, "D06") == ("acknowledged", "acknowledged")
    assert statuses(engine, community, "D06") == (None, "suspended")  # its own pause goes on
    assert open_items(engine) == open_before
    # Paused on June 1 with 39 days left; what is due later keeps its date.
    own = dues(engine, STREET, "D06")
    assert own["R2"] == (date(2026, 7, 10), date(2026, 9, 11), 2, True)
    assert own["R5"][1:] == (date(2026, 12, 10), 1, True)
    assert {item.then for item in shown.items} == {date(2026, 9, 11), date(2026, 12, 10)}
    assert dues(engine, community, "D06")["R2"][3] is False
    assert broken_sums(engine) == []


def open_items(engine: Engine) -> int:
    """How many items are asked for."""
    with db.read(engine) as session:
        return len(session.scalars(select(DueItem.id).where(DueItem.valid_to.is_(None))).all())
