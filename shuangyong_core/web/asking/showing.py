"""The pages of requests as their templates need them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Role
from shuangyong_core.assignments.queries.held import NothingAssigned, list_held
from shuangyong_core.assignments.queries.requests import (
    RequestRow,
    list_requests,
    list_to_decide,
)
from shuangyong_core.assignments.rules.requests import (
    DECISION_WORDS,
    KIND_WORDS,
    Decision,
    Kind,
    RequestStatus,
)
from shuangyong_core.completion.actions.decide_request import why_not, why_not_grant
from shuangyong_core.completion.queries.effect import Effect, ItemEffect, effect_of
from shuangyong_core.plans.models import Plan
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.frame import Home, home_of
from shuangyong_core.web.pages.requests_view import (
    EffectRow,
    RequestLine,
    RequestsView,
    RequestView,
)
from shuangyong_core.web.pages.shell import Happened, Light
from shuangyong_core.web.rendering import monthday
from shuangyong_core.web.values import grouped

MOST_ROWS = 30
ASKERS = (Role.REPORTER, Role.MANAGER, Role.ISSUER)
LIGHTS: dict[Decision, Light] = {Decision.GRANTED: "ok", Decision.REFUSED: "warn"}


def request_href(row: RequestRow) -> str:
    """This function will give the address of a request."""
    return f"/requests/{row.plan_code}/{row.unit_code}/{row.id}"


def requests_view(session: Session, desk: Desk, plan: Plan | None) -> RequestsView:
    """This function will list the requests of a plan in the user's reach."""
    if plan is None:
        return RequestsView((), ())
    mine = list_to_decide(session, plan, actor=desk.actor)
    numbers = {row.id for row in mine}
    others = [r for r in list_requests(session, plan, actor=desk.actor) if r.id not in numbers]
    home = home_of(session, desk)
    return RequestsView(
        tuple(_line(row, "去决定") for row in mine),
        tuple(_line(row) for row in others),
        _ask_href(session, desk, plan, home),
    )


def _ask_href(session: Session, desk: Desk, plan: Plan, home: Home | None) -> str:
    """Where the user's own unit asks; nowhere without a task, or without anybody above it."""
    if home is None or home.id == plan.issuer or not desk.actor.units_with(*ASKERS):
        return ""
    try:
        list_held(session, plan, unit=home.id)
    except NothingAssigned:
        return ""
    return f"/requests/{plan.code}/{home.code}"


def _line(row: RequestRow, verb: str = "") -> RequestLine:
    light, state = standing(row)
    until = f"，延到 {monthday(row.until)}" if row.until else ""
    title = f"{KIND_WORDS[row.kind]}：{row.about}{until}"
    return RequestLine(row.unit_name, title, row.reason, request_href(row), light, state, verb)


def standing(row: RequestRow) -> tuple[Light, str]:
    """This function will give the light and the words of where a request stands."""
    if row.status is RequestStatus.OPEN:
        return "rev", "待决定"
    if row.decision is None:
        return "na", "已撤回"
    return LIGHTS[row.decision], DECISION_WORDS[row.decision]


def request_view(
    session: Session, desk: Desk, plan: Plan, row: RequestRow, *, reason: str = "",
    errors: tuple[str, ...] = (),
) -> RequestView:  # fmt: skip
    """This function will show one request, and while it is open what a grant would change."""
    is_open = row.status is RequestStatus.OPEN
    effect = effect_of(session, plan, row, at=desk.at) if is_open else None
    refused = why_not(session, plan, row, actor=desk.actor) if is_open else None
    stands = why_not_grant(session, plan, row, at=desk.at) if is_open else ()
    light, state = standing(row)
    rows = effect.items if effect else ()
    return RequestView(
        title=f"{KIND_WORDS[row.kind]}申请：{row.about}",
        unit=row.unit_name,
        post_href=request_href(row),
        facts=_facts(row),
        light=light,
        state=state,
        says=(*_says(row, effect), *(f"现在不能同意：{one.message}" for one in stands))
        if effect else (),
        rows=tuple(_row(item) for item in rows[:MOST_ROWS]),
        more=f"共 {len(rows)} 项，先列 {MOST_ROWS} 项" if len(rows) > MOST_ROWS else "",
        seal=effect.seal if effect else "",
        may_decide=is_open and refused is None,
        may_withdraw=is_open and row.asked_by == desk.actor.key,
        why_not=str(refused) if refused is not None and row.asked_by != desk.actor.key else "",
        history=_history(row),
        reason=reason,
        errors=errors,
    )  # fmt: skip


def _facts(row: RequestRow) -> tuple[tuple[str, str], ...]:
    facts = [("申请单位", row.unit_name), ("事项", row.about)]
    if row.until:
        facts.append(("延到", monthday(row.until)))
    facts.append(("理由", row.reason))
    if row.answer:
        facts.append(("答复", row.answer))
    return tuple(facts)


def _history(row: RequestRow) -> tuple[Happened, ...]:
    how = "代提申请" if row.on_behalf else "提出申请"
    asked = Happened(how, row.asked_at, row.asked_name)
    if row.decided_at is None:
        return (asked,)
    return (Happened(standing(row)[1], row.decided_at, row.decided_name), asked)


def _says(row: RequestRow, effect: Effect) -> tuple[str, ...]:
    changing, said = effect.changing, []
    if row.kind is Kind.EXTENSION and row.until:
        until = monthday(row.until)
        said.append(f"同意后，{len(changing)} 项的时限改到 {until}，原定时限照样留着。")
    elif row.kind is Kind.RESUMPTION:
        said.append(f"同意后，{len(effect.items)} 项恢复要报；暂停期间到期的，按剩余天数顺延。")
    else:
        said.append(f"同意后，{effect.units} 个单位的 {len(changing)} 项不再要报，不计迟报。")
    if effect.kept and row.kind is not Kind.EXTENSION and row.kind is not Kind.RESUMPTION:
        said.append(f"已报的 {effect.kept} 项照样计入。")
    if effect.late_before or effect.late_after:
        said.append(f"现在迟报 {effect.late_before} 项，同意后 {effect.late_after} 项。")
    quota = effect.quota
    if quota is not None and quota.before != quota.after:
        before, after = (grouped(n, quota.decimals) for n in (quota.before, quota.after))
        unit = quota.display_unit
        said.append(f"{quota.holder_name}未落实 {before}{unit} → {after}{unit}，重新分解后才落实。")
    return tuple(said)


def _row(item: ItemEffect) -> EffectRow:
    then = "不再要报"
    if item.then is not None:
        then = monthday(item.then)
        if item.is_reported and item.then == item.due:
            then = "已报，照样计入"
    return EffectRow(
        item.unit_name, f"{item.target_code} {item.target_title}", item.round_title,
        monthday(item.first_due), monthday(item.due), then, item.is_late,
    )  # fmt: skip
