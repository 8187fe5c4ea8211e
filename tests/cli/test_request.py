"""`request`: ask, look at the effect, decide, take back; every refusal is a sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts.actor import SYSTEM
from shuangyong_core.assignments.actions import launch
from shuangyong_core.assignments.queries.branches import list_branches
from shuangyong_core.plans.queries import get_plan
from tests.cli.conftest import Operator

PLAN, COMMUNITY = "linjiang-2026", "990106001001"
ASK = ("request", "ask", "--plan", PLAN, "--unit", COMMUNITY, "--reason", "防汛")
TO = ("--kind", "extension", "--round", "R5", "--until")


@pytest.fixture
def launched(district: Operator, linjiang: object, engine_of: Engine) -> Operator:
    """An operator over the launched plan."""
    district.done("plan", "import", f"{linjiang}/plan.yaml")
    at = datetime(2026, 1, 12, 2, tzinfo=UTC)
    with db.write(engine_of) as session:
        plan = get_plan(session, PLAN)
        launch.prepare_launch(session, plan, targets=["D06"], at=at, actor=SYSTEM)
        for branch in list_branches(session, plan):
            launch.cascade_branch(session, plan, branch=branch.unit)
        launch.finish_launch(session, plan, at=at, actor=SYSTEM)
    return district


def test_it_is_asked_seen_decided_and_listed(launched: Operator) -> None:
    asked = launched.done(*ASK, *TO, "2026-12-20", "--json").json

    shown = launched.done("request", "show", str(asked["id"]))
    early = launched.refused(*ASK, *TO, "2026-12-01")
    both = launched.refused("request", "decide", str(asked["id"]), "--grant", "--refuse")
    decided = launched.done("request", "decide", str(asked["id"]), "--grant")

    assert "2026-12-10 → 2026-12-20" in shown.out
    assert "要晚于原定的 2026-12-10" in early
    assert "--grant" in both
    assert "同意" in decided.out
    assert "R5" not in launched.done("request", "list", "--plan", PLAN, "--status", "open").out
    (row,) = launched.done("request", "list", "--plan", PLAN, "--json").json["items"]
    assert (row["decision"], row["on_behalf"]) == ("granted", True)


def test_an_exemption_says_what_is_left_over(launched: Operator) -> None:
    asked = launched.done(*ASK, "--kind", "exemption", "--target", "D06", "--json").json

    said = launched.done("request", "show", str(asked["id"])).out

    assert "不再要报" in said
    assert "未落实 0 →" in said
    assert "已撤回" in launched.done("request", "withdraw", str(asked["id"])).out
    assert "没有这项申请" in launched.refused("request", "show", "999")
