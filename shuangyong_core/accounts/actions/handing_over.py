"""Another person in a post: the account goes on with a new password, or another takes its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actions.renewing import check_seen, give_one_time_password
from shuangyong_core.accounts.actions.users import (
    create_user,
    end_delegations,
    require_account_manager,
    shut_user,
)
from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.models import User, UserGrant
from shuangyong_core.accounts.queries import (
    UserNotFound,
    get_account_below,
    get_unit_below,
    not_ended,
)
from shuangyong_core.accounts.rules import ONE_TIME_FOR, check_post_name
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Refused
from shuangyong_core.marks.actions import take_step
from shuangyong_core.units.actions import keep_post
from shuangyong_core.units.models import PostKind, Unit

SUBJECT = "user"


class RoleNotGiven(Refused):
    """A new account without a role, or with one that is not given below."""

    message = "请选填报、审核、管理、查看中的至少一种权限。"
    code = "role_not_given"


@dataclass(frozen=True, slots=True)
class Given:
    """An account and its one-time password, told once."""

    login: str
    name: str
    password: str
    until: datetime


def hand_over(
    session: Session,
    unit_code: str,
    login: str,
    *,
    new_login: str = "",
    name: str = "",
    seen: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> Given:
    """This function will give a unit's account to the next person in the post.

    With `new_login` another account takes its roles and the old one is shut. Raises UnitNotFound,
    UserNotFound, AccountHoldsMore, PasswordJustSet, LoginTaken, LoginUnusable, NameUnusable.
    """
    unit, user, held = _account_of(session, unit_code, login, actor=actor, at=at)
    check_seen(user, seen=seen)
    post = keep_post(session, unit.id, kind=PostKind.LIAISON, at=at)
    end_delegations(session, user.id, at=at)
    named = name.strip() or user.name
    if new_login and new_login != login:
        roles = [(unit.code, Role(grant.role)) for grant in held]
        drawn = create_user(
            session, new_login, name=named, roles=roles, post=PostKind.LIAISON, actor=actor, at=at
        )
        _end(held, at=at)
        shut_user(session, user, actor=actor, at=at)
    else:
        new_login = login
        check_post_name(named)
        user.name = named
        drawn = give_one_time_password(session, user, at=at)
        _begin_anew(session, held, post=post, at=at)
    _note(session, unit, user, actor=actor, at=at)
    return Given(new_login, named, drawn, at + ONE_TIME_FOR)


def open_account(
    session: Session,
    unit_code: str,
    login: str,
    *,
    name: str,
    roles: Sequence[Role],
    actor: Actor,
    at: datetime,
) -> Given:
    """This function will give a unit below an account for its liaison.

    Raises UnitNotFound, RoleNotGiven, LoginTaken, LoginUnusable, NameUnusable.
    """
    if actor.administrator:
        require_account_manager(actor)
    unit = get_unit_below(session, unit_code, actor=actor)
    if not roles or Role.ISSUER in roles:
        raise RoleNotGiven
    held = [(unit.code, role) for role in roles]
    drawn = create_user(
        session, login, name=name, roles=held, post=PostKind.LIAISON, actor=actor, at=at
    )
    return Given(login, name, drawn, at + ONE_TIME_FOR)


def _account_of(
    session: Session, unit_code: str, login: str, *, actor: Actor, at: datetime
) -> tuple[Unit, User, Sequence[UserGrant]]:
    """The unit, its account, and the account's own roles on that unit."""
    if actor.administrator:
        require_account_manager(actor)
    unit = get_unit_below(session, unit_code, actor=actor)
    user = get_account_below(session, login, actor=actor, at=at)
    # Of two at once the second sees what the first has done with the account.
    session.refresh(user, with_for_update=True)
    held = session.scalars(
        select(UserGrant).where(
            UserGrant.user == user.id,
            UserGrant.unit == unit.id,
            UserGrant.delegation.is_(None),
            not_ended(at),
        )
    ).all()
    if not held or user.disabled_at is not None:
        raise UserNotFound(login=login)
    return unit, user, held


def _end(held: Sequence[UserGrant], *, at: datetime) -> None:
    for grant in held:
        grant.valid_to = at


def _begin_anew(session: Session, held: Sequence[UserGrant], *, post: int, at: datetime) -> None:
    """The roles go on; a new interval says that another person stands in the post."""
    _end(held, at=at)
    for grant in held:
        session.add(
            UserGrant(user=grant.user, unit=grant.unit, role=grant.role, valid_from=at, post=post)
        )
    session.flush()


def _note(session: Session, unit: Unit, user: User, *, actor: Actor, at: datetime) -> None:
    take_step(
        session,
        subject_kind=SUBJECT,
        subject_id=user.id,
        unit=unit.id,
        from_status=None,
        to_status="handed_over",
        at=at,
        actor=actor.key,
    )
    subject = f"user:{user.id}"
    record(session, act="users.hand_over", subject=subject, actor=actor.key, at=at,
           detail={"unit": unit.code})  # fmt: skip
