"""The units below an actor with the accounts that stand in their posts, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.models import User, UserGrant
from shuangyong_core.accounts.queries.below import units_looked_after
from shuangyong_core.accounts.queries.who import not_ended
from shuangyong_core.units.models import Post, PostKind, Tree, Unit, UnitLink

# Before there were posts, whoever reports or manages for a unit was its liaison.
AS_LIAISON = (Role.MANAGER, Role.REPORTER)


@dataclass(frozen=True, slots=True)
class AccountOf:
    """An account as it stands at one unit."""

    login: str
    name: str
    roles: tuple[str, ...]
    posts: tuple[str, ...]
    last_login_at: datetime | None
    password_at: datetime | None
    one_time_until: datetime | None  # set while its one-time password waits to be used

    @property
    def is_liaison(self) -> bool:
        """It stands in the liaison's post, or would have before there were posts."""
        if self.posts:
            return str(PostKind.LIAISON) in self.posts
        return any(role in AS_LIAISON for role in self.roles)


@dataclass(frozen=True, slots=True)
class UnitPeople:
    """A unit with its accounts, the liaison's first."""

    id: int
    code: str
    name: str
    kind: str
    children: int
    accounts: tuple[AccountOf, ...]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A unit that nobody can log in for, or only others than its liaison."""

    code: str
    name: str
    kind: str
    parent: str
    has_account: bool


def list_people(
    session: Session, units: Select[tuple[int]], *, at: datetime, limit: int, offset: int = 0
) -> Sequence[UnitPeople]:
    """This function will list units by code with their accounts."""
    below = aliased(UnitLink)
    children = (
        select(func.count())
        .select_from(below)
        .where(below.parent == Unit.id, below.tree == str(Tree.RESPONSIBILITY),
               below.valid_to.is_(None))
        .scalar_subquery()
    )  # fmt: skip
    rows = session.execute(
        select(Unit.id, Unit.code, Unit.name, Unit.kind, children)
        .where(Unit.id.in_(units))
        .order_by(Unit.code)
        .limit(limit)
        .offset(offset)
    ).all()
    accounts = _accounts(session, [row[0] for row in rows], at=at)
    return [
        UnitPeople(id_, code, name, kind, below_it, accounts.get(id_, ()))
        for id_, code, name, kind, below_it in rows
    ]


def units_listed(
    actor: Actor, *, parent: int | None, search: str, at: datetime
) -> Select[tuple[int]]:
    """This function will select what a page lists: what was searched for, else the children."""
    mine = units_looked_after(actor)
    if search:
        named = select(UserGrant.unit).join(User, User.id == UserGrant.user).where(
            _held(at), User.login.contains(search, autoescape=True)
        )  # fmt: skip
        return select(Unit.id).where(
            Unit.id.in_(mine),
            or_(
                Unit.name.contains(search, autoescape=True),
                Unit.code.contains(search, autoescape=True),
                Unit.id.in_(named),
            ),
        )
    return select(UnitLink.unit).where(
        UnitLink.unit.in_(mine),
        UnitLink.tree == str(Tree.RESPONSIBILITY),
        UnitLink.valid_to.is_(None),
        UnitLink.parent.is_(None) if parent is None else UnitLink.parent == parent,
    )


def count_of(session: Session, units: Select[tuple[int]]) -> int:
    """This function will count selected units."""
    return session.scalar(select(func.count()).select_from(units.subquery())) or 0


def list_lacking(
    session: Session, units: Select[tuple[int]], *, at: datetime, limit: int | None = None
) -> Sequence[Lacking]:
    """This function will list the units without an account, or without a liaison's, by code."""
    superior, link = aliased(Unit), aliased(UnitLink)
    up = and_(link.unit == Unit.id, link.tree == str(Tree.RESPONSIBILITY), link.valid_to.is_(None))
    rows = session.execute(
        select(Unit.code, Unit.name, Unit.kind, func.coalesce(superior.name, ""), _has(at))
        .outerjoin(link, up)
        .outerjoin(superior, superior.id == link.parent)
        .where(Unit.id.in_(units), ~_has(at, liaison=True))
        .order_by(Unit.code)
        .limit(limit)
    )
    return [Lacking(*row) for row in rows]


def count_lacking(session: Session, units: Select[tuple[int]], *, at: datetime) -> int:
    """This function will count the units without an account, or without a liaison's."""
    lacking = select(func.count()).select_from(Unit)
    return session.scalar(lacking.where(Unit.id.in_(units), ~_has(at, liaison=True))) or 0


def people_of(session: Session, unit: Unit, *, at: datetime) -> tuple[AccountOf, ...]:
    """This function will list the accounts of one unit, the liaison's first."""
    return _accounts(session, [unit.id], at=at).get(unit.id, ())


def _has(at: datetime, *, liaison: bool = False) -> ColumnElement[bool]:
    """Whether somebody who may log in holds a role of their own on the unit."""
    found = select(UserGrant.id).join(User, User.id == UserGrant.user)
    found = found.where(UserGrant.unit == Unit.id, _held(at))
    if liaison:
        found = found.outerjoin(Post, Post.id == UserGrant.post).where(
            or_(
                Post.kind == str(PostKind.LIAISON),
                and_(Post.id.is_(None), UserGrant.role.in_(AS_LIAISON)),
            )
        )
    return exists(found.correlate(Unit))


def _held(at: datetime) -> ColumnElement[bool]:
    return and_(
        User.disabled_at.is_(None),
        UserGrant.delegation.is_(None),
        UserGrant.valid_from <= at,
        not_ended(at),
    )


def _accounts(
    session: Session, units: Collection[int], *, at: datetime
) -> dict[int, tuple[AccountOf, ...]]:
    held: dict[tuple[int, str], tuple[User, list[str], list[str]]] = {}
    rows = session.execute(
        select(UserGrant.unit, User, UserGrant.role, Post.kind)
        .join(User, User.id == UserGrant.user)
        .outerjoin(Post, Post.id == UserGrant.post)
        .where(UserGrant.unit.in_(units), _held(at))
        .order_by(UserGrant.id)
    )
    for unit, user, role, post in rows:
        _, roles, posts = held.setdefault((unit, user.login), (user, [], []))
        roles.append(role)
        posts += [post] if post else []
    found: dict[int, list[AccountOf]] = {}
    for (unit, _), (user, roles, posts) in held.items():
        found.setdefault(unit, []).append(
            AccountOf(user.login, user.name, tuple(roles), tuple(dict.fromkeys(posts)),
                      user.last_login_at, user.password_at,
                      user.one_time_until if user.must_change else None)
        )  # fmt: skip
    return {
        unit: tuple(sorted(each, key=lambda one: (not one.is_liaison, one.login)))
        for unit, each in found.items()
    }
