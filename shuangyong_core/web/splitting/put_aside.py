"""What a page says of a split that was put aside: since when, by whom, what changed beneath it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from shuangyong_core.accounts.queries.names import names_of as names_of_actors
from shuangyong_core.assignments.models import HoldStatus
from shuangyong_core.assignments.queries.drafts import KeptDraft
from shuangyong_core.assignments.queries.moves import HOLD, latest_move
from shuangyong_core.assignments.queries.splits import OWN, SplitProposal
from shuangyong_core.assignments.rules.drafts import Changed, what_changed
from shuangyong_core.clock import shanghai_date
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.units.queries import names_of
from shuangyong_core.web.pages.split_view import PutAside
from shuangyong_core.web.rendering import monthday
from shuangyong_core.web.splitting.opened import Opened

Named = Mapping[str, str]  # a unit's name by its code


def put_aside(session: Session, opened: Opened) -> PutAside | None:
    """This function will tell about the drafts of a page; None where nothing was put aside."""
    drafts = list(opened.drafts.values())
    if not drafts:
        return None
    latest = max(drafts, key=lambda draft: draft.saved_at)
    codes = sorted({code for draft in drafts for code in draft.cells if code != OWN})
    named = {**names_of(session, codes), OWN: "本级承办"}
    return PutAside(
        begun_at=min(draft.begun_at for draft in drafts),
        saved_at=latest.saved_at,
        who=names_of_actors(session, [latest.saved_by])[latest.saved_by],
        codes=tuple(draft.code for draft in drafts),
        told=(
            *_sent_otherwise(session, opened),
            *(line for draft in drafts for line in _changes(opened, draft, named)),
        ),
    )


def _sent_otherwise(session: Session, opened: Opened) -> Iterator[str]:
    """The default was let stand meanwhile, or another split was sent down past the draft."""
    splits = [split for split in opened.splits if split.target in opened.drafts]
    settled, drafts = opened.settled_at, opened.drafts
    default = [
        split.code
        for split in splits
        if settled and settled > drafts[split.target].saved_at
        and any(child.state == "automatic" for child in split.children)
    ]  # fmt: skip
    if settled and default:
        day = monthday(shanghai_date(settled))
        yield (
            f"到期没有确认，{day}起 {'、'.join(default)} 已按默认方案下达（系统自动）。"
            "这里仍是您存的数，可以接着用它改分解。"
        )
    past = [split for split in splits if _was_sent_past(split, drafts[split.target])]
    move = latest_move(
        session,
        kind=HOLD,
        targets=[split.target for split in past],
        unit=opened.sight.node.unit,
        to_status=HoldStatus.DECOMPOSED,
    ) if past else None  # fmt: skip
    if move is not None and move.at > min(drafts[split.target].begun_at for split in past):
        told = "、".join(split.code for split in past)
        yield f"{told} 已由{move.who}于{move.when}确认下达，存下的数没有用上。"


def _was_sent_past(split: SplitProposal, draft: KeptDraft) -> bool:
    return split.hold_status == HoldStatus.DECOMPOSED and split.version != draft.begun_on


def _changes(opened: Opened, draft: KeptDraft, named: Named) -> Iterator[str]:
    splits = {split.target: split for split in opened.splits}
    split = splits.get(draft.target)
    if split is None:
        numbers = _listed(draft.cells, named)
        yield f"{draft.code} 已不用本单位分解，存下的数（{numbers}）不再用。"
        return
    changed = what_changed(
        draft.cells, present=split.parties, held=split.held, begun_held=draft.begun_held
    )
    children = {child.code: child.name for child in split.children} | {OWN: named[OWN]}
    yield from _told(split, changed, {**children, **named}, children)


def _told(split: SplitProposal, changed: Changed, named: Named, children: Named) -> Iterator[str]:
    if changed.held_before is not None:
        was = format_scaled(changed.held_before, split.decimals)
        now = format_scaled(split.held, split.decimals)
        yield f"{split.code} 下达数由 {was} 改为 {now}，差额已按新数重算。"
    if changed.gone:
        yield (
            f"{split.code} 原来分给 {_listed(changed.gone, named)}，现已不是本单位这项任务的下级，"
            "这些数没有算在内，请另行分配。"
        )
    if changed.new:
        new = "、".join(children[code] for code in changed.new)
        yield f"{split.code} 新增 {new}，先填着现在的数，请核对。"


def _listed(cells: Mapping[str, str], named: Named) -> str:
    return "、".join(f"{named.get(code, code)} {text or 0}" for code, text in sorted(cells.items()))
