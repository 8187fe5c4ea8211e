"""先存着: a half-done split is kept as typed, of two the second is told, and it ends when sent."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.decompose import decompose
from shuangyong_core.assignments.actions.draft_split import (
    SavedSplit,
    TypedPage,
    TypedSplit,
    save_split_draft,
)
from shuangyong_core.assignments.actions.end_drafts import SplitDraftMoved
from shuangyong_core.assignments.queries.drafts import KeptDraft, list_split_drafts
from shuangyong_core.assignments.queries.seals import seal_of
from shuangyong_core.assignments.queries.splits import list_splits
from shuangyong_core.assignments.rules.drafts import what_changed
from shuangyong_core.plans.models import Plan
from tests.assignments.acts import read_split, unit_id
from tests.assignments.year import OFFICE

STREET, CHILD = "990106001", "990106001001"
ONE, TWO = Actor("operator", "one", "甲"), Actor("operator", "two", "乙")


def save(
    engine: Engine, plan: int, typed: dict[str, str], *, seen: str = "", actor: Actor, at: datetime
) -> SavedSplit:
    with db.write(engine) as session:
        here = unit_id(session, STREET)
        page = TypedPage({"C03": TypedSplit(typed)}, seen=seen)
        return save_split_draft(
            session, session.get_one(Plan, plan), unit=here, page=page, actor=actor, at=at
        )


def kept(engine: Engine, plan: int) -> list[KeptDraft]:
    with db.read(engine) as session:
        here, found = unit_id(session, STREET), session.get_one(Plan, plan)
        drafts = list_split_drafts(session, found, unit=here, actor=OFFICE)
        return [draft for draft in drafts if draft.is_open]


def test_a_draft_is_kept_as_typed_and_ends_when_the_split_is_sent_down(
    engine: Engine, launched: int, at: datetime
) -> None:
    first = save(engine, launched, {CHILD: "十二点五", "own": ""}, actor=ONE, at=at)
    again = save(engine, launched, {CHILD: "十二点五", "own": ""}, actor=ONE, at=at)
    assert (first.waiting, again.seen.split(":")[1]) == (("C03",), first.seen.split(":")[1])
    later = at + timedelta(hours=1)
    save(engine, launched, {CHILD: "7", "own": ""}, seen=first.seen, actor=TWO, at=later)
    (draft,) = kept(engine, launched)
    assert (draft.cells[CHILD], draft.begun_at, draft.saved_by) == ("7", at, TWO.key)
    # Nothing that stands was touched by it.
    assert read_split(engine, launched, STREET, "C03").hold_status == "issued"

    with pytest.raises(SplitDraftMoved, match=r"操作员.*C03"):
        save(engine, launched, {CHILD: "9"}, seen=first.seen, actor=ONE, at=later)
    with db.write(engine) as session:
        plan, here = session.get_one(Plan, launched), unit_id(session, STREET)
        splits = list_splits(session, plan, unit=here)
        how = {"seal": seal_of(splits), "actor": ONE, "at": later}
        with pytest.raises(SplitDraftMoved):
            decompose(session, plan, unit=here, wishes={}, **how)
        seen = f"{draft.target}:{draft.version}:1"
        decompose(session, plan, unit=here, wishes={}, drafts=seen, **how)

    assert kept(engine, launched) == []
    with pytest.raises(SplitDraftMoved):
        save(engine, launched, {CHILD: "9"}, seen=seen, actor=TWO, at=later)


@pytest.mark.databases("sqlite")
def test_what_stands_is_no_draft(engine: Engine, launched: int, at: datetime) -> None:
    split = read_split(engine, launched, STREET, "C03")
    standing = {child.code: str(child.held) for child in split.children}

    assert save(engine, launched, standing, actor=ONE, at=at).waiting == ()
    saved = save(engine, launched, standing | {CHILD: "1"}, actor=ONE, at=at)
    save(engine, launched, standing, seen=saved.seen, actor=ONE, at=at)

    assert kept(engine, launched) == []


def test_gone_units_new_ones_and_another_total_are_told() -> None:
    changed = what_changed({"a": "3", "b": "5", "c": "0"}, present=["a", "d"], held=9, begun_held=8)

    assert (changed.gone, changed.new, changed.held_before) == ({"b": "5"}, ("d",), 8)
