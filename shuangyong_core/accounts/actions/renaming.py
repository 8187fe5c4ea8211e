"""A unit below gets another name; the posts that are called after it follow."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, literal, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.models import User, UserGrant
from shuangyong_core.accounts.queries import get_unit_below, not_ended
from shuangyong_core.accounts.rules import LONGEST_NAME
from shuangyong_core.units.actions import rename_unit
from shuangyong_core.units.queries import get_unit


def rename_below(
    session: Session,
    unit_code: str,
    *,
    name: str,
    seen: str | None = None,
    actor: Actor,
    at: datetime,
) -> bool:
    """This function will rename a unit the actor looks after, or any for the system administrator.

    Raises UnitNotFound, UnitNameUnusable, Problems, RenamedByAnother.
    """
    if actor.administrator is Role.SYSTEM_ADMIN:
        unit = get_unit(session, unit_code)
    else:
        unit = get_unit_below(session, unit_code, actor=actor)
    was = unit.name
    if not rename_unit(session, unit, name=name, seen=seen, actor=actor.key, at=at):
        return False
    _rename_posts(session, unit.id, was=was, now=unit.name, at=at)
    return True


def _rename_posts(session: Session, unit: int, *, was: str, now: str, at: datetime) -> None:
    """望江社区联络员 becomes 望江新社区联络员; a post called otherwise keeps its name."""
    here = select(UserGrant.user).where(
        UserGrant.unit == unit, UserGrant.delegation.is_(None), not_ended(at)
    )
    rest = func.substr(User.name, len(was) + 1)
    session.execute(
        update(User)
        .where(
            User.id.in_(here),
            User.name.startswith(was, autoescape=True),
            func.length(User.name) <= LONGEST_NAME + len(was) - len(now),
        )
        .values(name=literal(now) + rest)
        .execution_options(synchronize_session=False)
    )
