"""All that the page of one holder's split is made of, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Role
from shuangyong_core.assignments.actions.confirm_split import NothingToConfirm
from shuangyong_core.assignments.queries.amended import AmendedTotal, list_amended
from shuangyong_core.assignments.queries.bases import list_base_keys, list_bases
from shuangyong_core.assignments.queries.defaults import list_defaults
from shuangyong_core.assignments.queries.drafts import KeptDraft, list_split_drafts, seen_of
from shuangyong_core.assignments.queries.held import list_held
from shuangyong_core.assignments.queries.seals import seal_of
from shuangyong_core.assignments.queries.settling import get_settling
from shuangyong_core.assignments.queries.splits import SplitProposal, list_splits
from shuangyong_core.assignments.rules.drafts import write_seen
from shuangyong_core.assignments.rules.statuses import MAY_CONFIRM
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.queries import TargetRow, list_targets, may_reach
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.sight import Sight, see

MANAGERS = (Role.ISSUER, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class Opened:
    """The split of a unit as it is kept."""

    sight: Sight
    splits: Sequence[SplitProposal]  # what is truly shared out, in the order of the plan
    others: Sequence[TargetRow]
    defaults: Mapping[tuple[int, int], int]  # (target, child)
    base_keys: Sequence[str]
    bases: Mapping[tuple[int, str], int]  # (child, base)
    to_split_by: Sequence[str]  # every base a holder may choose
    seal: str
    launched: date
    confirm_by: date
    is_provisional: bool
    is_confirmed: bool
    may_manage: bool
    settled_at: datetime | None  # since then the default stands, recorded as automatic
    amended: Mapping[int, AmendedTotal]  # by target: what reads otherwise since an amendment
    drafts: Mapping[int, KeptDraft]  # by target: what was put aside and is not sent down
    seen: str  # the versions of all that may be put aside


def open_split(session: Session, desk: Desk, *, plan: str, unit: str) -> Opened:
    """This function will read a holder's split; raises NotFound and NothingToConfirm."""
    sight = see(session, desk, plan=plan, unit=unit)
    head, unit_id = sight.plan, sight.node.unit
    held = [one for one in list_held(session, head, unit=unit_id) if one.hold_status]
    if not held:
        raise NothingToConfirm
    contents = {row.id: row for row in list_targets(session, head.id)}
    all_splits = list_splits(session, head, unit=unit_id)
    splits = [split for split in all_splits if split.is_truly_split]
    shared = {split.target for split in splits}
    rules = [contents[split.target].split for split in splits]
    keys = list(dict.fromkeys(rule[5:] for rule in rules if rule.startswith("base:")))
    launched = shanghai_date(head.launched_at or desk.at)
    settling = get_settling(session, head, unit=unit_id)
    asked = shanghai_date(settling.proposed_at) if settling.proposed_at else launched
    amended = {one.target: one for one in list_amended(session, head, units=[unit_id])}
    drafts = list_split_drafts(session, head, unit=unit_id, actor=desk.actor)
    calendar = get_calendar(session)
    days = head.within_acknowledge + head.within_decompose
    confirm_by = calendar.add_workdays(asked, days)
    return Opened(
        sight=sight,
        splits=splits,
        others=[contents[one.target] for one in held if one.target not in shared],
        defaults=list_defaults(session, head, unit=unit_id),
        base_keys=keys,
        bases=list_bases(session, head, unit=unit_id, keys=keys),
        to_split_by=list_base_keys(session, head, unit=unit_id),
        seal=seal_of(all_splits),
        launched=launched,
        confirm_by=confirm_by,
        is_provisional=calendar.is_provisional(confirm_by.year),
        is_confirmed=not any(one.hold_status in MAY_CONFIRM for one in held),
        may_manage=may_reach(session, head, unit_id, desk.actor, *MANAGERS),
        settled_at=settling.settled_at,
        amended=amended,
        drafts={draft.target: draft for draft in drafts if draft.is_open},
        seen=write_seen(seen_of(drafts, {split.target: split.version for split in splits})),
    )
