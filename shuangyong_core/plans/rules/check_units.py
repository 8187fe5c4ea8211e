"""Checks a plan against real units: who is there to report, and whether goals can be split."""

from __future__ import annotations

from collections.abc import Iterator

from shuangyong_core.errors import Problem
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.plans.rules.check_dates import problem_at
from shuangyong_core.plans.rules.leads import supporter_problems
from shuangyong_core.plans.rules.limits import LARGEST_VALUE, LARGEST_WEIGHT
from shuangyong_core.plans.rules.text import GoalText, GroupText, PlanText, TargetText
from shuangyong_core.plans.rules.units_under import UnitsUnder
from shuangyong_core.plans.rules.words import UNIT_KINDS

MOST_NAMED = 5


def check_reporters(plan: PlanText, units: UnitsUnder) -> tuple[list[Problem], list[str]]:
    """This function will give the problems and warnings of each target among real units."""
    problems: list[Problem] = []
    warnings: list[str] = []
    for target in plan.targets:
        problems += _reporter_problems(target, units)
        problems += _share_problems(target, units)
        problems += supporter_problems(target, units)
        if target.automatic is None:
            for who, goal in _splits(target):
                found, warned = _base_problems(target, goal, units.reporters(who), units)
                problems += found
                warnings += warned
            problems += _amount_problems(target, units)
        if target.on_behalf_of and not units.by_kind.get(target.on_behalf_of):
            warnings.append(f"任务 {target.code}：发布单位之下没有被代报的{target.on_behalf_of}。")
    return problems, warnings


def _reporter_problems(target: TargetText, units: UnitsUnder) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for group in target.groups:
        place = group.place.at("who") if len(target.groups) > 1 else group.place
        for who in group.who:
            if who not in UNIT_KINDS and who not in units.units:
                why = (
                    f"任务 {target.code}：单位 {who} 不在发布单位 {units.issuer} 之下。"
                    if who in units.everywhere
                    else f"任务 {target.code}：没有编码为 {who} 的单位，请核对编码。"
                )
                yield problem_at(place, "unknown_unit", why, who)
            elif not units.reporters([who]):
                word = UNIT_KINDS.get(who, who)
                why = f"任务 {target.code}：发布单位之下没有{word}，没有单位来报。"
                yield problem_at(place, "no_reporters", why, who)
        twice = _overlap(group, seen, units)
        if twice:
            why = f"任务 {target.code}：{'、'.join(twice)} 在这个任务里算了两次，请只留在一处。"
            yield problem_at(place, "reporter_twice", why)


def _overlap(group: GroupText, seen: dict[str, str], units: UnitsUnder) -> list[str]:
    # A kind may stand in two groups (other rounds); a unit under two words would report twice.
    twice = [
        code
        for who in group.who
        for code in units.reporters([who])
        if seen.setdefault(code, who) != who
    ]
    return twice[:MOST_NAMED]


def _share_problems(target: TargetText, units: UnitsUnder) -> Iterator[Problem]:
    if not target.goal.shares:
        return
    reporting = {code for group in target.groups for code in units.reporters(group.who)}
    named = {code for code, _ in target.goal.shares}
    for code in sorted(named - reporting)[:MOST_NAMED]:
        why = f"任务 {target.code}：{code} 不是这个任务的填报单位，不能分数给它。"
        yield problem_at(target.goal.place.at("shares"), "not_a_reporter", why, code)
    if reporting - named:
        missing = sorted(reporting - named)
        why = (
            f"任务 {target.code}：{len(missing)} 个填报单位没有分到数，"
            f"如 {missing[0]}；不分的填 0。"
        )
        yield problem_at(target.goal.place.at("shares"), "share_missing", why)


def _splits(target: TargetText) -> Iterator[tuple[tuple[str, ...], GoalText]]:
    own = [group for group in target.groups if group.goal is None]
    if own:
        yield tuple(who for group in own for who in group.who), target.goal
    for group in target.groups:
        if group.goal is not None:
            yield group.who, group.goal


def _amount_problems(target: TargetText, units: UnitsUnder) -> Iterator[Problem]:
    """All that units are to bring together, and the shares given by hand, which are weights."""
    decimals = target.indicator.decimals
    reporters = [(goal, len(units.reporters(who))) for who, goal in _splits(target)]
    amount = sum(
        (goal.goal or 0) * (count if goal.kind == "each" else 1)
        for goal, count in reporters
        if goal.kind in ("total", "each")
    )
    if amount > LARGEST_VALUE:
        most = format_scaled(LARGEST_VALUE, decimals)
        why = f"任务 {target.code}：目标合计超过 {most}，请核对数和单位。"
        yield problem_at(target.goal.place, "goal_too_large", why)
    elif target.goal.shares and amount >= LARGEST_WEIGHT:
        most = format_scaled(LARGEST_WEIGHT, decimals)
        why = f"任务 {target.code}：按指定数分解的总数要小于 {most}，请换计量单位或分成几项。"
        yield problem_at(target.goal.place.at("shares"), "shares_too_large", why)


def _base_problems(
    target: TargetText,
    goal: GoalText,
    reporters: tuple[str, ...],
    units: UnitsUnder,
) -> tuple[list[Problem], list[str]]:
    if goal.kind != "total" or not goal.split.startswith("base:") or not reporters:
        return [], []
    key = goal.split.removeprefix("base:")
    bases = {code: units.base(code, key) for code in reporters}
    missing = [code for code, value in bases.items() if value is None]
    place, total = goal.place.at("split"), sum(value or 0 for value in bases.values())
    if missing:
        why = (
            f"任务 {target.code}：{len(missing)} 个填报单位没有基数 {key}："
            f"{_some(missing)}，请先补上。"
        )
        return [problem_at(place, "base_missing", why)], []
    if total == 0:
        why = f"任务 {target.code}：所有填报单位的基数 {key} 都是 0，没法按它分解。"
        return [problem_at(place, "base_all_zero", why)], []
    if total >= LARGEST_WEIGHT:
        why = (
            f"任务 {target.code}：基数 {key} 合计 {total}，要小于 {LARGEST_WEIGHT}，请换计量单位。"
        )
        return [problem_at(place, "base_too_large", why)], []
    zero = [code for code, value in bases.items() if value == 0]
    said = f"任务 {target.code}：{_some(zero)} 的基数 {key} 是 0，分到的数也是 0。"
    return [], [said] if zero else []


def _some(codes: list[str]) -> str:
    return "、".join(codes[:MOST_NAMED]) + (" 等" if len(codes) > MOST_NAMED else "")
