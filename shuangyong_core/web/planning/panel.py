"""The check beside a draft: what is wrong, what to look at, what a year costs each kind of unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shuangyong_core.errors import Problem
from shuangyong_core.plans.catalogue import catalogue
from shuangyong_core.plans.rules.burden import Burden
from shuangyong_core.plans.rules.survey import target_of
from shuangyong_core.web.charts import bar
from shuangyong_core.web.pages.plan_view import Found, Load, Panel, RoundLoad
from shuangyong_core.web.pages.shell import Link
from shuangyong_core.web.planning.opened import Opened

MUST, LOOK = "改了才能下达", "请看一下"
MOST_FOUND = 12
ROOM = 1.25  # the bar's whole width, in limits
COLUMN, PAPER, LOW, HIGH = 284, 300, 76.0, 58.0


def panel_of(opened: Opened) -> Panel:
    """This function will make the panel from what the look at the draft found."""
    problems = opened.found.problems
    wrong = [_wrong(opened, one) for one in problems]
    said = (*_warnings(opened), *_unticked(opened))
    looks = [Found("warn", LOOK, text) for text in said]
    return Panel(
        errors=len(problems),
        warnings=len(looks),
        found=tuple((*wrong, *looks)[:MOST_FOUND]),
        loads=tuple(_load(opened, one) for one in opened.found.burden),
        total=_total(opened),
        by_round=columns_of(opened.found.by_round),
    )


def _wrong(opened: Opened, problem: Problem) -> Found:
    code, field = target_of(problem), problem.field or ""
    value = f"（{problem.value}）" if problem.value else ""
    if code:
        link = Link(f"去改 {code}", f"{opened.here}/targets#row-{code}-0")
        if problem.code.startswith("base_"):
            link = Link("去补基数", f"{opened.here}/units")
        said = "" if f"任务 {code}" in problem.message else f"任务 {code}{value}："
        return Found("late", MUST, f"{said}{problem.message}", link)
    if field.startswith("rounds"):
        name = field.partition("[")[2].partition("]")[0]
        link = Link("去改报送", f"{opened.here}/rounds")
        return Found("late", MUST, f"报送 {name}{value}：{problem.message}", link)
    if field.startswith("plan"):
        return Found("late", MUST, problem.message + value, Link("去改", f"{opened.here}/basis"))
    return Found("late", MUST, problem.message, Link("去看", f"{opened.here}/targets"))


def _warnings(opened: Opened) -> Iterator[str]:
    """What the check warns of; the rounds whose dates are provisional in one sentence."""
    unsure = [one.code for one in opened.found.rounds if one.is_provisional]
    if unsure:
        year = opened.draft.year
        yield f"{year}年放假安排尚未公布，{'、'.join(unsure)} 的日期是暂定的，公布后自动重算。"
    for short in opened.found.shortfalls:
        yield f"若今天下达，{short}"
    for text in opened.found.warnings:
        if not text.startswith(tuple(f"{code} 的日期" for code in unsure)):
            yield text


def _unticked(opened: Opened) -> Iterator[str]:
    """A heading of the standard that nothing is asked for will miss its materials."""
    ticked = {str(one.get("heading")) for one in opened.targets}
    empty = [one for one in range(1, 9) if str(one) not in ticked]
    names = dict.fromkeys(one.heading for one in catalogue() if one.heading in empty)
    if names and opened.targets:
        listed = "、".join("一二三四五六七八"[one - 1] for one in names)
        yield f"标准第{listed}类还没有选任务，这{'几' if len(names) > 1 else '一'}类将没有材料。"


def _load(opened: Opened, one: Burden) -> Load:
    limit = opened.found.text.head.max_rounds if opened.found.text else 0
    whole = max(round(limit * ROOM), one.rounds, 1)
    label = f"{one.name} {one.rounds} 次，{one.fields} 个数，上限 {limit} 次"
    drawn = bar(one.rounds, whole, label=label, planned=limit)
    return Load(one.name, one.rounds, one.fields, drawn, one.rounds > limit)


def _total(opened: Opened) -> str:
    large = [one for one in opened.found.burden if (one.unit_count or 0) > 1]
    said = [
        f"{one.unit_count} 个{one.name} {(one.unit_count or 0) * one.fields:,} 个数"
        for one in large
    ]
    whole = sum(opened.found.by_round.values())
    return f"{'，'.join(said)}；全年合计 {whole:,} 个" if said else ""


def columns_of(counts: Mapping[str, int]) -> tuple[RoundLoad, ...]:
    """This function will draw a column a round, the busiest as high as there is room."""
    most, number = max(counts.values(), default=0), max(len(counts), 1)
    step = COLUMN // number
    found = []
    for place, (code, count) in enumerate(counts.items()):
        height = round(HIGH * count / most, 1) if most else 0.0
        found.append(RoundLoad(code, count, 8 + place * step, round(LOW - height, 1), height))
    return tuple(found)
