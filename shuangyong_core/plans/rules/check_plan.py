"""Checks a whole plan at once: its dates, its goals, its units, and what it costs to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.errors import Problem
from shuangyong_core.plans.rules.burden import Burden, count_burden
from shuangyong_core.plans.rules.check_dates import check_dates, problem_at
from shuangyong_core.plans.rules.check_units import check_reporters
from shuangyong_core.plans.rules.dates import DatedPlan
from shuangyong_core.plans.rules.known import compare_indicators
from shuangyong_core.plans.rules.stage_chain import Shortfall, Within, check_chain, levels_of
from shuangyong_core.plans.rules.text import IndicatorText, PlanText, TargetText
from shuangyong_core.plans.rules.units_under import UnitsUnder, see_from
from shuangyong_core.units.rules import UnitList

LEFT_OUT = (
    "没有单位：未核对发布单位、填报单位、基数和分解，加 --units 单位文件，或先导入单位后再核对。"
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found; `dated` is whole only where there are no problems."""

    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    burden: tuple[Burden, ...]
    dated: DatedPlan
    shortfalls: tuple[Shortfall, ...] = ()  # rounds that cannot be met from the day asked about


def check(
    plan: PlanText,
    units: UnitList | None,
    calendar: Calendar,
    *,
    known: Mapping[str, IndicatorText] | None = None,
    starts_on: date | None = None,
) -> Report:
    """This function will name all problems of a plan at once, and count its burden.

    With the day it starts on it also says which rounds cannot be met.
    """
    dated, problems = check_dates(plan, calendar)
    problems += compare_indicators(plan.indicators, known or {})
    for target in plan.targets:
        problems += _round_problems(target, dated)
        problems += _goal_problems(target)
    warnings = _date_warnings(dated)
    notes = list(plan.notes)
    under = None if units is None else see_from(plan.head.issuer, units)
    if units is None:
        notes.append(LEFT_OUT)
    elif under is None:
        why = "没有这个编码的发布单位，请核对编码（编码要加引号）。"
        problems.append(
            problem_at(plan.head.place.at("issuer"), "no_issuer", why, plan.head.issuer)
        )
    else:
        found, warned = check_reporters(plan, under)
        problems, warnings = problems + found, warnings + warned
    burden = count_burden(plan, dated, under)
    warnings += _burden_warnings(plan, burden)
    in_order = sorted(dict.fromkeys(problems), key=lambda problem: problem.row or 0)
    short = _shortfalls(plan, dated, under, calendar, starts_on)
    return Report(tuple(in_order), tuple(warnings), tuple(notes), burden, dated, short)


def _shortfalls(
    plan: PlanText,
    dated: DatedPlan,
    under: UnitsUnder | None,
    calendar: Calendar,
    starts_on: date | None,
) -> tuple[Shortfall, ...]:
    if under is None or starts_on is None:
        return ()
    head = plan.head
    within = Within(
        head.within_acknowledge, head.within_decompose, head.within_review, head.review_levels
    )
    levels = levels_of(plan, dated, under)
    return tuple(
        check_chain(
            dated.rounds, levels=levels, starts_on=starts_on, within=within, calendar=calendar
        )
    )


def _round_problems(target: TargetText, dated: DatedPlan) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    goals: dict[str, object] = {}
    for number, group in enumerate(target.groups):
        rounds = dated.joined.get((target.code, number), ())
        for who in group.who:
            twice = [one.round for one in rounds if (who, one.round) in seen]
            seen |= {(who, one.round): number for one in rounds}
            if twice:
                why = f"任务 {target.code}：{who} 在 {'、'.join(twice)} 写了两次，请只留一处。"
                yield problem_at(group.place, "reporter_twice", why)
            goal = group.goal and (group.goal.kind, group.goal.goal, group.goal.goal_den)
            if goals.setdefault(who, goal) != goal:
                why = f"任务 {target.code}：{who} 在两组里目标不同，请写成一个目标。"
                yield problem_at(group.place, "goal_does_not_add_up", why)


def _goal_problems(target: TargetText) -> Iterator[Problem]:
    given = [group.goal for group in target.groups if group.goal is not None]
    for goal in given:
        if goal.kind not in (target.goal.kind, "none"):
            why = f"任务 {target.code}：这一组的目标与任务的目标不是同一种。"
            yield problem_at(goal.place, "goal_kind", why)
        elif goal.kind == "total" and goal.split != target.goal.split:
            why = f"任务 {target.code}：这一组的分解方式要与任务的（{target.goal.split}）一致。"
            yield problem_at(goal.place, "goal_kind", why)
        elif goal.split == "manual":
            why = f"任务 {target.code}：指定各单位的数（shares）只能写在任务的目标里。"
            yield problem_at(goal.place, "goal_kind", why)
    if target.goal.shares and len(target.groups) > 1:
        why = f"任务 {target.code}：指定各单位的数（shares）时只能有一组填报单位。"
        yield problem_at(target.goal.place.at("shares"), "goal_kind", why)
    totals = [goal.goal or 0 for goal in given if goal.kind == "total"]
    if totals and (len(given) < len(target.groups) or sum(totals) != target.goal.goal):
        why = f"任务 {target.code}：各组都要写总数，且合起来等于任务的总数，请核对。"
        yield problem_at(target.goal.place, "goal_does_not_add_up", why)


def _date_warnings(dated: DatedPlan) -> list[str]:
    return [
        f"{one.code} 的日期（报送时限 {one.due_date}）是暂定的：放假安排还没有公布，载入后会重算。"
        for one in dated.rounds
        if one.is_provisional
    ]


def _burden_warnings(plan: PlanText, burden: tuple[Burden, ...]) -> list[str]:
    return [
        f"{one.name}一年要报 {one.rounds} 次，超过计划上限 {plan.head.max_rounds} 次。"
        for one in burden
        if one.rounds > plan.head.max_rounds
    ]
