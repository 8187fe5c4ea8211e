"""A plan of the nation over one real city: six levels, batches that stop anywhere, exact sums."""

from __future__ import annotations

import lzma
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from benchmarks.cascade_plan import plan_yaml, some
from shuangyong_core import db
from shuangyong_core.assignments.actions.launch import content
from shuangyong_core.assignments.models import Assignment, Quota
from shuangyong_core.plans.actions import import_plan
from shuangyong_core.plans.models import Node, Plan, Target
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.reading import read_units
from tests.assignments.killing import count_commits, send_down
from tests.assignments.state import broken_sums
from tests.assignments.year import LAUNCHED, OFFICE

NATION, CITY = "00", "6401"
LINE = ("code,", "00,", "64,", CITY)
TARGETS, TOTAL = 6, 100_003


@pytest.fixture
def units(shared_data: Path) -> list[str]:
    with lzma.open(shared_data / "divisions-2023.csv.xz", "rt", encoding="utf-8") as file:
        return [line.strip() for line in file if line.startswith(LINE)]


def draft(engine: Engine, units: list[str]) -> int:
    rows = [f"{units[0]},base:households"]
    rows += [f"{line},{some(number)}" for number, line in enumerate(units[1:])]
    plan = plan_yaml(
        "nation", NATION, targets=TARGETS, reported_by=["street", "community"], total=TOTAL
    )
    with db.write(engine) as session:
        listed = read_units("\n".join(rows).encode(), "units.csv")
        import_units(session, listed, actor=OFFICE.key, at=LAUNCHED)
        return import_plan(session, read_plan(plan), actor=OFFICE, at=LAUNCHED).id


def test_a_city_of_the_nation_gets_its_share_in_batches(
    engine: Engine, units: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = Counter(line.split(",")[2] for line in units[1:])
    plan_id = draft(engine, units)
    monkeypatch.setattr(content, "ROWS_IN_A_BATCH", 2 * sum(kinds.values()))
    commits = count_commits(engine)

    send_down(engine, plan_id)

    assert len(commits) == 1 + TARGETS // 2 + 1
    with db.read(engine) as session:
        issuer = session.get_one(Plan, plan_id).issuer
        roles = session.execute(select(Assignment.role, func.count()).group_by(Assignment.role))
        found = dict(roles.tuples().all())
        assert found["report"] == kinds["community"] * TARGETS
        # Each street reports and holds; each level above it holds, up to the nation.
        assert found["both"] == kinds["street"] * TARGETS
        assert found["hold"] == sum(kinds.values()) * TARGETS - found["report"] - found["both"]
        totals = select(Target.code, Quota.held).join(Quota, Quota.target == Target.id)
        held = dict(session.execute(totals.where(Quota.unit == issuer)).tuples().all())
        leaves = kinds["street"] + kinds["community"]
        assert held == {"T01": 4 * leaves, "T03": 3 * TOTAL, "T06": TOTAL}
        assert session.scalar(select(func.max(Node.depth))) == 5
    assert broken_sums(engine) == []
