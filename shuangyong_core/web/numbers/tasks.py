"""The tasks of one unit, one line each, by category."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from shuangyong_core.rollups import queries as rollups
from shuangyong_core.rollups.queries import RollupLine
from shuangyong_core.web.charts import bar
from shuangyong_core.web.pages.shell import Choice
from shuangyong_core.web.pages.tasks_view import Task, TaskGroup, TasksView
from shuangyong_core.web.progress.asked import Asked, crumbs
from shuangyong_core.web.progress.left_over import Aside, aside_of, text_of
from shuangyong_core.web.progress.numbers import planned_of
from shuangyong_core.web.values import goal_of, light_of, rate_of, shape_of, value_text, with_unit


def tasks_view(session: Session, asked: Asked, *, category: str) -> TasksView:
    """This function will list the tasks of a unit; `category` is a place in the plan's order."""
    plan, unit, today = asked.plan.id, asked.node.unit, asked.today
    lines = rollups.show(
        session, plan, unit,
        today=today, round=asked.round_id, tree=asked.tree, as_then=asked.as_then,
    )  # fmt: skip
    aside = aside_of(session, asked)
    names = list(dict.fromkeys(line.target.category for line in lines))
    chosen = names[int(category)] if category.isdigit() and int(category) < len(names) else ""
    shared = [] if asked.is_issuer else rollups.show_shared(session, plan, unit, today=today)
    groups = [
        TaskGroup(
            name,
            tuple(_task(asked, line, aside) for line in lines if line.target.category == name),
        )
        for name in names
        if chosen in ("", name)
    ]
    return TasksView(
        unit=asked.node.name,
        plan=asked.plan.title,
        path=crumbs(session, asked, last=True),
        scope=asked.scope,
        groups=tuple(groups),
        shared=tuple(_shared(asked, line) for line in shared),
        shared_by=shared[0].unit.name if shared else "",
        categories=(
            Choice("", "各类任务", not chosen),
            *(Choice(str(no), name, name == chosen) for no, name in enumerate(names)),
        ),
        rounds=asked.round_choices(),
        unit_code=asked.node.code,
        by=asked.tree.value,
        seen=asked.seen_choices(),
    )


def _task(asked: Asked, line: RollupLine, aside: Aside) -> Task:
    href = asked.href(f"/targets/{asked.plan.code}/{line.target.code}")
    found = [each for each in aside.found if each.target == line.target.id]
    left = text_of(aside.targets[line.target.id], found) if found else ""
    return replace(_written(line, href), unfulfilled=left)


def _shared(asked: Asked, line: RollupLine) -> Task:
    href = asked.href(f"/targets/{asked.plan.code}/{line.target.code}", unit=line.unit.code)
    return _written(line, href)


def _written(line: RollupLine, href: str) -> Task:
    shape, tally = shape_of(line.target), line.tally
    has_bar = line.rate_denominator is not None and line.rate_numerator is not None
    said = f"{line.target.title}：{rate_of(line) or '尚无数据'}"
    is_automatic = line.target.automatic is not None
    has_nothing = is_automatic and not tally.expected  # nothing to count yet, nobody let off
    return Task(
        code=line.target.code,
        title=line.target.title,
        href=href,
        value=with_unit(shape, value_text(shape, line.value.numerator, line.value.denominator)),
        goal=goal_of(line),
        rate=f"{line.rate}%" if line.rate else "",
        bar=bar(line.rate_numerator or 0, line.rate_denominator or 0, label=said,
                planned=planned_of(line)) if has_bar else None,
        reported=tally.reported,
        expected=tally.expected,
        accepted=tally.accepted,
        light="na" if has_nothing else light_of(line),
        is_automatic=is_automatic,
        state="尚无数据" if has_nothing else "",
    )  # fmt: skip
