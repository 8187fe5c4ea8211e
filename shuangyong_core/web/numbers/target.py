"""One task at one unit: its number against its goal, round by round, unit by unit."""

from __future__ import annotations

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.plans.queries import TargetRow
from shuangyong_core.plans.rules.words import UNIT_KINDS
from shuangyong_core.rollups import queries as rollups
from shuangyong_core.rollups.queries import Explanation, Part, RollupLine
from shuangyong_core.rollups.queries.by_round import InRound, by_round
from shuangyong_core.units.models import Tree
from shuangyong_core.units.queries import names_of
from shuangyong_core.web.charts import bar
from shuangyong_core.web.numbers.apart import parts_in_reach
from shuangyong_core.web.numbers.closing import closing_of, left_over, split_href_of
from shuangyong_core.web.pages.shell import Day
from shuangyong_core.web.pages.target_view import TargetChild, TargetRound, TargetView
from shuangyong_core.web.progress.asked import Asked, crumbs
from shuangyong_core.web.progress.numbers import planned_of
from shuangyong_core.web.values import (
    NOTHING,
    SUMMED,
    goal_of,
    grouped,
    light_of,
    part_text,
    rate_of,
    shape_of,
    value_text,
    with_unit,
)

OWN = "本级承办"


def target_view(session: Session, asked: Asked, content: TargetRow, *, actor: Actor) -> TargetView:
    """This function will gather the page; raises NotFound for a task that is not the unit's."""
    place = (session, asked.plan.id, asked.node.unit)
    found = rollups.explain(
        *place, content.id, today=asked.today, round=asked.round_id, tree=asked.tree, limit=0,
        as_then=asked.as_then,
    )  # fmt: skip
    rounds = by_round(
        *place, found.line.target, today=asked.today, tree=asked.tree, as_then=asked.as_then
    )
    is_mine = asked.tree is Tree.RESPONSIBILITY
    source = f"/source/{asked.plan.code}/{content.code}"
    return _view(
        found.line,
        content,
        unit=asked.node.name,
        path=crumbs(session, asked, last=True),
        scope=asked.scope,
        rounds=_rounds(asked, found.line, rounds),
        children=_children(asked, content, found),
        source_href=asked.href(source) if is_mine and not content.automatic else "",
        closing=closing_of(session, asked, content, actor=actor) if is_mine else None,
        unfulfilled=left_over(session, asked, content) if is_mine else "",
        split_href=split_href_of(session, asked, content) if is_mine else "",
        supporting=_supporting(session, content),
        seen=asked.seen_choices(),
        unit_code=asked.node.code,
        round_code=asked.round.code if asked.round else "",
        by=asked.tree.value,
    )


def _supporting(session: Session, content: TargetRow) -> str:
    named = {**UNIT_KINDS, **names_of(session, content.supporting)} if content.supporting else {}
    return "、".join(named.get(one, one) for one in content.supporting)


def total_view(content: TargetRow, line: RollupLine) -> TargetView:
    """This function will show a total and its goal, and nothing behind it."""
    return _view(
        line, content, unit=line.unit.name, path=(), scope="本年至今，只看合计和目标",
        rounds=(), children=(), source_href="", is_total=True,
    )  # fmt: skip


def _view(
    line: RollupLine, content: TargetRow, *, is_total: bool = False, **rest: object
) -> TargetView:
    shape, tally = shape_of(line.target), line.tally
    planned = planned_of(line)
    number = value_text(shape, line.value.numerator, line.value.denominator)
    goal = goal_of(line)
    return TargetView(
        code=content.code,
        title=content.title,
        rule=SUMMED.get(content.over_units, ""),
        value=number,
        goal=goal,
        measure=shape.unit if number != NOTHING else "",
        goal_measure=shape.unit if goal[:1].isdigit() and not goal.endswith("%") else "",
        rate=rate_of(line),
        planned=with_unit(shape, grouped(planned, content.decimals)) if planned else "",
        reported=tally.reported,
        expected=tally.expected,
        accepted=tally.accepted,
        light=light_of(line),
        clause=content.source,
        is_total=is_total,
        **rest,  # type: ignore[arg-type]
    )


def _rounds(asked: Asked, line: RollupLine, found: dict[int, InRound]) -> tuple[TargetRound, ...]:
    shape = shape_of(line.target)
    return tuple(
        TargetRound(
            code=each.code,
            title=each.title,
            due=Day(each.due_date, each.is_provisional),
            done_by=Day(each.done_by, each.is_provisional) if each.done_by else None,
            value=with_unit(shape, value_text(shape, here.value.numerator, here.value.denominator)),
            reported=here.tally.reported,
            expected=here.tally.expected,
            accepted=here.tally.accepted,
            not_involved=here.tally.not_involved,
            light="na" if asked.today < each.opens_on else here.tally.light.value,
            state="未开放" if asked.today < each.opens_on else here.tally.word,
        )
        for each in asked.rounds
        for here in [found.get(each.id)]
        if here is not None and here.tally.expected
    )


def _children(asked: Asked, content: TargetRow, found: Explanation) -> tuple[TargetChild, ...]:
    parts = found.parts
    if len(parts) == 1 and parts[0].is_own:
        return ()  # a unit with nothing below: the page says so itself
    shown = parts_in_reach(asked, found)
    return tuple(_child(asked, content, found, part) for part in shown)


def _child(
    asked: Asked,
    content: TargetRow,
    found: Explanation,
    part: Part,
) -> TargetChild:
    held, own = found.quotas.get(part.unit.id, (None, None))
    goal = own if part.is_own else held
    if content.goal_kind not in ("total", "each"):
        goal = None
    number = part_text(found.line.target, part)
    shown = "—" if goal is None else grouped(goal, content.decimals)
    path = f"/targets/{asked.plan.code}/{content.code}"
    return TargetChild(
        name=OWN if part.is_own else part.unit.name,
        href="" if part.is_own or not part.unit.code else asked.href(path, unit=part.unit.code),
        value=number,
        goal=shown,
        bar=bar(part.value.numerator or 0, goal, label=f"{number}/{shown}") if goal else None,
        reported=part.tally.reported,
        expected=part.tally.expected,
        accepted=part.tally.accepted,
        not_involved=part.tally.not_involved,
        light=part.tally.light.value,
    )
