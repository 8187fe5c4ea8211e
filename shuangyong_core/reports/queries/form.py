"""What a form shows: each item with its help, last value, goal, and what is typed so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.reports.queries.closed import all_closed, closed_here, why_closed
from shuangyong_core.reports.queries.conversation import (
    Conversation,
    LatestReturn,
    LatestSubmission,
    find_conversation,
)
from shuangyong_core.reports.queries.figures import OtherRound, other_rounds
from shuangyong_core.reports.queries.files import AttachedFile, list_files
from shuangyong_core.reports.queries.goal_text import goal_text
from shuangyong_core.reports.queries.may_write import why_not_write
from shuangyong_core.reports.queries.place import Place, find_place
from shuangyong_core.reports.queries.reach import counts_at_once, require_reader
from shuangyong_core.reports.queries.reply import unit_may_say
from shuangyong_core.reports.queries.required import DueFigure, due_figures
from shuangyong_core.reports.queries.supports import SupportedFile, handed_in
from shuangyong_core.reports.rules.reply import ReplyAct
from shuangyong_core.reports.rules.required import FigureState, RequiredFigure
from shuangyong_core.reports.rules.showing import show_figure, show_number
from shuangyong_core.reports.rules.status import Act, Status


@dataclass(frozen=True, slots=True)
class LastFigure:
    """What the unit reported the time before."""

    round_title: str
    text: str
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class FormItem:
    """One item of the form; numbers are scaled, texts are ready to read."""

    due: DueFigure
    typed: Any  # as typed, in the shape of the json body; nothing if not typed yet
    last: LastFigure | None
    goal_text: str
    so_far: int | None  # 本年已报, without this round
    so_far_text: str
    left: int | None  # 还差, before this round's figure
    left_text: str
    closed: str = ""  # 已办结: by whom, and what to do to change the figure


@dataclass(frozen=True, slots=True)
class Category:
    """Items that stand under one heading."""

    title: str
    items: tuple[FormItem, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A unit's report in a round, as its writer sees it."""

    place: Place
    report: int | None
    status: Status
    version: int
    categories: tuple[Category, ...]
    note: str
    saved_at: datetime | None
    latest: LatestSubmission | None
    returned: LatestReturn | None
    files: tuple[AttachedFile, ...]
    handed_in: tuple[SupportedFile, ...]  # by supporting units (配合)
    may: tuple[Act, ...]
    may_say: tuple[ReplyAct, ...]  # the unit, about what was typed for it
    counts_at_once: bool  # typed for the unit by its reviewer (代填即审核)
    may_not: Mapping[Act, str]

    @property
    def items(self) -> tuple[FormItem, ...]:
        """All items in the order of the form."""
        return tuple(item for category in self.categories for item in category.items)


def get_form(
    session: Session, plan: str, round_code: str, unit: str, *, actor: Actor, at: datetime
) -> Form:
    """This function will give a unit's form in a round; raises NotFound."""
    place = find_place(session, plan, round_code, unit)
    line = require_reader(session, place, actor)
    found = find_conversation(session, place)
    due = due_figures(session, place.unit, place.round)
    closed = closed_here(session, place, line=line) if found.latest else {}
    said, is_due = all_closed(due, closed), bool(due)
    why_not = why_not_write(
        place, found, actor=actor, line=line, at=at, is_due=is_due, closed=said
    )  # fmt: skip
    figures = found.body.get("figures") if found.body else None
    typed = figures if isinstance(figures, Mapping) else {}
    return Form(
        place=place,
        report=found.report,
        status=found.status,
        version=found.version,
        categories=_categories(session, place, due, typed, closed),
        note=str(found.body.get("note") or "") if found.body else "",
        saved_at=found.saved_at,
        latest=found.latest,
        returned=found.returned,
        files=list_files(session, found.report, no=None) if found.report else (),
        handed_in=tuple(handed_in(session, lead=place.unit, round=place.round)),
        may=tuple(act for act, why in why_not.items() if why is None),
        may_say=_may_say(place, found, actor),
        counts_at_once=counts_at_once(session, place, actor),
        may_not={act: why for act, why in why_not.items() if why is not None},
    )


def _may_say(place: Place, found: Conversation, actor: Actor) -> tuple[ReplyAct, ...]:
    latest = found.latest
    if latest is None:
        return ()
    reply = latest.reply.status if latest.reply else None
    return unit_may_say(
        place, status=found.status, on_behalf=latest.on_behalf, reply=reply, actor=actor
    )


def _categories(
    session: Session, place: Place, due: Sequence[DueFigure], typed: Mapping[str, Any],
    closed: Mapping[str, str],
) -> tuple[Category, ...]:  # fmt: skip
    codes = [item.required.code for item in due]
    others = other_rounds(session, place.unit, codes=codes, but=place.round)
    kept = [(item, others.get(item.required.code, []), _typed(item, typed)) for item in due]
    items = [
        replace(form_item(item, before, place, value), closed=why_closed(item, closed))
        for item, before, value in kept
    ]
    return tuple(
        Category(title, tuple(group))
        for title, group in groupby(items, key=lambda item: item.due.category)
    )


def _typed(item: DueFigure, typed: Mapping[str, Any]) -> Any:
    """What was typed for the item, or for another target of its indicator."""
    return next((typed[code] for code in (item.required.code, *item.also) if code in typed), None)


def form_item(item: DueFigure, others: Sequence[OtherRound], place: Place, typed: Any) -> FormItem:
    """This function will put beside an item what its unit did in other rounds."""
    required, goal = item.required, item.goal
    so_far = _so_far(item, others, place)
    earlier = [other for other in others if other.due_date < place.due_date]
    is_amount = goal.kind in ("total", "each") and goal.numerator is not None
    left = None
    if is_amount and item.over_time == "sum":
        done = 0 if goal.per == "due" else so_far or 0
        left = max((goal.numerator or 0) - done, 0)
    return FormItem(
        due=item,
        typed=typed,
        last=_last(earlier, required),
        goal_text=goal_text(item),
        so_far=so_far,
        so_far_text=show_number(so_far, None, required) if required.kind != "ratio" else "",
        left=left,
        left_text=show_number(left, None, required) if left is not None else "",
    )  # fmt: skip


def _last(earlier: Sequence[OtherRound], required: RequiredFigure) -> LastFigure | None:
    if not earlier:
        return None
    latest = earlier[-1]
    return LastFigure(latest.round_title, show_figure(latest.value, required), latest.is_accepted)


def _so_far(item: DueFigure, others: Sequence[OtherRound], place: Place) -> int | None:
    values = [
        other.value.numerator or 0
        for other in others
        if other.plan == place.plan and other.value.state == FigureState.REPORTED
    ]
    if item.required.kind not in ("count", "money", "score"):
        return None
    if item.over_time == "sum":
        return sum(values)
    return values[-1] if values else None
