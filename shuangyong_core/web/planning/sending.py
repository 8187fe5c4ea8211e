"""Step 5: send the plan down, all of it or a part first, and see how far it has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.assignments.actions.launch import prepare_launch, state_reason
from shuangyong_core.assignments.queries.coverage import count_lacking_below
from shuangyong_core.assignments.queries.launching import (
    count_assignments_by_target,
    launched_targets,
    unfinished_targets,
)
from shuangyong_core.errors import Refused
from shuangyong_core.launching import FlowsDown, ask_to_launch
from shuangyong_core.plans.actions import publish_draft
from shuangyong_core.plans.models import PlanStatus
from shuangyong_core.plans.queries import list_targets
from shuangyong_core.plans.rules.coverage import without_goal
from shuangyong_core.plans.rules.drafting import groups_of, who_of
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.pages.plan_steps_view import LaunchRow, LaunchView
from shuangyong_core.web.pages.shell import Confirm
from shuangyong_core.web.planning.opened import Opened, open_plan

SHOWN = 8
WRONG = "左边“计划检查”里有 {n} 处要改，改好后才能下达。"


class NothingTicked(Refused):
    """A launch of no target at all."""

    message = "没有勾选要下达的任务，请至少勾一项。"
    code = "nothing_ticked"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be sent down: which targets (None: nothing was said yet), and how."""

    ticked: Sequence[str] | None = None
    backfills: bool = False
    asks: bool = False
    reason: str = ""


NOTHING = Wish()


def wish_of(form: FormData, *, asks: bool = False) -> Wish:
    """This function will read what was ticked; 全选 and 全不选 say it for all."""
    act, reason = str(form.get("act", "")), str(form.get("reason", "")).strip()
    if act in ("all", "none"):
        return Wish(None if act == "all" else [], "backfill" in form, reason=reason)
    return Wish([str(one) for one in form.getlist("target")], "backfill" in form, asks, reason)


def launch_view(session: Session, opened: Opened, wish: Wish, *, today: date) -> LaunchView:
    """This function will give the targets with what is down and what was chosen so far."""
    plan = opened.plan
    down, counts, unfinished = set[str](), dict[str, int](), 0
    if plan is not None and plan.status != PlanStatus.DRAFT:
        codes = {one.id: one.code for one in list_targets(session, plan.id)}
        down = {codes[one] for one in launched_targets(session, plan) if one in codes}
        counts = count_assignments_by_target(session, plan)
        unfinished = len(unfinished_targets(session, plan))
    rows = tuple(
        _row(opened, str(one["code"]), down=down, counts=counts, ticked=wish.ticked)
        for one in opened.targets
    )
    chosen = [row for row in rows if row.is_ticked and not row.is_down]
    open_rows = [row for row in rows if not row.is_down]
    problems = len(opened.found.problems)
    # What cannot be met is asked about before the last question, not after it.
    asks = wish.asks and bool(not opened.found.shortfalls or wish.reason or wish.backfills)
    return LaunchView(
        rows=rows,
        may_not=WRONG.format(n=problems) if problems and opened.is_open else "",
        past="、".join(one.code for one in opened.found.rounds if one.locks_on < today),
        backfills=wish.backfills,
        confirm=_confirm(opened, wish, chosen, len(open_rows)) if asks and chosen else None,
        uncovered=tuple(_uncovered(session, opened)) if opened.is_open else (),
        shortfalls=tuple(map(str, opened.found.shortfalls)),
        reason=wish.reason,
        progress=f"正在下达 {unfinished} 项，已到 {sum(counts.values()):,} 个单位任务。",
        is_running=unfinished > 0,
    )


def _uncovered(session: Session, opened: Opened) -> Iterator[str]:
    """Whom the plan will not reach if it is sent down now."""
    found = opened.found
    idle = without_goal(found.text, found.under) if found.text and found.under else ()
    if idle:
        names = "、".join(opened.units[code].name for code in idle[:SHOWN])
        yield f"{len(idle)} 个单位没有任务：{names}{' 等' if len(idle) > SHOWN else ''}。"
    lacking = count_lacking_below(session, opened.draft.issuer, at=opened.at)
    if lacking:
        yield f"{lacking} 个单位没有账号或联络员，收不到任务，请到“单位与人员”补上。"


def _row(
    opened: Opened,
    code: str,
    *,
    down: set[str],
    counts: dict[str, int],
    ticked: Sequence[str] | None,
) -> LaunchRow:
    target = next(one for one in opened.targets if str(one["code"]) == code)
    who = [one for group in groups_of(target) for one in who_of(target, group)]
    return LaunchRow(
        code=code,
        title=str(target.get("title", "")),
        who=opened.say_who(who),
        is_down=code in down,
        is_ticked=code in down or ticked is None or code in ticked,
        count=f"已下达，{counts.get(code, 0)} 个单位" if code in down else "",
    )


def _confirm(opened: Opened, wish: Wish, chosen: Sequence[LaunchRow], left: int) -> Confirm:
    codes = "、".join(row.code for row in chosen[:8]) + (" 等" if len(chosen) > 8 else "")
    part = f"先行下达 {len(chosen)} 项（{codes}），其余 {left - len(chosen)} 项以后再下达"
    what = f"下达全部 {left} 项" if len(chosen) == left else part
    late = "，按补录下达，已过的报送照样可报，谁都不算晚" if wish.backfills else ""
    text = f"{what}{late}。各单位随即看到任务；下达后任务和目标只能走调整，不能再在草稿里改。"
    return Confirm("确认下达，只问这一次：", text, "确认下达", "launch", f"{opened.here}/launch")


def seen_version(form: FormData) -> int:
    """This function will give the version of the draft that the page was made from; -1: none."""
    text = str(form.get("version", ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def send_down(desk: Desk, code: str, form: FormData) -> bool:
    """This function will publish the draft and begin its launch; whether the flows took it on.

    What is begun goes on by itself as soon as the flows run. Raises what the draft, its check and
    the launch refuse with.
    """
    wish = wish_of(form)
    ticked = list(wish.ticked or ())
    with desk.writing() as session:
        opened = open_plan(session, desk, code)
        if not ticked:
            raise NothingTicked
        actor, at = desk.actor, desk.at
        version = seen_version(form)
        plan = publish_draft(session, opened.draft, version=version, actor=actor, at=at)
        backfill, reason = wish.backfills, wish.reason
        fresh = prepare_launch(session, plan, targets=ticked, backfill=backfill, at=at, actor=actor)
        state_reason(
            session, plan, targets=fresh, reason=reason, backfill=backfill, actor=actor, at=at
        )
        plan_id = plan.id
    return _ask(desk, plan_id, ticked, backfill=wish.backfills)


def go_on(desk: Desk, code: str) -> bool:
    """This function will ask the flows again for a launch that has not come to its end."""
    with desk.reading() as session:
        opened = open_plan(session, desk, code)
        if opened.plan is None or not unfinished_targets(session, opened.plan):
            return True
        plan_id = opened.plan.id
    return _ask(desk, plan_id, [], backfill=False)


def _ask(desk: Desk, plan_id: int, targets: Sequence[str], *, backfill: bool) -> bool:
    try:
        ask_to_launch(desk.settings, plan_id, targets=targets, backfill=backfill)
    except FlowsDown:
        return False
    return True
