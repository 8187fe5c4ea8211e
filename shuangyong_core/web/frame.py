"""The frame around every page: who looks, the menu with its counts, the plan in view."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.queries import looks_after, names_of
from shuangyong_core.plans.models import Plan, PlanStatus
from shuangyong_core.plans.queries import list_plans, units_in_reach
from shuangyong_core.units.models import Unit
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.log_in import sponsor_of
from shuangyong_core.web.pages.shell import Day, Link, Menu, MenuEntry, Notice, Page
from shuangyong_core.web.waiting import waiting_of
from shuangyong_core.words import words

MENU: tuple[tuple[Menu, str], ...] = (
    ("todo", "/todo"),
    ("fill", "/rounds"),
    ("review", "/review"),
    ("progress", "/progress"),
    ("materials", "/materials"),
)
REVIEWERS = (Role.REVIEWER, Role.ISSUER)


@dataclass(frozen=True, slots=True)
class Home:
    """The unit a user sits in: where the first of their roles is."""

    id: int
    code: str
    name: str
    kind: str


def home_of(session: Session, desk: Desk) -> Home | None:
    """This function will give the user's own unit; an administrator has none."""
    if not desk.actor.grants:
        return None
    columns = (Unit.id, Unit.code, Unit.name, Unit.kind)
    row = session.execute(select(*columns).where(Unit.id == desk.actor.grants[0].unit)).one()
    return Home(*row)


def plan_in_view(session: Session, desk: Desk) -> Plan | None:
    """This function will give the plan of ?plan=, else the latest in reach; never a draft."""
    reached = [
        plan
        for plan in list_plans(session)
        if plan.status != PlanStatus.DRAFT
        and session.scalar(units_in_reach(plan.id, desk.actor).limit(1)) is not None
    ]
    named = [plan for plan in reached if plan.code == desk.plan]
    return next(iter(named or reached), None)


def page(session: Session, desk: Desk, current: Menu, *, notices: tuple[Notice, ...] = ()) -> Page:
    """This function will make the frame of a page for who is signed in."""
    home, plan = home_of(session, desk), plan_in_view(session, desk)
    sponsor = sponsor_of(session)
    who = _who(desk.actor.name, home) + _in_place_of(session, desk)
    return Page(
        site=f"{sponsor}{words()['site']}",
        sponsor=f"{sponsor}{words()['office']}",
        who=who,
        initial=who[:1],
        current=current,
        menu=_menu(session, desk, plan) if home else (),
        csrf=desk.login.csrf,
        today=Day(desk.today),
        notices=notices,
        user_links=_links(desk, home, plan),
        is_demo=desk.settings.today is not None,
    )


def _links(desk: Desk, home: Home | None, plan: Plan | None) -> tuple[Link, ...]:
    issues = bool(desk.actor.units_with(Role.ISSUER))
    links = [Link("计划", "/plans")] if issues else []
    if home and plan:
        links += [Link("通知", "/notices"), Link("交办登记", "/handouts")]
        links += [Link("需协调事项", "/problems"), Link("本单位今年要报什么", "/year")]
        links.append(Link("申请", "/requests"))
        if issues and home.id == plan.issuer:
            links.append(Link("报送的用途", f"/use/{plan.code}/{home.code}"))
            links.append(Link("填报负担", f"/burden/{plan.code}/{home.code}"))
        if desk.actor.units_with(Role.ISSUER, Role.MANAGER):
            links.append(Link("下达核对", f"/guards/{plan.code}/{home.code}"))
    if looks_after(desk.actor):
        links.append(Link("单位与人员", "/people"))
    return (*links, Link("我的账号", "/account"), Link("改口令", "/password"))


def _who(name: str, home: Home | None) -> str:
    if home is None:
        return name
    post = name.removeprefix(home.name).strip(" ·") or "联络员"
    return f"{home.name} · {post}"


def _in_place_of(session: Session, desk: Desk) -> str:
    """While a delegation runs, the frame says for whom one acts too."""
    givers = names_of(session, sorted(desk.actor.givers)).values() if desk.actor.givers else ()
    return f" 受 {'、'.join(givers)} 委托" if givers else ""


def _menu(session: Session, desk: Desk, plan: Plan | None) -> tuple[MenuEntry, ...]:
    waiting = waiting_of(session, desk, plan)
    counts = {"todo": waiting.count(desk.today), "review": len(waiting.to_review())}
    reviews = bool(desk.actor.units_with(*REVIEWERS))
    return tuple(
        MenuEntry(key, href, counts.get(key, 0)) for key, href in MENU if reviews or key != "review"
    )
