"""The accounts and the tokens there are, as the operator lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.models import Token, User, UserGrant
from shuangyong_core.units.models import Unit


@dataclass(frozen=True, slots=True)
class UserLine:
    """One account in a list."""

    login: str
    name: str
    administrator: str | None
    roles: tuple[tuple[str, str], ...]  # (unit code, role)
    is_disabled: bool


@dataclass(frozen=True, slots=True)
class TokenLine:
    """One token in a list; never its secret."""

    number: int
    label: str
    unit: str
    role: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def list_users(session: Session) -> list[UserLine]:
    """This function will list all accounts with their roles."""
    roles: dict[int, list[tuple[str, str]]] = {}
    rows = session.execute(
        select(UserGrant.user, Unit.code, UserGrant.role)
        .join(Unit, Unit.id == UserGrant.unit)
        .where(UserGrant.valid_to.is_(None))
        .order_by(UserGrant.id)
    )
    for user, code, role in rows:
        roles.setdefault(user, []).append((code, role))
    return [
        UserLine(
            user.login,
            user.name,
            user.administrator,
            tuple(roles.get(user.id, [])),
            user.disabled_at is not None,
        )
        for user in session.scalars(select(User).order_by(User.login))
    ]


def list_tokens(session: Session) -> list[TokenLine]:
    """This function will list all tokens, the oldest first."""
    columns = (Token.created_at, Token.expires_at, Token.revoked_at)
    rows = select(Token.id, Token.label, Unit.code, Token.role, *columns)
    found = session.execute(rows.join(Unit, Unit.id == Token.unit).order_by(Token.id))
    return [TokenLine(*row) for row in found]
