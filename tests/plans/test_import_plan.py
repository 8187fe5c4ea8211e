"""Importing a plan: a draft written whole, twice the same, or refused with nothing changed."""

from __future__ import annotations

import itertools
from datetime import date, datetime

import pytest
from sqlalchemy import Engine, func, select, text

from shuangyong_core import db
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.errors import Problems, Refused
from shuangyong_core.marks.models import Step
from shuangyong_core.plans.actions import (
    PlanLaunched,
    PlanStands,
    import_plan,
    move_plan,
)
from shuangyong_core.plans.models import Plan, PlanStatus, TargetReporter
from shuangyong_core.plans.queries import get_plan, list_done_by, list_rounds, list_targets
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.plans.rules.text import PlanText
from tests.plans.conftest import OPERATOR


def everything(engine: Engine) -> dict[str, list[object]]:
    """Every row of every table, to see that nothing changed."""
    with db.read(engine) as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table)).all()))
            for table in db.Base.metadata.sorted_tables
        }


def take(engine: Engine, written: str, at: datetime, *, replace: bool = False) -> int:
    with db.write(engine) as session:
        plan = read_plan(written.encode(), file="plan.yaml")
        return import_plan(session, plan, replace=replace, actor=OPERATOR, at=at).id


def test_a_plan_is_kept_as_a_draft(imported: Engine) -> None:
    with db.read(imported) as session:
        plan = get_plan(session, "linjiang-2026")
        assert (plan.status, plan.inflation_bp, plan.within_decompose) == ("draft", 10500, 5)
        rounds = list_rounds(session, plan.id)
        targets = {one.code: one for one in list_targets(session, plan.id)}
        reporters = session.scalar(select(func.count()).select_from(TargetReporter))
        steps = session.execute(select(Step.from_status, Step.to_status)).all()
        acts = list(session.scalars(select(AuditEntry.act)))

    assert [(one.code, one.due_date) for one in rounds][:2] == [
        ("R1", date(2026, 3, 6)),
        ("R2", date(2026, 7, 10)),
    ]
    assert len(targets) == 25
    assert (targets["C03"].goal, targets["C03"].split) == (1290, "base:beneficiaries")
    assert (targets["B06"].goal, targets["B06"].goal_den) == (9, 10)
    assert targets["A16"].parts == {"tick": ["同安排同部署同落实", "宣传纳入年度计划"]}
    assert targets["F01"].shown_to == ["street"]
    assert reporters == 74  # who × round, counted by hand from the file
    assert steps == [(None, "draft")]
    assert acts[-1] == "plan.import"


def test_a_target_is_done_by_its_own_date_or_the_rounds(
    district: Engine, plan_file: str, at: datetime
) -> None:
    take(district, plan_file.replace("rounds: [R1]", "done_by: [清明]", 1), at)

    with db.read(district) as session:
        plan = get_plan(session, "linjiang-2026")
        targets = {one.id: one.code for one in list_targets(session, plan.id)}
        rounds = {one.id: one.code for one in list_rounds(session, plan.id)}
        done_by = {
            (targets[target], who, rounds[round_]): day
            for (target, who, round_), day in list_done_by(session, plan.id).items()
        }
    assert done_by["A04", "street", "R2"] == date(2026, 4, 3)
    assert done_by["A15", "street", "R1"] == date(2026, 2, 14)
    assert ("A04", "street", "R1") not in done_by


def test_a_manual_split_gives_each_unit_its_own_total(
    district: Engine, plan_file: str, at: datetime
) -> None:
    streets = [f"990106{number:03d}" for number in range(1, 14)]
    shares = ", ".join(f'"{code}": {2 if code != streets[0] else 28}' for code in streets)
    good = "goal: {total: 52, split: equal, note: 示例}"
    bad = f"goal: {{total: 52, split: manual, shares: {{{shares}}}}}"
    assert good in plan_file

    take(district, plan_file.replace(good, bad), at)

    with db.read(district) as session:
        plan = get_plan(session, "linjiang-2026")
        target = next(one for one in list_targets(session, plan.id) if one.code == "G02")
        rows = session.execute(
            select(TargetReporter.who, TargetReporter.goal_kind, TargetReporter.goal)
            .where(TargetReporter.target == target.id)
            .distinct()
        ).all()
    assert sorted(rows)[:2] == [("990106001", "total", 28), ("990106002", "total", 2)]
    assert len(rows) == 13


def test_the_same_file_twice_changes_nothing(
    imported: Engine, plan_file: str, at: datetime
) -> None:
    before = everything(imported)

    for replace in (False, True):
        take(imported, plan_file, at, replace=replace)

    assert everything(imported) == before


def test_another_draft_stands_until_it_is_replaced(
    imported: Engine, plan_file: str, at: datetime
) -> None:
    before = everything(imported)
    changed = plan_file.replace("total: 1290", "total: 1400").replace("code: K01", "code: K02")

    with pytest.raises(PlanStands):
        take(imported, changed, at)
    assert everything(imported) == before
    take(imported, changed, at, replace=True)

    with db.read(imported) as session:
        plan = get_plan(session, "linjiang-2026")
        targets = {one.code: one for one in list_targets(session, plan.id)}
    assert targets["C03"].goal == 1400
    assert "K01" not in targets
    assert "K02" in targets


def test_a_launched_plan_is_not_imported_again(
    imported: Engine, plan_file: str, at: datetime
) -> None:
    with db.write(imported) as session:
        for status in (PlanStatus.LAUNCHING, PlanStatus.ACTIVE):
            move_plan(session, session.get_one(Plan, 1), to=status, actor=OPERATOR, at=at)
    before = everything(imported)

    take(imported, plan_file, at)
    with pytest.raises(PlanLaunched) as caught:
        take(imported, plan_file.replace("total: 1290", "total: 1400"), at, replace=True)

    assert "plan amend" in str(caught.value)
    assert everything(imported) == before


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("due_date: 2026-07-10", "due_date: 2027-07-10"),
        ("indicator: talks", "indicator: talk"),
        ("total: 1290", "total: 1_290"),
        ("total: 1290", "total: NaN"),
        ("each: 2", "each: 1.5"),
        ("[street, union_federation]", "[streets, union_federation]"),
        ("goal: {total: 52, split: equal", 'goal: {total: 52, shares: {"990106001": 5}, '
         "split: manual"),
        ("split: base:households", "split: base:families"),
        ('issuer: "990106"', "issuer: 990106.0"),
    ],
)  # fmt: skip
def test_a_refused_plan_leaves_the_database_as_it_was(
    district: Engine, plan_file: str, at: datetime, good: str, bad: str
) -> None:
    before = everything(district)
    spoiled = plan_file.replace(good, bad, 1)
    if spoiled == plan_file:
        pytest.fail(f"the example has no {good!r}")

    with pytest.raises(Problems) as caught:
        take(district, spoiled, at)

    assert caught.value.problems
    assert all(problem.file == "plan.yaml" for problem in caught.value.problems)
    assert everything(district) == before


def test_a_changed_indicator_is_refused_with_the_difference(
    imported: Engine, plan_file: str, at: datetime
) -> None:
    before = everything(imported)
    other = plan_file.replace("code: linjiang-2026", "code: other-2026").replace(
        "name: 双拥宣传报道, kind: count, unit: 篇", "name: 双拥宣传报道, kind: count, unit: 条"
    )

    with pytest.raises(Problems) as caught:
        take(imported, other, at)

    (problem,) = caught.value.problems
    assert problem.field == "indicators[press_reports].display_unit"
    assert "“篇”" in problem.message
    assert "“条”" in problem.message
    assert everything(imported) == before


def test_a_plan_moves_only_as_the_table_says(imported: Engine, at: datetime) -> None:
    with db.write(imported) as session:
        plan = session.get_one(Plan, 1)
        with pytest.raises(Refused):
            move_plan(session, plan, to=PlanStatus.ACTIVE, actor=OPERATOR, at=at)
        for status in itertools.islice(PlanStatus, 1, None):
            move_plan(session, plan, to=status, actor=OPERATOR, at=at)
            move_plan(session, plan, to=status, actor=OPERATOR, at=at)

    with db.read(imported) as session:
        plan = session.get_one(Plan, 1)
        assert (plan.status, plan.launched_at) == ("archived", at)
        moves = session.execute(
            select(Step.from_status, Step.to_status).where(Step.subject_kind == "plan")
        ).all()
    assert len(moves) == 6


def test_the_plan_is_refused_where_there_are_no_units(
    engine: Engine, plan_text: PlanText, at: datetime
) -> None:
    with db.write(engine) as session, pytest.raises(Problems) as caught:
        import_plan(session, plan_text, actor=OPERATOR, at=at)

    assert [problem.code for problem in caught.value.problems] == ["no_issuer"]
    with db.read(engine) as session:
        assert session.scalar(text("SELECT count(*) FROM plan")) == 0
