"""Changed and added targets go down the whole tree again, by the statements of the launch."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.amending.items import (
    close_items,
    leave_items,
    mark_counted,
    mark_items,
    open_items,
    reopen_items,
)
from shuangyong_core.assignments.actions.amending.keep import (
    keep_what_stands,
    leave_the_gone,
)
from shuangyong_core.assignments.actions.amending.quotas import (
    close_lost,
    holders_to_confirm,
    open_amended,
)
from shuangyong_core.assignments.actions.amending.standing import settle_assignments
from shuangyong_core.assignments.actions.confirmation_marks import mark_confirmation
from shuangyong_core.assignments.actions.launch.content import (
    TargetContent,
    batches,
    list_contents,
    names_units,
)
from shuangyong_core.assignments.actions.launch.sharing import find_unshareable
from shuangyong_core.assignments.actions.launch.split import give_totals, split_level
from shuangyong_core.assignments.actions.launch.units import take_units
from shuangyong_core.assignments.actions.launch.weigh import weigh
from shuangyong_core.assignments.actions.launch.work import WORK, clear_work, dialect_of, run
from shuangyong_core.assignments.actions.moving import Pair, move_holds
from shuangyong_core.assignments.actions.resplit_rows import close_quotas, spare
from shuangyong_core.assignments.models import HoldStatus, ReportStatus
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Problem
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.tree import get_node


@dataclass(frozen=True, slots=True)
class Recast:
    """Which targets go down again; of `anew` every split, of `ruled` every split by rule."""

    targets: Collection[int]
    anew: Collection[int] = ()
    ruled: Collection[int] = ()


@dataclass(slots=True)
class Amended:
    """Who has to confirm a split now (target, unit), and what stands in the way."""

    confirms: list[Pair] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def send_again(
    session: Session, plan: Plan, recast: Recast, *, actor: Actor, at: datetime, note: str
) -> Amended:
    """This function will send targets down again; with problems the caller takes it all back."""
    amended = Amended()
    contents = list_contents(session, plan, recast.targets)
    if not contents:
        return amended
    clear_work(session)
    issuer = get_node(session, plan.id, plan.issuer)
    taken = take_units(session, plan, path=issuer.path)
    run(session, leave_the_gone())
    for batch in batches(contents, units=taken):
        _share_out(session, plan, batch, recast, top=issuer.depth, amended=amended)
        if not amended.problems:
            _write(session, plan, batch, top=issuer.depth, actor=actor, at=at, note=note)
            amended.confirms += _ask_again(session, plan, batch, actor=actor, at=at, note=note)
    return amended


def _share_out(
    session: Session,
    plan: Plan,
    batch: Sequence[TargetContent],
    recast: Recast,
    *,
    top: int,
    amended: Amended,
) -> None:
    run(session, delete(WORK))
    by_code = names_units(session, plan)
    lowest = weigh(session, plan, batch, top=top, by_code=by_code, then=spare(ReportStatus.EXEMPT))
    amended.problems += find_unshareable(session, batch, top=top)
    if amended.problems:
        return
    run(session, give_totals(), level=top)
    which = {"plan": plan.id, "anew": list(recast.anew), "ruled": list(recast.ruled)}
    for level in range(top, lowest):
        split_level(session, level)
        run(session, keep_what_stands(), level=level, **which)


def _write(
    session: Session,
    plan: Plan,
    batch: Sequence[TargetContent],
    *,
    top: int,
    actor: Actor,
    at: datetime,
    note: str,
) -> None:
    targets, day, dialect = [one.id for one in batch], shanghai_date(at), dialect_of(session)
    run(session, close_quotas(), at=at)
    run(session, close_lost(), targets=targets, at=at)
    run(session, open_amended(dialect), at=at, level=top + 1)
    touched = settle_assignments(
        session, issuer=plan.issuer, targets=targets, actor=actor, at=at, note=note
    )
    run(session, close_items(), targets=targets, at=at, day=day)
    run(session, leave_items(), targets=targets, day=day, at=at)
    run(session, reopen_items(), targets=targets, day=day)
    run(session, open_items(dialect), at=at, day=day)
    run(session, mark_items(), targets=targets)
    run(session, mark_counted())
    mark_confirmation(session, plan, units=sorted({unit for _, unit in touched}))


def _ask_again(
    session: Session,
    plan: Plan,
    batch: Sequence[TargetContent],
    *,
    actor: Actor,
    at: datetime,
    note: str,
) -> list[Pair]:
    """Holders whose total or whose units changed decide again what they had sent on."""
    asked = {"plan": plan.id, "issuer": plan.issuer, "at": at}
    found = session.connection().execute(holders_to_confirm(), asked)
    pairs: list[Pair] = sorted((row.target, row.unit) for row in found)
    for target in (one.id for one in batch):
        units = [unit for which, unit in pairs if which == target]
        now, to = HoldStatus.DECOMPOSED, HoldStatus.ACKNOWLEDGED
        which = [target]
        move_holds(
            session, targets=which, units=units, now=now, to=to, actor=actor, at=at, note=note
        )
    mark_confirmation(session, plan, units=sorted({unit for _, unit in pairs}))
    return pairs
