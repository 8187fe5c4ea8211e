"""`split`: a holder signs for its targets, looks at the split, confirms it or changes it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts.actor import SYSTEM
from shuangyong_core.assignments.actions import launch
from shuangyong_core.assignments.queries.branches import list_branches
from shuangyong_core.plans.queries import get_plan
from tests.cli.conftest import Operator

PLAN, STREET = "linjiang-2026", "990106001"
HERE = ("--plan", PLAN, "--unit", STREET)


@pytest.fixture
def launched(district: Operator, linjiang: object, engine_of: Engine) -> Operator:
    """An operator over the launched plan."""
    district.done("plan", "import", f"{linjiang}/plan.yaml")
    at = datetime(2026, 1, 12, 2, tzinfo=UTC)
    with db.write(engine_of) as session:
        plan = get_plan(session, PLAN)
        launch.prepare_launch(session, plan, targets=["C03", "D06"], at=at, actor=SYSTEM)
        for branch in list_branches(session, plan):
            launch.cascade_branch(session, plan, branch=branch.unit)
        launch.finish_launch(session, plan, at=at, actor=SYSTEM)
    return district


def shares(operator: Operator, target: str) -> dict[str, str]:
    items = operator.done("split", "show", *HERE, "--json").json["items"]
    (found,) = [item for item in items if item["target"] == target]
    return {child["code"]: child["quota"] for child in found["children"]}


def test_a_street_signs_and_confirms(launched: Operator) -> None:
    launched.done("split", "acknowledge", *HERE)

    said = launched.done("split", "confirm", *HERE)

    assert "2 项" in said.out
    assert "已确认" in launched.done("split", "show", *HERE).out


def test_a_change_keeps_the_sum(launched: Operator) -> None:
    before = shares(launched, "C03")
    first, second = sorted(before)[:2]
    more, less = str(int(before[first]) + 1), str(int(before[second]) - 1)

    give = ("--give", f"{first}={more}", "--give", f"{second}={less}")
    launched.done("split", "change", *HERE, "--target", "C03", *give)

    assert shares(launched, "C03") == before | {first: more, second: less}


@pytest.mark.parametrize(
    ("give", "said"),
    [("990106001001=1_000", "990106001001"), ("990106002001=1", "990106002001"),
     ("990106001001", "单位编码=数"), ("990106001001=1", "少 12")],
)  # fmt: skip
def test_a_split_that_does_not_add_up_is_refused(launched: Operator, give: str, said: str) -> None:
    assert said in launched.refused("split", "change", *HERE, "--target", "C03", "--give", give)


def test_an_amendment_is_previewed_then_applied(launched: Operator, tmp_path: Path) -> None:
    file = tmp_path / "amend.yaml"
    file.write_text("targets: [{code: D06, goal: {total: 280, split: equal}}]", encoding="utf-8")

    seen = launched.done("plan", "amend", PLAN, file, "--dry-run")
    assert "还没有生效" in seen.out
    done = launched.done("plan", "amend", PLAN, file, "--json").json
    assert (done["version"], done["next_version"], done["dry_run"]) == (1, 2, False)
    assert launched("plan", "amend", PLAN, file).code == 2
