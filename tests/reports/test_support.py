"""配合: a supporting unit sees its lead and hands files in; the number stays the lead's, once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.errors import NotFound
from shuangyong_core.evidence.rules import Stored
from shuangyong_core.plans.models import Plan, TargetVersion
from shuangyong_core.reports.actions import accept
from shuangyong_core.reports.actions.attach import MOST_FILES, TooManyFiles
from shuangyong_core.reports.actions.support import NoteTooLong, SupportClosed, hand_in, take_back
from shuangyong_core.reports.models import Figure, SupportFile
from shuangyong_core.reports.queries.files import open_file
from shuangyong_core.reports.queries.form import get_form
from shuangyong_core.reports.queries.materials import Wanted, count_materials, list_materials
from shuangyong_core.reports.queries.reach import MayNotWrite
from shuangyong_core.reports.queries.review_page import get_review_page
from shuangyong_core.reports.queries.supports import Support, list_supports
from shuangyong_core.reports.queries.supports_waiting import list_to_support
from tests.reports.place import COMMUNITY, PLAN, ROUND, Street

OTHER = "990106002"  # 渡口街道 supports 望江社区, which alone reports B06
PAPER = Stored("cd" * 32, "application/pdf", 2048)
TODAY = date(2026, 7, 8)
HELPER = Actor("user", "7", "渡口街道填报岗", grants=(Grant(5, Role.REPORTER),))


@pytest.fixture
def supported(street: Street) -> Street:
    with db.write(street.engine) as session:
        session.execute(
            update(TargetVersion).where(TargetVersion.target == 2).values(supporting=[OTHER])
        )
    return street


def give(street: Street, **how: Any) -> None:
    facts = {"target": "B06", "stored": PAPER, "name": "学习签到.pdf", "note": "第二季度"}
    facts |= {"actor": HELPER, "at": street.at} | how
    with db.write(street.engine) as session:
        hand_in(session, PLAN, ROUND, facts.pop("unit", OTHER), **facts)


def supports(street: Street, unit: int = 5) -> list[Support]:
    with db.read(street.engine) as session:
        return list_supports(session, session.get_one(Plan, 1), unit=unit)


def test_a_supporter_sees_the_lead_and_what_it_reported(supported: Street) -> None:
    (one,) = supports(supported)
    assert (one.target.code, one.lead.code) == ("B06", COMMUNITY)
    assert [each.round.standing.round_code for each in one.rounds] == ["R1", "R2", "R3"]
    assert one.rounds[1].item.value is None

    supported.send()
    value = supports(supported)[0].rounds[1].item.value
    assert value is not None
    assert (value.numerator, value.denominator) == (30, 31)
    assert supports(supported, unit=2) == []


def test_the_lead_its_reviewer_and_the_materials_show_what_was_handed_in(supported: Street) -> None:
    give(supported)
    receipt = supported.send()

    with db.read(supported.engine) as session:
        form = get_form(session, PLAN, ROUND, COMMUNITY, actor=supported.clerk, at=supported.at)
        page = get_review_page(session, receipt.report, actor=supported.reviewer)
        wanted = Wanted(plan=1, paper_mark="存放")
        held = list_materials(session, wanted, heading=3, actor=supported.issuer, limit=9, offset=0)
        counted = count_materials(session, wanted, actor=supported.issuer)
        opened = [
            open_file(session, PAPER.sha256, actor=who).name
            for who in (HELPER, supported.clerk, supported.reviewer, supported.issuer)
        ]
    (seen,) = form.handed_in
    assert (seen.file.name, seen.unit, seen.note) == ("学习签到.pdf", "渡口街道", "第二季度")
    assert page.handed_in == form.handed_in
    # Under the heading of what it was handed in for, and no other of the same report.
    assert [(one.name, one.note) for one in held] == [("学习签到.pdf", "第二季度")]
    assert (counted.total, counted.by_heading) == (1, {3: 1})
    assert opened == ["学习签到.pdf"] * 4


def test_the_number_counts_once_whoever_supports(supported: Street) -> None:
    give(supported)
    receipt = supported.send()
    with db.write(supported.engine) as session:
        accept(session, receipt.report, no=receipt.no, actor=supported.reviewer, at=supported.at)
        figures = session.scalars(select(Figure.numerator).where(Figure.indicator == 2)).all()
    assert figures == [30]


def test_it_waits_until_something_is_handed_in_or_the_leads_figure_is_accepted(
    supported: Street,
) -> None:
    def waiting(day: date = TODAY) -> list[str]:
        with db.read(supported.engine) as session:
            plan = session.get_one(Plan, 1)
            found = list_to_support(session, plan, units=[2, 5], today=day)
        return [f"{each.unit_code} {each.target.code} {each.lead.code}" for each in found]

    assert waiting() == [f"{OTHER} B06 {COMMUNITY}"]
    assert waiting(date(2026, 5, 1)) == []  # R2 is not open yet, R1 is over
    give(supported)
    assert waiting() == []
    with db.write(supported.engine) as session:
        take_back(session, PLAN, ROUND, OTHER, target="B06", sha256=PAPER.sha256, actor=HELPER,
                  at=supported.at)  # fmt: skip
    receipt = supported.send()
    assert waiting() == [f"{OTHER} B06 {COMMUNITY}"]  # sent, not decided
    with db.write(supported.engine) as session:
        accept(session, receipt.report, no=receipt.no, actor=supported.reviewer, at=supported.at)
    assert waiting() == []


def test_a_stranger_opens_nothing_and_a_unit_without_a_part_hands_nothing_in(
    supported: Street,
) -> None:
    give(supported)
    elsewhere = Actor("user", "8", "柳塘社区", grants=(Grant(4, Role.REPORTER),))

    with db.read(supported.engine) as session, pytest.raises(NotFound):
        open_file(session, PAPER.sha256, actor=elsewhere)
    for how in (
        {"actor": elsewhere},  # not its unit
        {"actor": elsewhere, "unit": "990106001002"},  # its own, which supports nothing
        {"target": "C06"},  # not what it supports
    ):
        with pytest.raises(NotFound):
            give(supported, **how)
    with pytest.raises(MayNotWrite):
        give(supported, actor=supported.stranger)  # reviews there, does not write
    with db.read(supported.engine) as session:
        assert len(session.scalars(select(SupportFile.sha256)).all()) == 1


def test_what_is_too_much_or_too_late_is_refused_and_leaves_nothing(supported: Street) -> None:
    with pytest.raises(NoteTooLong):
        give(supported, note="长" * 301)
    with pytest.raises(SupportClosed):
        give(supported, at=supported.at + timedelta(days=60))
    for number in range(MOST_FILES):
        give(supported, stored=Stored(f"{number:064d}", "image/png", 10))
    with pytest.raises(TooManyFiles):
        give(supported)
    assert len(supports(supported)[0].rounds[1].files) == MOST_FILES


def test_a_file_is_taken_back_while_the_round_is_open(supported: Street) -> None:
    give(supported)
    give(supported)  # pressed twice is one file

    facts: dict[str, Any] = {"target": "B06", "sha256": PAPER.sha256, "actor": HELPER}
    with db.write(supported.engine) as session:
        take_back(session, PLAN, ROUND, OTHER, at=supported.at, **facts)
    with db.write(supported.engine) as session, pytest.raises(NotFound):
        take_back(session, PLAN, ROUND, OTHER, at=supported.at, **facts)
    assert supports(supported)[0].rounds[1].files == ()
