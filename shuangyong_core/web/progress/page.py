"""The whole page 进度 from a handful of queries, however many units there are."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.queries.excesses import list_excesses
from shuangyong_core.plans.queries import subtree_of
from shuangyong_core.rollups import queries as rollups
from shuangyong_core.units.models import Tree
from shuangyong_core.web.pages.progress_view import ProgressView
from shuangyong_core.web.progress.asked import Asked, crumbs, seen_as
from shuangyong_core.web.progress.course import boxes_of, line_of, trend_of
from shuangyong_core.web.progress.hands import hands_of
from shuangyong_core.web.progress.left_over import aside_of, counts_by_row, left_overs_of
from shuangyong_core.web.progress.numbers import excesses_of, key_numbers_of
from shuangyong_core.web.progress.summary import segments_of, strip_of
from shuangyong_core.web.progress.units import matrix_of, total_of, tree_of


def progress_view(session: Session, asked: Asked, actor: Actor, *, seen: str = "") -> ProgressView:
    """This function will gather the page of one unit; a round that is over `seen` then or now."""
    asked = seen_as(session, asked, seen)
    is_mine = asked.tree is Tree.RESPONSIBILITY
    found = rollups.progress(
        session, asked.plan.id, asked.node.unit,
        today=asked.today, tree=asked.tree, round=asked.round_id, as_then=asked.as_then,
    )  # fmt: skip
    aside = aside_of(session, asked)
    unfulfilled = counts_by_row(session, asked, found.matrix.rows, aside)
    below = subtree_of(asked.plan.id, asked.node.unit)
    is_live = asked.as_of is None
    excesses = list_excesses(session, asked.plan, units=below) if is_mine and is_live else []
    is_inner = any(count.parent == asked.node.unit for count in found.tree)
    return ProgressView(
        plan=asked.plan.title,
        unit=asked.node.name,
        path=crumbs(session, asked),
        at=asked.at,
        rounds=asked.round_choices(),
        trees=asked.tree_choices(),
        seen=asked.seen_choices(),
        strip=strip_of(asked, found.strip, found.hands, actor, is_inner=is_inner),
        segments=segments_of(found.strip.items),
        tree=tree_of(asked, found.tree),
        categories=found.matrix.categories,
        matrix=matrix_of(asked, found.matrix, unfulfilled),
        matrix_total=total_of(found.matrix),
        trend=trend_of(asked, found.trend),
        hands=hands_of(asked, found.hands),
        year_line=line_of(asked, found.rounds),
        round_boxes=boxes_of(asked, found.rounds),
        key_numbers=key_numbers_of(asked, rollups.key_numbers(found.lines)),
        excesses=excesses_of(excesses),
        left_over=left_overs_of(asked, aside),
        form_href="/progress",
        unit_code=asked.node.code,
        plan_code=asked.plan.code,
        tasks_href=asked.href(f"/targets/{asked.plan.code}"),
        shows_hands=is_mine,
        as_of=asked.as_of,
        asked_day=asked.as_of.isoformat() if asked.as_of else "",
        now_href=replace(asked, as_of=None).href(),
        day=asked.today,
    )
