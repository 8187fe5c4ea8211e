"""What a level above sees of the splits below: excesses, dates, goals and units not covered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.child_dates import (
    DatesWrong,
    DateWish,
    give_earlier_dates,
)
from shuangyong_core.assignments.actions.launch import ReasonNeeded, state_reason
from shuangyong_core.assignments.actions.redate_items import redate_items
from shuangyong_core.assignments.models import Assignment, ChildDate, DueItem, Quota
from shuangyong_core.assignments.queries.guards import Guards, guards
from shuangyong_core.assignments.queries.settling import list_settling_plans
from shuangyong_core.plans.models import Plan, Round
from shuangyong_core.plans.rules.limits import LARGEST_VALUE
from tests.assignments.acts import (
    change,
    one_behind_the_other,
    read_split,
    target_id,
    unit_id,
)
from tests.assignments.year import LAUNCHED, OFFICE

DISTRICT, STREET, COMMUNITY, OTHER = "990106", "990106001", "990106001001", "990106001002"
ELSEWHERE = "990106002001"
OFFICER = Actor("operator", "street", "街道")
AT = datetime(2026, 1, 20, 2, tzinfo=UTC)
WISH = DateWish("R1", date(2026, 3, 2), units=[COMMUNITY], targets=["C03"])


def seen(engine: Engine, plan: int, unit: str) -> Guards:
    with db.read(engine) as session:
        here = session.get_one(Plan, plan)
        return guards(session, here, unit=unit_id(session, unit), at=AT)


def give(engine: Engine, plan: int, wish: DateWish, unit: str = STREET) -> int:
    with db.write(engine) as session:
        here, holder = session.get_one(Plan, plan), unit_id(session, unit)
        return give_earlier_dates(session, here, unit=holder, wish=wish, actor=OFFICER, at=AT)


def due(engine: Engine, unit: str, target: str) -> tuple[date, date, int]:
    with db.read(engine) as session:
        return (
            session.execute(
                select(DueItem.first_due, DueItem.due, DueItem.due_version)
                .join(Round, Round.id == DueItem.round)
                .where(DueItem.unit == unit_id(session, unit), Round.code == "R1")
                .where(DueItem.target == target_id(session, target), DueItem.valid_to.is_(None))
            )
            .one()
            ._tuple()
        )


def test_the_guards_of_a_launched_year(engine: Engine, launched: int) -> None:
    before = read_split(engine, launched, STREET, "C03")
    more = {before.children[0].code: before.children[0].held + before.held}
    change(engine, launched, STREET, "C03", more, reason="摸底新增", actor=OFFICER, at=AT)
    with db.write(engine) as session:
        exempt = update(Assignment).values(report_status="exempt")
        here = Assignment.unit == unit_id(session, ELSEWHERE)
        session.execute(exempt.where(here, Assignment.target == target_id(session, "C03")))

    above, below = seen(engine, launched, DISTRICT), seen(engine, launched, STREET)

    assert [(one.unit_code, one.reason, one.is_above_limit) for one in above.excesses] == [
        (STREET, "摸底新增", True)
    ]
    levels = {one.depth: one for one in above.levels if one.code == "C03"}
    district, street = levels[above.top], levels[above.top + 1]
    assert (district.holders, street.holders) == (1, 13)
    assert district.held == district.shared_out == street.held
    assert street.shared_out == street.held + before.held
    assert (street.exceeding, street.above_limit) == (1, 1)
    # What an exempted community held is nobody's until its street splits again.
    (gap,) = above.coverage.unplaced
    assert (gap.code, gap.unit) == ("C03", "990106002")
    assert gap.unplaced > 0
    # PostgreSQL adds up to numbers of another type, which are not the product's.
    assert {type(gap.unplaced), type(above.excesses[0].shared_out)} == {int}
    assert below.coverage.unplaced == ()
    assert "990106-CY01" in {one.code for one in above.coverage.idle}
    assert below.coverage.idle_count == 0
    assert above.coverage.lacking_count == above.coverage.units
    assert above.shortfalls == []
    with db.read(engine) as session:
        assert list_settling_plans(session) == [launched]

    # As large as a value may be, and no product of it leaves 64 bits.
    with db.write(engine) as session:
        largest = update(Quota).values(held=LARGEST_VALUE, own=0)
        session.execute(largest.where(Quota.target == target_id(session, "C03")))
    largest_seen = seen(engine, launched, DISTRICT).levels
    assert [one.above_limit for one in largest_seen if one.code == "C03"] == [1, 13]


def test_an_earlier_date_below_keeps_the_first_and_shows_above(
    engine: Engine, launched: int
) -> None:
    with pytest.raises(DatesWrong, match="1 处"):
        give(engine, launched, DateWish("R1", date(2026, 2, 26)))  # seven days earlier, unreasoned
    stray = DateWish("R1", date(2026, 3, 7), units=[ELSEWHERE, COMMUNITY], targets=["Z9"])
    with pytest.raises(DatesWrong) as wrong:
        give(engine, launched, stray)
    given = give(engine, launched, WISH)

    assert {one.code for one in wrong.value.problems} >= {"not_a_child", "not_owed"}
    assert given == 1
    assert due(engine, COMMUNITY, "C03") == (date(2026, 3, 6), date(2026, 3, 2), 2)
    assert due(engine, OTHER, "C03") == (date(2026, 3, 6), date(2026, 3, 6), 1)
    # The district moves its street: the earlier of the two dates counts for the community.
    reasoned = DateWish("R1", date(2026, 2, 26), [STREET], ["C03"], "市里提前要数")
    give(engine, launched, reasoned, DISTRICT)
    assert due(engine, COMMUNITY, "C03")[:2] == (date(2026, 3, 6), date(2026, 2, 26))
    assert due(engine, OTHER, "C03")[1] == date(2026, 2, 26)
    shown = {
        one.unit_code: (one.lead, one.reason) for one in seen(engine, launched, DISTRICT).dates
    }
    assert shown == {COMMUNITY: (4, ""), STREET: (7, "市里提前要数")}
    # Taken back, the street's own date for the community stands again.
    give(engine, launched, DateWish("R1", None, [STREET], ["C03"]), DISTRICT)
    assert due(engine, COMMUNITY, "C03")[1] == date(2026, 3, 2)
    with db.write(engine) as session:
        round_ = session.scalars(select(Round).where(Round.code == "R1")).one()
        round_.due_date = date(2026, 3, 10)
        # An heir has it from a unit that the plan named by its code, and is in no group itself.
        taken_over = {"target": target_id(session, "C03"), "unit": unit_id(session, "990106-CY01")}
        first = {"done_by": date(2026, 3, 5), "first_due": date(2026, 3, 6)}
        session.add(DueItem(round=round_.id, due=first["first_due"], due_version=1,
                            valid_from=LAUNCHED, **taken_over, **first))  # fmt: skip
        session.flush()
        redate_items(session, at=LAUNCHED)
    assert due(engine, COMMUNITY, "C03")[:2] == (date(2026, 3, 10), date(2026, 3, 2))
    assert due(engine, OTHER, "C03")[:2] == (date(2026, 3, 10), date(2026, 3, 10))
    assert due(engine, "990106-CY01", "C03")[:2] == (date(2026, 3, 10), date(2026, 3, 10))


@pytest.mark.databases("postgresql")
def test_of_two_dates_given_at_once_one_stands(engine: Engine, launched: int) -> None:
    def give_at(session: Session, when: datetime) -> None:
        here, holder = session.get_one(Plan, launched), unit_id(session, STREET)
        give_earlier_dates(session, here, unit=holder, wish=WISH, actor=OFFICER, at=when)

    later = AT + timedelta(minutes=1)
    one_behind_the_other(engine, lambda one: give_at(one, AT), lambda one: give_at(one, later))

    with db.read(engine) as session:
        stands = select(ChildDate.valid_from).where(ChildDate.valid_to.is_(None))
        assert session.scalars(stands).all() == [later]


@pytest.mark.databases("sqlite")
def test_who_goes_on_although_it_cannot_be_met_says_why(engine: Engine, drafted: int) -> None:
    late = datetime(2026, 3, 2, 2, tzinfo=UTC)
    said: dict[str, Any] = {"backfill": False, "actor": OFFICE, "at": late}
    with db.write(engine) as session:
        plan = session.get_one(Plan, drafted)
        said["targets"] = [target_id(session, "C03")]
        with pytest.raises(ReasonNeeded, match="1 次报送"):
            state_reason(session, plan, reason=" ", **said)
        found = state_reason(session, plan, reason="会议推迟，先下达", **said)

    assert [one[:3] for one in found] == ["R1："]
    (stated,) = seen(engine, drafted, DISTRICT).reasons
    assert (stated.reason, stated.found) == ("会议推迟，先下达", tuple(found))
    assert seen(engine, drafted, DISTRICT).coverage.idle_count == 26
