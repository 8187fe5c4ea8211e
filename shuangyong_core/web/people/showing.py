"""How the pages of 单位与人员 are put together, each from one look at the database."""

from __future__ import annotations

from urllib.parse import urlencode

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.queries import MANAGERS, units_looked_after
from shuangyong_core.accounts.queries.below import get_line_below
from shuangyong_core.accounts.queries.people import (
    count_lacking,
    count_of,
    list_people,
    people_of,
    units_listed,
)
from shuangyong_core.accounts.rules import ROLE_WORDS
from shuangyong_core.documents.links import unit_link
from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.units.models import Kind, Unit
from shuangyong_core.units.names import list_former_names
from shuangyong_core.units.queries import UnitNotFound, get_unit
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.pages.people_view import (
    AccountLine,
    FormerName,
    PeopleView,
    UnitPageView,
)
from shuangyong_core.web.pages.shell import Choice, Confirm, Link
from shuangyong_core.web.people.lines import account_line, unit_href, unit_line

ON_A_PAGE = 50
GIVEN = (Role.REPORTER, Role.REVIEWER, Role.MANAGER, Role.VIEWER)
LEAVES = (Kind.COMMUNITY, Kind.GRASSROOTS_UNION, Kind.MEMBER_UNIT, Kind.ARMED_FORCES_DEPT)


def people_view(session: Session, desk: Desk, *, unit: str, search: str, number: int) -> PeopleView:
    """This function will show the units below one; raises UnitNotFound outside the actor's own."""
    top = _top(session, desk, unit)
    units = units_listed(desk.actor, parent=top.id if top else None, search=search, at=desk.at)
    total = count_of(session, units)
    pages = max(-(-total // ON_A_PAGE), 1)
    number = min(max(number, 1), pages)
    found = list_people(
        session, units, at=desk.at, limit=ON_A_PAGE, offset=(number - 1) * ON_A_PAGE
    )
    asked = {"unit": top.code if top else "", "q": search}
    href = urlencode({key: value for key, value in asked.items() if value})
    return PeopleView(
        unit=top.name if top else "",
        unit_code=top.code if top else "",
        path=_path(session, desk, top),
        search=search,
        lines=tuple(unit_line(each, at=desk.at) for each in found),
        total=total,
        lacking=count_lacking(session, units_looked_after(desk.actor), at=desk.at),
        number=number,
        pages=pages,
        page_href=f"/people?{href}&number=",
        reorganise_href="/reorganise" if desk.actor.units_with(Role.ISSUER) else "",
    )


def _top(session: Session, desk: Desk, code: str) -> Unit | None:
    """The unit whose children are listed: the one asked for, or the first one looks after."""
    roots = desk.actor.units_with(*MANAGERS)
    if code:
        unit = get_unit(session, code)
        if unit.id not in roots:
            get_line_below(session, unit.id, actor=desk.actor)
        return unit
    first = next((grant.unit for grant in desk.actor.grants if grant.unit in roots), None)
    return session.get_one(Unit, first) if first is not None else None


def _path(session: Session, desk: Desk, unit: Unit | None) -> tuple[Link, ...]:
    if unit is None or unit.id in desk.actor.units_with(*MANAGERS):
        return ()
    line = get_line_below(session, unit.id, actor=desk.actor)
    return tuple(Link(each.name, f"/people?{urlencode({'unit': each.code})}") for each in line)


def unit_page_view(
    session: Session,
    desk: Desk,
    unit: Unit,
    *,
    act: str = "",
    login: str = "",
    typed_name: str | None = None,
    typed_login: str = "",
    errors: tuple[str, ...] = (),
) -> UnitPageView:
    """This function will show one unit and ask for the act that was chosen."""
    held = people_of(session, unit, at=desk.at)
    accounts = tuple(account_line(unit.code, each, at=desk.at) for each in held)
    chosen = next((each for each in accounts if each.login == login), None)
    if act in ("hand_over", "reset") and chosen is None:
        raise UnitNotFound(unit=unit.code)
    path = _path(session, desk, unit)
    above = path[-1].href if path else "/people"
    names = {"rename": unit.name, "open": f"{unit.name}联络员"}
    name = names.get(act, chosen.name if chosen else "") if typed_name is None else typed_name
    return UnitPageView(
        code=unit.code,
        name=unit.name,
        kind=WORD_OF_KIND.get(unit.kind, unit.kind),
        path=path,
        href=unit_href(unit.code),
        list_href=above,
        link=unit_link(desk.settings.home, unit.code),
        accounts=accounts,
        former=tuple(FormerName(*each) for each in list_former_names(session, unit.id)),
        act=act,
        chosen=chosen,
        confirm=_confirm(unit, act, chosen),
        typed_name=name,
        typed_login=typed_login or (unit.code if act == "open" else ""),
        roles=_roles(unit),
        errors=errors,
    )


def _confirm(unit: Unit, act: str, chosen: AccountLine | None) -> Confirm | None:
    back = unit_href(unit.code)
    if chosen is None:
        return None
    if act == "reset":
        text = f"账号 {chosen.login} 会得到新的一次性口令，已登录的立即退出。"
        return Confirm("重置口令，确认一次：", text, "确认重置", "reset", back, is_stop=True)
    if act == "hand_over":
        text = "原来的人立即退出，原口令作废；他给出和受的委托一并收回。"
        return Confirm("换人，确认一次：", text, "确认换人", "hand_over", back, is_stop=True)
    return None


def _roles(unit: Unit) -> tuple[Choice, ...]:
    usual = (Role.REPORTER,) if unit.kind in LEAVES else (Role.REPORTER, Role.MANAGER)
    return tuple(Choice(str(role), ROLE_WORDS[role], role in usual) for role in GIVEN)
