"""How the page 我的账号 is put together."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.queries import names_of
from shuangyong_core.accounts.queries.delegations import (
    DelegationLine,
    list_delegations,
    list_takers,
)
from shuangyong_core.accounts.rules import ADMINISTRATOR_WORDS, ROLE_WORDS
from shuangyong_core.clock import shanghai_date
from shuangyong_core.units.models import Unit
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.pages.account_view import AccountView, DelegationRow, OwnRole
from shuangyong_core.web.pages.shell import Choice, Light

SHOWN = 20


def account_view(
    session: Session,
    desk: Desk,
    *,
    taker: str = "",
    first: str = "",
    last: str = "",
    errors: tuple[str, ...] = (),
) -> AccountView:
    """This function will show a user's own account."""
    actor, user = desk.actor, desk.login.user
    takers = list_takers(session, user, at=desk.at)
    lines = list_delegations(session, user=user)[:SHOWN]
    return AccountView(
        login=desk.login.login,
        name=actor.name,
        roles=_roles(session, desk),
        delegations=tuple(_row(each, user=user, at=desk.at) for each in lines),
        takers=tuple(
            Choice(each.login, f"{each.name}（{each.unit}）", each.login == taker)
            for each in takers
        ),
        may_delegate=any(not grant.giver for grant in actor.grants),
        first=first or desk.today.isoformat(),
        last=last,
        errors=errors,
    )


def _roles(session: Session, desk: Desk) -> tuple[OwnRole, ...]:
    actor = desk.actor
    if actor.administrator:
        return (OwnRole("", ADMINISTRATOR_WORDS[actor.administrator], ""),)
    units = {grant.unit for grant in actor.grants}
    names = dict(
        session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(units))).tuples().all()
    )
    givers = names_of(session, sorted(actor.givers))
    return tuple(
        OwnRole(names[each.unit], ROLE_WORDS[each.role], givers.get(each.giver, ""))
        for each in actor.grants
    )


def _row(line: DelegationLine, *, user: int, at: datetime) -> DelegationRow:
    is_mine = line.giver_id == user
    text = f"委托给 {line.taker}" if is_mine else f"受 {line.giver} 委托"
    light, state = _state(line, at=at)
    return DelegationRow(
        number=line.number,
        text=text,
        first=shanghai_date(line.valid_from),
        last=shanghai_date(line.valid_to - timedelta(seconds=1)),
        light=light,
        state=state,
        may_revoke=is_mine and line.revoked_at is None and line.valid_to > at,
    )


def _state(line: DelegationLine, *, at: datetime) -> tuple[Light, str]:
    if line.revoked_at is not None:
        return "na", "已撤回"
    if line.valid_to <= at:
        return "na", "已到期"
    return ("ok", "进行中") if line.valid_from <= at else ("na", "还没开始")
