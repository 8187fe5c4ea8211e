"""Writes a reorganisation to the units' own trees: links, successions, new units, steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.amendments.queries.playing_out import Worked
from shuangyong_core.amendments.rules.acts import ActKind, Turn
from shuangyong_core.amendments.rules.bases import Place
from shuangyong_core.marks.actions import take_step
from shuangyong_core.units.actions.keep_bases import keep_bases
from shuangyong_core.units.actions.relink import (
    Heir,
    NewLink,
    end_links,
    found_unit,
    keep_heirs,
    relink,
)
from shuangyong_core.units.models import SuccessionKind, Tree

DONE = {
    ActKind.MERGE: "merged",
    ActKind.SPLIT: "split",
    ActKind.MOVE: "moved",
    ActKind.ABOLISH: "abolished",
}


def reorganise_units(
    session: Session, worked: Worked, *, actor: Actor, at: datetime
) -> dict[int, int]:
    """This function will hang units elsewhere and give the ids of the new ones, by number."""
    ids = {
        unit.id: found_unit(session, code=unit.code, kind=unit.kind, name=unit.name)
        for unit in worked.resolved.fresh
    }
    gone = {turn.unit: turn.since for turn in worked.resolved.turns if not turn.stays}
    for tree, forest in worked.forests.items():
        links = [
            _link(worked, tree, unit, ids)
            for unit in (*forest.moved(), *forest.added)
            if unit not in gone
        ]
        relink(session, links)
    end_links(session, sorted(gone.items()))
    keep_heirs(session, [heir for turn in worked.resolved.turns for heir in _heirs(turn, ids)])
    _keep_bases(session, worked, ids)
    for turn in worked.resolved.turns:
        names, unit = worked.resolved.by_id, ids.get(turn.unit, turn.unit)
        take_step(
            session, subject_kind="unit", subject_id=unit, unit=unit,
            from_status=None, to_status=DONE[turn.kind], at=at, actor=actor.key,
            note="、".join(names[one].code for one in turn.to),
        )  # fmt: skip
    return ids


def _keep_bases(session: Session, worked: Worked, ids: Mapping[int, int]) -> None:
    """A number imported since a back-dated act stays the latest but for what the act moves."""
    values: dict[Place, tuple[date, int]] = {}
    for one in worked.bases:
        place = (ids.get(one.unit, one.unit), one.key)
        since = max(one.since, worked.bases_since.get((one.unit, one.key), one.since))
        values[place] = (max(since, values.get(place, (since, 0))[0]), one.after)
    keep_bases(session, values)


def _link(worked: Worked, tree: Tree, unit: int, ids: Mapping[int, int]) -> NewLink:
    parent = worked.forests[tree].parent[unit]
    stood = worked.standings[tree].get(unit)
    since = worked.since(unit)
    if stood is not None:
        since = max(since, stood.since)
    above = None if parent is None else ids.get(parent, parent)
    began = None if stood is None else stood.since
    return NewLink(tree, ids.get(unit, unit), above, since, began)


def _heirs(turn: Turn, ids: Mapping[int, int]) -> list[Heir]:
    if turn.kind is ActKind.ABOLISH:
        return [Heir(turn.unit, None, turn.since, SuccessionKind.ABOLISH)]
    kind = SuccessionKind.MERGE
    if turn.kind is ActKind.SPLIT:
        kind = SuccessionKind.SPLIT_OFF if turn.stays else SuccessionKind.SPLIT
    return [Heir(turn.unit, ids.get(one, one), turn.since, kind) for one in turn.heirs]
