"""The names to show for actors: a post, a token's label; never a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.models import Token, User

# Whom no row names, or no longer.
UNNAMED = {"system": "系统", "operator": "操作员", "user": "已停用的账号", "token": "接口令牌"}


def name_of(session: Session, actor_key: str) -> str:
    """This function will give the name to show for an actor's key: a post, a token's label."""
    return names_of(session, [actor_key])[actor_key]


def names_of(session: Session, actor_keys: Sequence[str]) -> dict[str, str]:
    """This function will give the names to show for many actors' keys."""
    names = {key: UNNAMED.get(key.split(":")[0], key) for key in actor_keys}
    for prefix, found in (
        ("user", select(User.id, User.name).where(User.id.in_(_ids("user", actor_keys)))),
        ("token", select(Token.id, Token.label).where(Token.id.in_(_ids("token", actor_keys)))),
    ):
        for number, name in session.execute(found):
            names[f"{prefix}:{number}"] = name
    return names


def _ids(kind: str, keys: Sequence[str]) -> list[int]:
    parts = [key.split(":", 1) for key in set(keys)]
    return [int(part[1]) for part in parts if part[0] == kind and len(part) == 2]
