"""What the holders of the demo do with their split in January."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.actions.change_split import Wish, change_split
from shuangyong_core.assignments.actions.confirm_split import confirm_split
from shuangyong_core.assignments.actions.settle_defaults import settle_defaults
from shuangyong_core.assignments.models import Quota
from shuangyong_core.clock import at_shanghai
from shuangyong_core.demo.people import FEDERATION, Cast
from shuangyong_core.demo.setting import DISTRICT, PLAN
from shuangyong_core.plans.models import Plan, Target
from shuangyong_core.plans.queries import get_plan
from shuangyong_core.units.models import Unit, UnitLink

# This street never confirms: its default stands, and A06 shows 13/14.
SILENT = "990106010"
# This street asks two communities for one more each, and says why.
ASKS_MORE, ASKED = "990106008", ("990106008002", "990106008005")
Act = Callable[[Session], Any]


def confirm_events(session: Session, cast: Cast) -> Iterator[tuple[datetime, Act]]:
    """This function will give when each holder confirms, and the act."""
    streets = session.scalars(select(Unit.code).where(Unit.kind == "street").order_by(Unit.code))
    holders = [DISTRICT, FEDERATION, *(code for code in streets if code != SILENT)]
    for code in holders:
        luck = Random(f"{code}/confirm")
        at = at_shanghai(date(2026, 1, luck.choice([14, 15, 16])), luck.randint(9, 16), 20)
        if code == DISTRICT:
            at = at_shanghai(date(2026, 1, 13), 9, 30)
        if code == ASKS_MORE:
            yield at, _ask_more(cast, at)
        else:
            yield at, _confirm(cast, code, at)
    settled_at = at_shanghai(date(2026, 1, 26), 9)
    yield (
        settled_at,
        lambda session: settle_defaults(session, get_plan(session, PLAN), at=settled_at),
    )


def _confirm(cast: Cast, code: str, at: datetime) -> Act:
    def act(session: Session) -> Any:
        plan = get_plan(session, PLAN)
        unit = _unit(session, code)
        return confirm_split(session, plan, unit=unit, actor=cast.holder(code), at=at)

    return act


def _ask_more(cast: Cast, at: datetime) -> Act:
    def act(session: Session) -> Any:
        plan = get_plan(session, PLAN)
        unit, target = _unit(session, ASKS_MORE), _target(session, plan, "D06")
        shares = _shares(session, plan, unit, target)
        wish = Wish({code: shares[code] + 1 for code in ASKED}, reason="年初摸底新增 2 件")
        actor = cast.holder(ASKS_MORE)
        change_split(
            session, plan, unit=unit, target=target, wish=wish, version=None, actor=actor, at=at
        )
        return confirm_split(session, plan, unit=unit, actor=actor, at=at)

    return act


def _shares(session: Session, plan: Plan, unit: int, target: int) -> dict[str, int]:
    found = (
        select(Unit.code, Quota.held)
        .select_from(Quota)
        .join(Unit, Unit.id == Quota.unit)
        .join(UnitLink, (UnitLink.unit == Unit.id) & (UnitLink.tree == "responsibility"))
        .where(Quota.target == target, Quota.valid_to.is_(None), UnitLink.parent == unit)
    )
    return {code: held for code, held in session.execute(found)}


def _unit(session: Session, code: str) -> int:
    return session.scalars(select(Unit.id).where(Unit.code == code)).one()


def _target(session: Session, plan: Plan, code: str) -> int:
    found = select(Target.id).where(Target.plan == plan.id, Target.code == code)
    return session.scalars(found).one()
