"""Every way a script's token can change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actions.users import RolesMixed, require_account_manager
from shuangyong_core.accounts.actor import ADMINISTRATORS, Actor, Role
from shuangyong_core.accounts.models import Token
from shuangyong_core.accounts.passwords import draw_secret, hash_secret
from shuangyong_core.audit.actions import record
from shuangyong_core.units.queries import get_unit


def create_token(
    session: Session,
    *,
    unit: str,
    role: Role,
    label: str,
    expires_at: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> str:
    """This function will make a token bound to a unit and a role; its secret is told once."""
    require_account_manager(actor)
    if role in ADMINISTRATORS:
        raise RolesMixed
    secret = draw_secret()
    token = Token(
        hash=hash_secret(secret),
        label=label,
        unit=get_unit(session, unit).id,
        role=role,
        created_at=at,
        expires_at=expires_at,
        revoked_at=None,
    )
    session.add(token)
    session.flush()
    detail = {"unit": unit, "role": str(role)}
    record(
        session,
        act="token.create",
        subject=f"token:{token.id}",
        actor=actor.key,
        at=at,
        detail=detail,
    )
    return secret


def revoke_token(session: Session, token: int, *, actor: Actor, at: datetime) -> None:
    """This function will end a token at once."""
    require_account_manager(actor)
    session.execute(update(Token).where(Token.id == token).values(revoked_at=at))
    record(session, act="token.revoke", subject=f"token:{token}", actor=actor.key, at=at)
