"""`plan copy`: the same targets for another year, on its working days, a draft like any other."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import yaml
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.plans.actions.copy_plan import CodeTaken, SameYear, copy_plan
from shuangyong_core.plans.actions.import_plan import import_plan
from shuangyong_core.plans.actions.kept_content import kept_content
from shuangyong_core.plans.models import Edition, Plan, PlanStatus
from shuangyong_core.plans.queries.body import plan_body
from shuangyong_core.plans.queries.known import get_indicators
from shuangyong_core.plans.rules.read_plan import read_body
from shuangyong_core.plans.workbook import read_plan_file, write_book
from tests.plans.conftest import OPERATOR


def the_plan(session: Session, code: str = "linjiang-2026") -> Plan:
    return session.scalars(select(Plan).where(Plan.code == code)).one()


def test_targets_and_goals_stay_and_dates_move_to_working_days(
    frozen: Engine, at: datetime
) -> None:
    with db.write(frozen) as session:
        plan, notes = copy_plan(
            session, the_plan(session), code="linjiang-2027", year=2027, actor=OPERATOR, at=at
        )
        before, after = kept_content(session, the_plan(session)), kept_content(session, plan)
        rounds = {row["code"]: row for row in after.rounds}
        editions = list(session.scalars(select(Edition.no).where(Edition.plan == plan.id)))
        status, launched_at = plan.status, plan.launched_at

    def by_code(content: object) -> dict[str, object]:
        return {row["code"]: row for row in content.targets}  # type: ignore[attr-defined]

    assert by_code(after) == by_code(before)
    assert (status, launched_at, editions) == (PlanStatus.DRAFT, None, [])
    assert (after.head["title"], after.head["approved_by"]) == ("2027年度双拥工作计划", "")
    # 10 July 2027 is a Saturday; 八一-1d is a rule and comes out anew.
    assert rounds["R2"]["due_date"] == date(2027, 7, 12)
    assert rounds["R3"]["done_by"] == date(2027, 7, 30)
    assert all(rounds[code]["is_provisional"] for code in rounds)
    assert "R2 报送时限 2027-07-10（星期六）不上班，改为 2027-07-12" in notes


@pytest.mark.databases("sqlite")
def test_a_code_that_is_taken_and_the_same_year_are_refused(imported: Engine, at: datetime) -> None:
    with db.write(imported) as session:
        plan = the_plan(session)
        with pytest.raises(CodeTaken):
            copy_plan(session, plan, code="linjiang-2026", year=2027, actor=OPERATOR, at=at)
        with pytest.raises(SameYear):
            copy_plan(session, plan, code="another", year=2026, actor=OPERATOR, at=at)


@pytest.mark.databases("sqlite")
def test_what_is_written_of_a_kept_plan_is_the_plan(imported: Engine, at: datetime) -> None:
    with db.write(imported) as session:
        plan = the_plan(session)
        body, known = plan_body(session, plan), get_indicators(session)
        before = kept_content(session, plan)
        text, _ = read_plan_file(write_book(body), file="a.xlsx", known=known)

        again = import_plan(session, text, actor=OPERATOR, at=at)
        same = import_plan(session, read_body(body, known=known), actor=OPERATOR, at=at)

        assert again.id == same.id == plan.id
        assert kept_content(session, plan) == before


@pytest.mark.databases("sqlite")
def test_groups_whose_dates_would_meet_in_one_round_are_written_apart(
    imported: Engine, plan_file: str, at: datetime
) -> None:
    body = yaml.safe_load(plan_file)
    target = next(one for one in body["targets"] if one["code"] == "A05")
    early = {"who": ["street"], "rounds": ["R2"]}
    late = {"who": ["street"], "rounds": ["R5"], "done_by": ["2026-05-01"]}
    target |= {"reported_by": [early, late]}
    target.pop("rounds")

    with db.write(imported) as session:
        text = read_body(body)
        plan = import_plan(session, text, replace=True, actor=OPERATOR, at=at)
        written = plan_body(session, plan)
        again = read_body(written, known=get_indicators(session))

        groups = next(one for one in written["targets"] if one["code"] == "A05")["reported_by"]
        assert [group["rounds"] for group in groups] == [["R2"], ["R5"]]
        assert import_plan(session, again, actor=OPERATOR, at=at).id == plan.id
