"""Delegation (委托): one's own roles handed to another for some days; it ends by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actions.users import require_account_manager
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.models import Delegation, User, UserGrant
from shuangyong_core.accounts.queries import UserNotFound, get_user, not_ended
from shuangyong_core.accounts.queries.delegations import list_takers
from shuangyong_core.accounts.rules import check_days
from shuangyong_core.audit.actions import record
from shuangyong_core.clock import at_shanghai, end_of_day, shanghai_date
from shuangyong_core.errors import NotFound, Refused


class MayNotTake(Refused):
    """The one who is to act is not of the same unit nor above it, is shut, or is the giver."""

    message = "只能委托本单位或上级单位的在用账号，{login} 不在其中。"
    code = "may_not_take"


class NothingToGive(Refused):
    """The giver holds no roles of their own."""

    message = "账号 {login} 自己没有权限可以委托（受托得来的不能再委托）。"
    code = "nothing_to_give"


class AlreadyDelegated(Refused):
    """Two delegations of one user may not overlap."""

    message = "从 {since} 到 {until} 已经委托给 {taker}，请先撤回，或另选日期。"
    code = "already_delegated"


class DelegationNotFound(NotFound):
    """There is no such delegation, or it is another's."""

    message = "没有这条委托，或者不是您的。"
    code = "delegation_not_found"


def delegate(
    session: Session,
    *,
    giver: str,
    taker: str,
    first_date: date,
    last_date: date,
    actor: Actor,
    at: datetime,
) -> int:
    """This function will hand a user's own roles to another for whole days; gives its number.

    Raises UserNotFound, DaysUnusable, NothingToGive, MayNotTake, AlreadyDelegated.
    """
    user = get_user(session, giver)
    _require_own(user, actor)
    check_days(first_date, last_date, today=shanghai_date(at))
    # Of two delegations at once the second sees the days of the first.
    session.refresh(user, with_for_update=True)
    begins, ends = max(at, at_shanghai(first_date, 0)), end_of_day(last_date)
    own = _own_grants(session, user, at=at)
    if not own or user.disabled_at is not None:
        raise NothingToGive(login=giver)
    if taker not in {each.login for each in list_takers(session, user.id, at=at)}:
        raise MayNotTake(login=taker)
    other = get_user(session, taker)
    _refuse_overlap(session, user, begins=begins, ends=ends)
    made = Delegation(
        giver=user.id, taker=other.id, valid_from=begins, valid_to=ends, created_at=at
    )
    session.add(made)
    session.flush()
    for grant in own:
        session.add(
            UserGrant(
                user=other.id,
                unit=grant.unit,
                role=grant.role,
                valid_from=begins,
                valid_to=min(ends, grant.valid_to or ends),
                delegation=made.id,
            )
        )
    session.flush()
    detail = {"taker": other.id, "from": first_date.isoformat(), "to": last_date.isoformat()}
    subject = f"user:{user.id}"
    record(session, act="users.delegate", subject=subject, actor=actor.key, at=at, detail=detail)
    return made.id


def revoke_delegation(session: Session, delegation: int, *, actor: Actor, at: datetime) -> None:
    """This function will end a delegation at once; twice changes nothing. DelegationNotFound."""
    found = session.get(Delegation, delegation) if 0 < delegation < 2**63 else None
    if found is None:
        raise DelegationNotFound
    try:
        _require_own(session.get_one(User, found.giver), actor)
    except UserNotFound:
        raise DelegationNotFound from None
    if found.revoked_at is not None or found.valid_to <= at:
        return
    found.revoked_at = at
    session.execute(update(UserGrant).where(UserGrant.delegation == delegation).values(valid_to=at))
    subject = f"user:{found.giver}"
    detail = {"taker": found.taker}
    record(session, act="users.revoke", subject=subject, actor=actor.key, at=at, detail=detail)


def _require_own(user: User, actor: Actor) -> None:
    """One hands over what is one's own; the operator and the security administrator may help."""
    if actor.is_unlimited or actor.key == f"user:{user.id}":
        return
    if actor.administrator is None:
        raise UserNotFound(login=user.login)
    require_account_manager(actor)


def _own_grants(session: Session, user: User, *, at: datetime) -> Sequence[UserGrant]:
    own = select(UserGrant).where(
        UserGrant.user == user.id,
        UserGrant.delegation.is_(None),
        UserGrant.valid_from <= at,
        not_ended(at),
    )
    return session.scalars(own.order_by(UserGrant.id)).all()


def _refuse_overlap(session: Session, user: User, *, begins: datetime, ends: datetime) -> None:
    row = session.execute(
        select(Delegation, User.name)
        .join(User, User.id == Delegation.taker)
        .where(
            Delegation.giver == user.id,
            Delegation.revoked_at.is_(None),
            Delegation.valid_from < ends,
            Delegation.valid_to > begins,
        )
        .limit(1)
    ).first()
    if row is not None:
        kept, name = row
        until = shanghai_date(kept.valid_to) - timedelta(days=1)
        raise AlreadyDelegated(since=shanghai_date(kept.valid_from), until=until, taker=name)
