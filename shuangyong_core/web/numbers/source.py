"""Where one number comes from: a column a level, each one click deeper, down to the report."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.errors import NotFound
from shuangyong_core.plans.queries import TargetRow, units_in_reach
from shuangyong_core.rollups import queries as rollups
from shuangyong_core.rollups.queries import Explanation, Part
from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.web.numbers.apart import parts_in_reach
from shuangyong_core.web.numbers.carried import parts_of, report_of
from shuangyong_core.web.pages.source_view import SourceColumn, SourceRow, SourceView
from shuangyong_core.web.progress.asked import Asked, crumbs
from shuangyong_core.web.values import (
    NOTHING,
    goal_of,
    part_text,
    shape_of,
    value_text,
    with_unit,
)

DEEPEST = 8
OWN = "本级承办"


def source_view(
    session: Session, asked: Asked, content: TargetRow, *, actor: Actor, steps: Sequence[str]
) -> SourceView:
    """This function will open the number along `steps`, unit codes each under the one before.

    A unit's own code again means its own report. Raises NotFound off the way.
    """
    if content.automatic or len(steps) > DEEPEST:
        raise NotFound
    columns = [_explain(session, asked, content, asked.node.unit, actor)]
    taken: list[Part] = []
    for step in steps:
        part = _step(asked, columns[-1], step)
        taken.append(part)
        if part.is_own or not part.is_inner:
            break
        columns.append(_explain(session, asked, content, part.unit.id, actor))
    if len(taken) < len(steps):
        raise NotFound
    top = columns[0].line
    leaf = _leaf(columns, taken)
    sources = _sources(session, asked, content, leaf, actor) if leaf else ()
    number = value_text(shape_of(top.target), top.value.numerator, top.value.denominator)
    goal = goal_of(top)
    report = report_of(session, asked, top.target, leaf, sources) if leaf else None
    return SourceView(
        code=content.code,
        title=f"{content.title} {with_unit(shape_of(top.target), number)}从哪里来",
        target=asked.node.name,
        value=number,
        scope=asked.scope,
        goal=_with_unit(top.target, goal),
        columns=tuple(
            _column(asked, content, column, taken, depth) for depth, column in enumerate(columns)
            if not _is_childless(column)
        ),
        path=crumbs(session, asked, last=True),
        target_href=asked.href(f"/targets/{asked.plan.code}/{content.code}"),
        report=report,
        parts=parts_of(top.target, sources),
        parts_total="",
        sentence=_sentence(columns, taken),
        adds_up=all(column.adds_up for column in columns),
    )  # fmt: skip


def _with_unit(target: rollups.TargetRef, goal: str) -> str:
    if goal == "不设":
        return ""
    return with_unit(shape_of(target), goal) if goal[-1].isdigit() else goal


def _explain(
    session: Session, asked: Asked, content: TargetRow, unit: int, actor: Actor, limit: int = 0
) -> Explanation:
    return rollups.explain(
        session, asked.plan.id, unit, content.id, today=asked.today, round=asked.round_id,
        reach=units_in_reach(asked.plan.id, actor), limit=limit, as_then=asked.as_then,
    )  # fmt: skip


def _step(asked: Asked, column: Explanation, step: str) -> Part:
    for part in parts_in_reach(asked, column):
        if part.unit.code == step and part.is_own == (part.unit == column.line.unit):
            return part
    raise NotFound


def _is_childless(column: Explanation) -> bool:
    return len(column.parts) == 1 and column.parts[0].is_own


def _leaf(columns: Sequence[Explanation], taken: Sequence[Part]) -> Part | None:
    """The report the way ends at: a childless unit, or a unit's own work."""
    if taken and (taken[-1].is_own or not taken[-1].is_inner):
        return taken[-1]
    return columns[0].parts[0] if _is_childless(columns[0]) else None


def _sources(
    session: Session, asked: Asked, content: TargetRow, leaf: Part, actor: Actor
) -> Sequence[rollups.Source]:
    found = _explain(session, asked, content, leaf.unit.id, actor, limit=50).sources
    return [source for source in found if source.unit.id == leaf.unit.id]


def _column(
    asked: Asked, content: TargetRow, column: Explanation, taken: Sequence[Part], depth: int
) -> SourceColumn:
    longest = max((part.value.numerator or 0 for part in column.parts), default=0)
    before = [part.unit.code for part in taken[:depth]]
    chosen = taken[depth] if depth < len(taken) else None
    shape = shape_of(column.line.target)
    return SourceColumn(
        column.line.unit.name,
        _remark(column),
        tuple(
            SourceRow(
                OWN if part.is_own else part.unit.name,
                _href(asked, content, [*before, part.unit.code]) if part.unit.code else "",
                part_text(column.line.target, part),
                (part.value.numerator or 0) * 100 / longest if longest > 0 else 0,
                part == chosen,
            )
            for part in parts_in_reach(asked, column)
        ),
        "合计",
        value_text(shape, column.line.value.numerator, column.line.value.denominator),
    )


def _remark(column: Explanation) -> str:
    kinds: dict[str, int] = {}
    for part in column.parts:
        if not part.is_own:
            kinds[part.unit.kind] = kinds.get(part.unit.kind, 0) + 1
    named = [f"{count} 个{WORD_OF_KIND.get(kind, '单位')}" for kind, count in kinds.items()]
    own = ["本级"] if any(part.is_own for part in column.parts) else []
    return "、".join([*own, *named])


def _href(asked: Asked, content: TargetRow, steps: Sequence[str]) -> str:
    base = asked.href(f"/source/{asked.plan.code}/{content.code}")
    return f"{base}&{urlencode({'at': ','.join(steps)})}"


def _sentence(columns: Sequence[Explanation], taken: Sequence[Part]) -> str:
    if len(taken) == 0 or not all(column.adds_up for column in columns):
        return next((each.sentence for each in columns if not each.adds_up), columns[0].sentence)
    if columns[0].line.target.measure.over_units != "sum":
        return columns[min(len(taken), len(columns)) - 1].sentence
    steps = [part_text(columns[0].line.target, taken[-1]) + f"（{taken[-1].unit.name}）"]
    for column in reversed(columns[: len(taken)]):
        shape = shape_of(column.line.target)
        total = value_text(shape, column.line.value.numerator, column.line.value.denominator)
        steps.append(f"{total}（{column.line.unit.name}）")
    return (
        f"逐级相加一致：{' → '.join(steps)}。" if NOTHING not in steps[0] else columns[0].sentence
    )
