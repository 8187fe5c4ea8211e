"""Every way a script's token can change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actions.users import RolesMixed, require_account_manager
from shuangyong_core.accounts.actor import ADMINISTRATORS, Actor, Role
from shuangyong_core.accounts.models import Token
from shuangyong_core.accounts.passwords import draw_secret, hash_secret
from shuangyong_core.accounts.rules import check_name
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import NotFound
from shuangyong_core.units.queries import get_unit

LONGEST_LABEL = 80
LARGEST_ID = 2**63 - 1


class TokenNotFound(NotFound):
    """There is no token of this number."""

    message = "没有 {number} 号令牌，请用 token list 查号。"
    code = "token_not_found"


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
    check_name(label, longest=LONGEST_LABEL)
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
    """This function will end a token at once; the first time stays. Raises TokenNotFound."""
    require_account_manager(actor)
    kept = session.get(Token, token) if 0 < token <= LARGEST_ID else None
    if kept is None:
        raise TokenNotFound(number=token)
    if kept.revoked_at is None:
        kept.revoked_at = at
        record(session, act="token.revoke", subject=f"token:{token}", actor=actor.key, at=at)
