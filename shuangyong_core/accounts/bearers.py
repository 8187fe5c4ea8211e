"""Who a token is: looked up by its hash at every call, so that a revoked one ends at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.accounts.models import Token
from shuangyong_core.accounts.passwords import hash_secret
from shuangyong_core.db import table_of

_token = table_of(Token).c
VALID_TOKENS = select(_token.id, _token.hash, _token.label, _token.unit, _token.role).where(
    _token.hash.in_(bindparam("hashes", expanding=True)),
    _token.revoked_at.is_(None),
    or_(_token.expires_at.is_(None), _token.expires_at > bindparam("at")),
)


def find_token_actor(session: Session, *, secret: str, at: datetime) -> Actor | None:
    """This function will give the actor that a token is, if it is valid."""
    found = find_token_actors(session, secrets=[secret], at=at)
    return found.get(secret)


def find_token_actors(
    session: Session, *, secrets: Iterable[str], at: datetime
) -> dict[str, Actor]:
    """This function will give the actors that many tokens are, in one look; who is not, is not."""
    hashes = {hash_secret(secret): secret for secret in secrets}
    return {
        hashes[token.hash]: Actor(
            "token", token.id, token.label, (Grant(token.unit, Role(token.role)),)
        )
        for token in session.execute(VALID_TOKENS, {"hashes": list(hashes), "at": at})
    }
