"""Short ways to the acts of a holder, by codes and whole transactions."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.acknowledge import acknowledge
from shuangyong_core.assignments.actions.change_split import Wish, change_split
from shuangyong_core.assignments.actions.confirm_split import confirm_split
from shuangyong_core.assignments.actions.propose_split import Shares, propose_split
from shuangyong_core.assignments.queries.splits import SplitProposal, list_splits
from shuangyong_core.plans.models import Plan, Target
from shuangyong_core.units.models import Unit
from tests.assignments.year import OFFICE


def unit_id(session: Session, code: str) -> int:
    """A unit's id by its code."""
    return session.scalars(select(Unit.id).where(Unit.code == code)).one()


def target_id(session: Session, code: str) -> int:
    """A target's id by its code."""
    return session.scalars(select(Target.id).where(Target.code == code)).one()


def sign(engine: Engine, plan: int, unit: str, *, actor: Actor, at: datetime) -> Sequence[int]:
    """签收."""
    with db.write(engine) as session:
        here = session.get_one(Plan, plan)
        return acknowledge(session, here, unit=unit_id(session, unit), actor=actor, at=at)


def confirm(engine: Engine, plan: int, unit: str, *, actor: Actor, at: datetime) -> Sequence[int]:
    """确认下达."""
    with db.write(engine) as session:
        here = session.get_one(Plan, plan)
        return confirm_split(session, here, unit=unit_id(session, unit), actor=actor, at=at)


def read_split(engine: Engine, plan: int, unit: str, target: str) -> SplitProposal:
    """The split of one target at a unit, as it stands."""
    with db.read(engine) as session:
        here = session.get_one(Plan, plan)
        ids = {"unit": unit_id(session, unit), "target": target_id(session, target)}
        return list_splits(session, here, **ids)[0]


def propose(engine: Engine, plan: int, unit: str, target: str, method: str) -> Shares:
    """按一种办法试算."""
    with db.write(engine) as session:
        here = session.get_one(Plan, plan)
        ids = {"unit": unit_id(session, unit), "target": target_id(session, target)}
        return propose_split(session, here, **ids, method=method, actor=OFFICE)


def change(
    engine: Engine,
    plan: int,
    unit: str,
    target: str,
    children: Mapping[str, object],
    *,
    own: object = None,
    reason: str = "",
    version: int | None = None,
    actor: Actor,
    at: datetime,
) -> SplitProposal:
    """调整分解."""
    with db.write(engine) as session:
        return change_split(
            session,
            session.get_one(Plan, plan),
            unit=unit_id(session, unit),
            target=target_id(session, target),
            wish=Wish(children, own, reason),
            version=version,
            actor=actor,
            at=at,
        )


def one_behind_the_other(
    engine: Engine, first: Callable[[Session], object], second: Callable[[Session], object]
) -> None:
    """Two acts on PostgreSQL: the second begins while the first has not been committed."""

    def come_second() -> None:
        with db.write(engine) as session:
            second(session)

    late = threading.Thread(target=come_second)
    with db.write(engine) as session, engine.connect() as looking:
        first(session)
        late.start()
        # Until it waits for the first, or is through without asking.
        held_up = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        while late.is_alive() and not looking.scalar(held_up):
            time.sleep(0.01)
    late.join(60)
