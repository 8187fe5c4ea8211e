"""Loading a year's notice: kept whole in place of the one before, and the calendar follows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event, select

from shuangyong_core.calendar.actions import load_notice
from shuangyong_core.calendar.models import HolidayDay, HolidayNotice
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.calendar.rules import NoticeDay, NoticeRefused, parse_notice
from shuangyong_core.calendar.rules.published import bundled_notice
from shuangyong_core.db import read, write
from tests.calendar.invented import NOTICE_2027

YEAR, DAYS = parse_notice(NOTICE_2027)
ACTOR = "operator:测试"
LONGER_NATIONAL_DAY = (*DAYS, NoticeDay(date(2027, 10, 6), is_workday=False, name="国庆"))


def load(engine: Engine, days: tuple[NoticeDay, ...], *, at: datetime) -> bool:
    """This function will load a notice of 2027 in a transaction of its own."""
    with write(engine) as session:
        return load_notice(
            session, year=YEAR, days=days, source="国办发明电〔虚构〕", actor_key=ACTOR, at=at
        )


def test_a_loaded_notice_makes_its_year_firm(engine: Engine, at: datetime) -> None:
    with read(engine) as session:
        before = get_calendar(session)

    assert load(engine, DAYS, at=at)

    with read(engine) as session:
        after = get_calendar(session)
    assert before.notices == {}
    assert after.notices[YEAR].days == DAYS
    assert not after.is_provisional(YEAR)
    assert after.is_workday(date(2027, 1, 30))
    assert not after.is_workday(date(2027, 2, 11))
    assert after.resolve("春节-5wd", YEAR)[0].label == "2027-01-30"


def test_it_is_kept_who_loaded_it_and_when(engine: Engine, at: datetime) -> None:
    load(engine, DAYS, at=at)

    with read(engine) as session:
        kept = session.execute(select(HolidayNotice)).scalar_one()
        assert (kept.year, kept.loaded_by, kept.loaded_at) == (YEAR, ACTOR, at)


def test_the_same_notice_again_changes_nothing(engine: Engine, at: datetime) -> None:
    load(engine, DAYS, at=at)

    assert not load(engine, tuple(reversed(DAYS)), at=at + timedelta(days=1))

    with read(engine) as session:
        assert session.execute(select(HolidayNotice.loaded_at)).scalar_one() == at


def test_a_corrected_notice_takes_the_place_of_the_first(engine: Engine, at: datetime) -> None:
    load(engine, LONGER_NATIONAL_DAY, at=at)

    assert load(engine, DAYS, at=at + timedelta(days=1))

    with read(engine) as session:
        assert len(session.execute(select(HolidayDay.day)).all()) == len(DAYS)
        assert get_calendar(session).is_workday(date(2027, 10, 6))


def test_two_years_notices_may_name_the_same_december_day(engine: Engine, at: datetime) -> None:
    december = NoticeDay(date(2026, 12, 31), is_workday=False, name="元旦")
    this_year = published_2026()

    load(engine, (*DAYS, december), at=at)
    with write(engine) as session:
        days = (*this_year, NoticeDay(date(2026, 12, 31), is_workday=False))
        load_notice(session, year=2026, days=days, source="更正", actor_key=ACTOR, at=at)

    with read(engine) as session:
        calendar = get_calendar(session)
    assert set(calendar.notices) == {2026, 2027}
    assert not calendar.is_workday(date(2026, 12, 31))
    assert calendar.is_workday(date(2026, 2, 14))


def test_a_notice_with_a_problem_leaves_the_one_before_it(engine: Engine, at: datetime) -> None:
    load(engine, DAYS, at=at)

    with pytest.raises(NoticeRefused):
        load(engine, DAYS[:5], at=at)

    with read(engine) as session:
        assert get_calendar(session).notices[YEAR].days == DAYS


def test_the_calendar_is_read_in_one_query(engine: Engine, at: datetime) -> None:
    load(engine, DAYS, at=at)
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *said: statements.append(said[2]))

    with read(engine) as session:
        get_calendar(session)

    assert len([each for each in statements if each.startswith("SELECT")]) == 1


def published_2026() -> tuple[NoticeDay, ...]:
    """This function will give the notice of 2026 as the installation knows it."""
    notice = bundled_notice(2026)
    assert notice is not None
    return notice.days
