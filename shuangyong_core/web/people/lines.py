"""Accounts and units of the list as people read them: who, when last here, what is missing."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.queries.people import AccountOf, UnitPeople
from shuangyong_core.accounts.reading import POST_WORDS
from shuangyong_core.accounts.rules import ROLE_WORDS
from shuangyong_core.clock import shanghai_date
from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.units.models import PostKind
from shuangyong_core.web.pages.people_view import AccountLine, UnitLine
from shuangyong_core.web.pages.shell import Light
from shuangyong_core.web.rendering import monthday


def unit_href(code: str, act: str = "", login: str = "") -> str:
    """This function will give the address of a unit's page, with the act to ask for."""
    asked = {key: value for key, value in (("act", act), ("login", login)) if value}
    return f"/people/{code}" + (f"?{urlencode(asked)}" if asked else "")


def unit_line(unit: UnitPeople, *, at: datetime) -> UnitLine:
    """This function will show a unit with its liaison."""
    first = unit.accounts[0] if unit.accounts else None
    liaison = first if first and first.is_liaison else None
    shown = account_line(unit.code, liaison, at=at) if liaison else None
    light: Light = "late" if first is None else "warn"
    return UnitLine(
        code=unit.code,
        name=unit.name,
        kind=WORD_OF_KIND.get(unit.kind, unit.kind),
        href=unit_href(unit.code),
        below=unit.children,
        below_href=f"/people?{urlencode({'unit': unit.code})}" if unit.children else "",
        rename_href=unit_href(unit.code, "rename"),
        liaison=shown,
        others=len(unit.accounts) - (1 if liaison else 0),
        light=shown.light if shown else light,
        state=shown.state if shown else ("没有账号" if first is None else "没有联络员"),
        open_href=unit_href(unit.code, "open"),
    )


def account_line(unit: str, account: AccountOf, *, at: datetime) -> AccountLine:
    """This function will show an account as it stands at a unit."""
    light, state = _state(account, at=at)
    return AccountLine(
        login=account.login,
        name=account.name,
        roles="、".join(ROLE_WORDS[Role(role)] for role in account.roles),
        post="、".join(POST_WORDS[PostKind(kind)] for kind in account.posts),
        last_login_at=account.last_login_at,
        light=light,
        state=state,
        seen=account.password_at.isoformat() if account.password_at else "",
        hand_over_href=unit_href(unit, "hand_over", account.login),
        reset_href=unit_href(unit, "reset", account.login),
    )


def _state(account: AccountOf, *, at: datetime) -> tuple[Light, str]:
    until = account.one_time_until
    if until is None:
        return ("ok", "在用") if account.last_login_at else ("na", "还没登录过")
    if until <= at:
        return "late", "口令条已过期"
    return "na", f"口令条没用，{monthday(shanghai_date(until))}到期"
