"""Every duty of the seed has a target that measures it, or a reason why none does."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuangyong_core.errors import Problems
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.plans.rules.seed_coverage import read_duties, write_coverage
from shuangyong_core.plans.rules.text import PlanText


@pytest.fixture
def duties_file(linjiang: Path) -> str:
    return (linjiang / "duties.yaml").read_text(encoding="utf-8")


def test_the_page_is_what_the_plan_makes(root: Path, plan_text: PlanText, duties_file: str) -> None:
    page = write_coverage(plan_text, read_duties(duties_file.encode()))

    assert (root / "docs" / "seed-coverage.md").read_text(encoding="utf-8") == page


def test_every_target_and_every_duty_is_on_the_page(plan_text: PlanText, duties_file: str) -> None:
    duties = read_duties(duties_file.encode())

    page = write_coverage(plan_text, duties)

    for target in plan_text.targets:
        assert f"{target.code} {target.title}" in page
    for duty in (*duties.duties, *duties.not_measured):
        assert f"| {duty.clause} | {duty.title} |" in page


def test_a_duty_that_nobody_measures_or_explains_is_refused(
    plan_file: str, duties_file: str
) -> None:
    plan = read_plan(plan_file.replace("source: P1 五2", "source: P1 五1").encode())

    with pytest.raises(Problems) as caught:
        write_coverage(plan, read_duties(duties_file.encode(), file="duties.yaml"))

    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("not_covered", "duties.yaml")
    assert "P1 五2" in problem.message


def test_a_clause_that_is_in_no_plan_is_refused(plan_file: str, duties_file: str) -> None:
    plan = read_plan(plan_file.replace("P1 五2", "P9 五2; P1 五2").encode(), file="plan.yaml")

    with pytest.raises(Problems) as caught:
        write_coverage(plan, read_duties(duties_file.encode()))

    (problem,) = caught.value.problems
    assert (problem.code, problem.field) == ("unknown_clause", "targets[G07].source")
