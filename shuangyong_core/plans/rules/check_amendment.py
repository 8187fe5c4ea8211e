"""Whether an amendment may be: rounds that are over stay as they are, and so do indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from shuangyong_core.errors import Problem
from shuangyong_core.plans.rules.amending import ADD, CHANGE, DROP, PlanDiff, RoundDiff, TargetDiff

LASTING = {"code": "计划编码", "year": "年度"}


def check_amendment(
    diff: PlanDiff, *, locks: Mapping[str, date], today: date
) -> tuple[Problem, ...]:
    """This function will find everything that stands in the way; `locks` are the rounds kept."""
    over = {code for code, day in locks.items() if day < today}
    problems = [
        Problem("head_lasting", f"{LASTING[name]}不能在调整里改。", field=f"plan.{name}")
        for name in LASTING
        if name in diff.head
    ]
    for one in diff.rounds:
        problems += _of_round(one, over=over, today=today)
    for each in diff.targets:
        problems += _of_target(each, over=over)
    return tuple(problems)


def _of_round(diff: RoundDiff, *, over: set[str], today: date) -> Iterator[Problem]:
    field = f"rounds[{diff.code}]"
    if diff.code in over:
        why = f"{diff.code} 已经截止，不能再{'免去' if diff.sign == DROP else '改'}，请照原样保留。"
        yield Problem("round_over", why, field=field)
    elif diff.becomes is not None:
        due = diff.becomes["due_date"]
        moved = diff.sign == ADD or (diff.was or {}).get("due_date") != due
        if moved and due < today:
            why = f"{diff.code} 的报送时限 {due} 已经过了，请写今天或以后的日期。"
            yield Problem("round_past", why, field=f"{field}.due_date")


def _of_target(diff: TargetDiff, *, over: set[str]) -> Iterator[Problem]:
    field = f"targets[{diff.code}]"
    if diff.sign == CHANGE and diff.was and diff.becomes:
        if diff.was["indicator"] != diff.becomes["indicator"]:
            why = f"任务 {diff.code} 的指标不能换：请免去这项任务，用新编码另加一项。"
            yield Problem("indicator_lasting", why, field=f"{field}.indicator")
        if (diff.was["automatic"] is None) != (diff.becomes["automatic"] is None):
            why = f"任务 {diff.code} 不能在填报和系统计数之间换：请免去，用新编码另加一项。"
            yield Problem("automatic_lasting", why, field=f"{field}.automatic")
    gone = sorted({round_ for _, round_ in diff.leaves} & over)
    come = sorted({round_ for _, round_ in diff.joins} & over)
    if gone:
        listed = "、".join(gone)
        what = "不能整项免去" if diff.sign == DROP else "不能减去"
        why = (
            f"任务 {diff.code} 在 {listed} 已经报过，{what}；只减以后的报送，{listed} 照原样保留。"
        )
        yield Problem("round_over", why, field=f"{field}.rounds")
    if come:
        why = f"任务 {diff.code} 不能加进 {'、'.join(come)}：已经截止。"
        yield Problem("round_over", why, field=f"{field}.rounds")
