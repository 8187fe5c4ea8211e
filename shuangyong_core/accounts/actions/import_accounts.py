"""Bringing accounts in from a file: all or nothing; the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actions.users import require_account_manager
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.models import User, UserGrant
from shuangyong_core.accounts.reading import AccountList, AccountText
from shuangyong_core.accounts.rules import ONE_TIME_FOR, ROLE_WORDS
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Conflict, Problem, Problems
from shuangyong_core.guard.masking import mask
from shuangyong_core.units.models import Post, Unit

MOST_SHOWN = 200


class ListChanged(Conflict):
    """Between the look and the act somebody else added one of the accounts."""

    message = "刚刚有人加了同样的账号，什么都没有写入，请再导入一次。"
    code = "list_changed"


@dataclass(frozen=True, slots=True)
class ImportedAccounts:
    """What an import did."""

    new: int
    same: int


def fresh_accounts(
    session: Session, listed: AccountList, *, actor: Actor
) -> tuple[AccountText, ...]:
    """This function will give the accounts that are not there yet; raises Problems for all faults.

    An account that is there must be what the file says: an import never changes one.
    """
    require_account_manager(actor)
    units = dict(session.execute(select(Unit.code, Unit.name)).tuples().all())
    known = _known(session, [each.login for each in listed.accounts])
    problems = [
        problem
        for each in listed.accounts
        for problem in _faults(each, units=units, known=known.get(each.login), file=listed.file)
    ]
    if problems:
        raise Problems(problems[:MOST_SHOWN])
    return tuple(each for each in listed.accounts if each.login not in known)


def import_accounts(
    session: Session,
    listed: AccountList,
    *,
    hashes: Mapping[str, str],
    actor: Actor,
    at: datetime,
) -> ImportedAccounts:
    """This function will add the accounts of a list that are not there yet.

    `hashes` holds what is kept of the one-time password of each fresh login: drawing them is slow
    and happens before. Raises Problems, ListChanged, MayNotManageUsers.
    """
    fresh = fresh_accounts(session, listed, actor=actor)
    if {each.login for each in fresh} != set(hashes):
        raise ListChanged
    if fresh:
        _keep(session, fresh, hashes, at=at)
        detail = {"new": len(fresh)}
        record(session, act="users.import", subject=listed.file, actor=actor.key, at=at,
               detail=detail)  # fmt: skip
    return ImportedAccounts(len(fresh), len(listed.accounts) - len(fresh))


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    is_disabled: bool
    roles: frozenset[tuple[str, str]]


def _known(session: Session, logins: Sequence[str]) -> dict[str, _Known]:
    roles: dict[str, set[tuple[str, str]]] = {}
    own = (UserGrant.valid_to.is_(None), UserGrant.delegation.is_(None))
    for login, code, role in session.execute(
        select(User.login, Unit.code, UserGrant.role)
        .join(UserGrant, UserGrant.user == User.id)
        .join(Unit, Unit.id == UserGrant.unit)
        .where(User.login.in_(logins), *own)
    ):
        roles.setdefault(login, set()).add((code, role))
    found = session.execute(
        select(User.login, User.name, User.disabled_at).where(User.login.in_(logins))
    )
    return {
        login: _Known(name, shut is not None, frozenset(roles.get(login, ())))
        for login, name, shut in found
    }


def _faults(
    each: AccountText, *, units: Mapping[str, str], known: _Known | None, file: str
) -> Iterator[Problem]:
    def wrong(code: str, column: str, message: str, value: str) -> Problem:
        return Problem(code, message, file=file, row=each.row, column=column, value=mask(value))

    name = units.get(each.unit)
    if name is None:
        said = "没有这个编码的单位，请核对编码，或先导入单位。"
        yield wrong("unknown_unit", "单位编码", said, each.unit)
        return
    if each.unit_name and each.unit_name != name:
        said = f"这个编码的单位是“{name}”，请核对编码。"
        yield wrong("other_unit", "单位", said, each.unit_name)
    if known is None:
        return
    wanted = frozenset((each.unit, str(role)) for role in each.roles)
    if known.is_disabled:
        yield wrong("login_shut", "账号", "这个账号已停用，请换一个账号。", each.login)
    elif known.roles != wanted:
        have = "、".join(f"{ROLE_WORDS.get(role, role)}@{code}" for code, role in  # type: ignore[call-overload]
                         sorted(known.roles)) or "没有业务权限"  # fmt: skip
        said = f"已有这个账号，权限是 {have}；导入不改已有账号，请换一个账号，或把这一行改成一样。"
        yield wrong("login_taken", "账号", said, each.login)
    elif known.name != each.name:
        said = f"已有这个账号，称呼是“{known.name}”；换人请在“单位与人员”里换联络员。"
        yield wrong("login_taken", "岗位/称呼", said, each.name)


def _keep(
    session: Session, fresh: Sequence[AccountText], hashes: Mapping[str, str], *, at: datetime
) -> None:
    session.execute(insert(User), [_user(each, hashes[each.login], at=at) for each in fresh])
    logins = [each.login for each in fresh]
    ids = dict(
        session.execute(select(User.login, User.id).where(User.login.in_(logins))).tuples().all()
    )
    units = dict(session.execute(select(Unit.code, Unit.id)).tuples().all())
    posts = _posts(session, {(units[each.unit], str(each.post)) for each in fresh}, at=at)
    session.execute(
        insert(UserGrant),
        [
            {"user": ids[each.login], "unit": units[each.unit], "role": str(role),
             "valid_from": at, "valid_to": None, "delegation": None,
             "post": posts[units[each.unit], str(each.post)]}
            for each in fresh
            for role in each.roles
        ],
    )  # fmt: skip


def _user(each: AccountText, hashed: str, *, at: datetime) -> dict[str, Any]:
    return {
        "login": each.login,
        "name": each.name,
        "password_hash": hashed,
        "must_change": True,
        "administrator": None,
        "created_at": at,
        "disabled_at": None,
        "password_at": at,
        "one_time_until": at + ONE_TIME_FOR,
        "last_login_at": None,
    }


def _posts(
    session: Session, wanted: set[tuple[int, str]], *, at: datetime
) -> dict[tuple[int, str], int]:
    """The posts that are there, and those made now."""

    def held() -> dict[tuple[int, str], int]:
        rows = session.execute(select(Post.unit, Post.kind, Post.id).where(Post.valid_to.is_(None)))
        return {(unit, kind): number for unit, kind, number in rows}

    missing = sorted(wanted - set(held()))
    if missing:
        session.execute(
            insert(Post),
            [{"unit": unit, "kind": kind, "valid_from": at, "valid_to": None}
             for unit, kind in missing],
        )  # fmt: skip
    return held()
