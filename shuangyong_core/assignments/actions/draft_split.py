"""先存着: a split half done is kept as typed, until it is sent down or given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.actions.end_drafts import end_drafts, require_first
from shuangyong_core.assignments.models import SplitDraft
from shuangyong_core.assignments.queries.drafts import KeptDraft, list_split_drafts
from shuangyong_core.assignments.queries.held import lock_held
from shuangyong_core.assignments.queries.seals import mark_of, read_seal
from shuangyong_core.assignments.queries.splits import OWN, SplitProposal, list_splits
from shuangyong_core.assignments.rules.drafts import (
    Fate,
    Seen,
    fate_of,
    find_unkeepable,
    find_unkeepable_reason,
    keep_cells,
    read_cells,
    read_seen,
    write_seen,
)
from shuangyong_core.db import insert_into
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import require_reach

KEY = ("unit", "target")


@dataclass(frozen=True, slots=True)
class TypedSplit:
    """What stands in the cells of one target: texts by the child's code and "own", the method."""

    cells: Mapping[str, str]
    how: str = ""


@dataclass(frozen=True, slots=True)
class TypedPage:
    """A page of splits as it was sent: by the target's code, and what it was made from."""

    splits: Mapping[str, TypedSplit]
    reason: str = ""
    seal: str = ""  # of what stood
    seen: str = ""  # of what was put aside


@dataclass(frozen=True, slots=True)
class SavedSplit:
    """What came of a save; `seen` is what the next one must know."""

    seen: str
    waiting: tuple[str, ...]  # the codes whose draft waits now as it was typed
    is_stale: bool  # what stands is not any more what the page was made from


def save_split_draft(
    session: Session, plan: Plan, *, unit: int, page: TypedPage, actor: Actor, at: datetime
) -> SavedSplit:
    """This function will put aside what was typed, whether it adds up or not.

    A target whose cells are as they stood is left alone. Raises SplitDraftMoved, and Problems for
    what may not be kept at all.
    """
    require_reach(session, plan, unit, actor, Role.ISSUER, Role.MANAGER)
    lock_held(session, plan, unit=unit)
    drafts = list_split_drafts(session, plan, unit=unit, actor=actor)
    before = {draft.target: draft for draft in drafts}
    fates: dict[Fate, list[KeptDraft]] = {fate: [] for fate in Fate}
    problems = find_unkeepable_reason(page.reason)
    splits = list_splits(session, plan, unit=unit)
    for split in splits:
        if split.code in page.splits:
            kept = before.get(split.target)
            fresh = _next(split, page, kept, actor=actor, at=at)
            fate, wrong = _judge(split, page, kept, fresh)
            fates[fate].append(fresh)
            problems += wrong
    if problems:
        raise Problems(problems)
    require_first(session, [before.get(one.target, one) for one in fates[Fate.MOVED]])
    _write(session, fates[Fate.WRITE], unit=unit)
    end_drafts(session, fates[Fate.END], unit=unit, actor=actor, at=at)
    marks = read_seal(page.seal)
    is_stale = any(marks.get(str(split.target)) != mark_of(split) for split in splits)
    return _saved(page, before, fates, is_stale=is_stale)


def _next(
    split: SplitProposal, page: TypedPage, before: KeptDraft | None, *, actor: Actor, at: datetime
) -> KeptDraft:
    """The draft as this save would leave it."""
    typed = page.splits[split.code]
    fresh = KeptDraft(
        target=split.target,
        code=split.code,
        version=before.version + 1 if before else 1,
        begun_on=min(_seen(page, split).assignment or split.version, split.version),
        begun_held=split.held,
        begun_at=at,
        how=typed.how,
        cells=keep_cells(typed.cells, {}, present=split.parties),
        reason=page.reason,
        saved_at=at,
        saved_by=actor.key,
        ended_at=None,
    )
    if before is None or not before.is_open:
        return fresh
    return replace(
        fresh,
        begun_on=before.begun_on,
        begun_held=before.begun_held,
        begun_at=before.begun_at,
        cells=keep_cells(typed.cells, before.cells, present=split.parties),
    )


def _judge(
    split: SplitProposal, page: TypedPage, before: KeptDraft | None, fresh: KeptDraft
) -> tuple[Fate, list[Problem]]:
    cells = page.splits[split.code].cells
    numbers, wrong = read_cells(cells, decimals=split.decimals, unit=split.display_unit)
    stood = read_seal(page.seal).get(str(split.target))
    fate = fate_of(
        says_nothing=not wrong and _mark(split, numbers) in (stood, mark_of(split)),
        is_same=before is not None and _content(fresh) == _content(before),
        version=before.seen if before else 0,
        seen=_seen(page, split).draft,
    )
    return fate, find_unkeepable(split.code, cells, wrong=wrong)


def _mark(split: SplitProposal, numbers: Mapping[str, int]) -> str:
    """The mark of what stands would be this, if it were as it was typed."""
    children = [replace(each, held=numbers.get(each.code, each.held)) for each in split.children]
    return mark_of(replace(split, own=numbers.get(OWN, split.own), children=tuple(children)))


def _content(draft: KeptDraft) -> tuple[object, ...]:
    return dict(draft.cells), draft.how, draft.reason


def _seen(page: TypedPage, split: SplitProposal) -> Seen:
    return read_seen(page.seen).get(split.target, Seen())


def _write(session: Session, drafts: Sequence[KeptDraft], *, unit: int) -> None:
    if not drafts:
        return
    rows = [{**asdict(draft), "unit": unit} for draft in drafts]
    for row in rows:
        del row["code"]
    write = insert_into(session, SplitDraft)
    over = {name: write.excluded[name] for name in rows[0] if name not in KEY}
    session.connection().execute(write.on_conflict_do_update(index_elements=KEY, set_=over), rows)


def _saved(
    page: TypedPage,
    before: Mapping[int, KeptDraft],
    fates: Mapping[Fate, Sequence[KeptDraft]],
    *,
    is_stale: bool,
) -> SavedSplit:
    known = read_seen(page.seen)
    versions = {one.target: one.version for one in fates[Fate.WRITE]}
    versions |= {one.target: before[one.target].version for one in fates[Fate.KEEP]}
    versions |= {one.target: 0 for one in fates[Fate.END]}
    for target, version in versions.items():
        known[target] = replace(known.get(target, Seen()), draft=version)
    waiting = [one.code for fate in (Fate.WRITE, Fate.KEEP) for one in fates[fate]]
    return SavedSplit(write_seen(known), tuple(waiting), is_stale)
