"""What keeps a target from being closed, as its page shows it; and what of it is 未落实."""

from __future__ import annotations

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.models import Assignment, HoldStatus
from shuangyong_core.assignments.queries.unfulfilled import list_unfulfilled
from shuangyong_core.assignments.rules.statuses import status_now
from shuangyong_core.completion.queries.may_close import why_not_close
from shuangyong_core.completion.queries.still_open import list_open
from shuangyong_core.completion.rules.stages import hands
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import TargetRow, list_targets, may_reach
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.pages.target_view import Closing
from shuangyong_core.web.progress.asked import Asked
from shuangyong_core.web.values import grouped

MOST_THINGS = 12
MOST_HANDS = 8
ASKERS = (Role.REPORTER, Role.MANAGER, Role.ISSUER)


def closing_of(
    session: Session, asked: Asked, content: TargetRow, *, actor: Actor
) -> Closing | None:
    """This function will show why a target is not closed, or that one may close it."""
    held = session.get(Assignment, (content.id, asked.node.unit))
    if held is None or content.automatic is not None:
        return None
    status, code = status_now(held.hold_status, held.report_status), asked.node.code
    ask = f"/requests/{asked.plan.code}/{code}?target={content.code}"
    may_ask = may_reach(session, asked.plan, asked.node.unit, actor, *ASKERS)
    why = why_not_close(session, asked.plan, unit=asked.node.unit, status=status, actor=actor)
    if status in (HoldStatus.CLOSED, HoldStatus.EXEMPT, HoldStatus.WITHDRAWN):
        return Closing(why.rstrip("。"))
    things = list_open(session, asked.plan, unit=asked.node.unit, target=content.id)
    rest = len(things) - MOST_THINGS
    may_close = not things and not why
    return Closing(
        state=f"还有 {len(things)} 件没有办完" if things else "都办完了",
        things=tuple(thing.sentence for thing in things[:MOST_THINGS]),
        more=f"还有 {rest} 件没有列出来" if rest > 0 else "",
        hands="，".join(f"{name} {count} 件" for name, count in hands(things)[:MOST_HANDS]),
        post_href=f"/targets/{asked.plan.code}/{content.code}/{code}/close" if may_close else "",
        why_not="" if things else why,
        ask_href=ask if may_ask else "",
    )


def left_over(session: Session, asked: Asked, content: TargetRow) -> str:
    """This function will say what of a target is 未落实 anywhere below a unit."""
    if content.goal_kind != "total":
        return ""
    unit = asked.node.unit
    aside = list_unfulfilled(session, asked.plan, unit=unit, target=content.id, far=True)
    if not aside:
        return ""
    number = grouped(sum(each.held for each in aside), content.decimals)
    names = "、".join(each.name for each in aside[:3]) + ("等" if len(aside) > 3 else "")
    return f"{number}{content.display_unit}（{names}），重新分解后才落实。"


def split_href_of(session: Session, asked: Asked, content: TargetRow) -> str:
    """This function will give where the unit itself splits again what is 未落实 under it."""
    unit = asked.node.unit
    if not list_unfulfilled(session, asked.plan, unit=unit, target=content.id):
        return ""
    return f"/split/{asked.plan.code}/{asked.node.code}"


def left_over_notices(session: Session, plan: Plan, *, unit: int) -> tuple[Notice, ...]:
    """This function will say on the page of a split what of it is 未落实, target by target."""
    aside = list_unfulfilled(session, plan, unit=unit)
    if not aside:
        return ()
    contents = {row.id: row for row in list_targets(session, plan.id)}
    said = []
    for target in dict.fromkeys(each.target for each in aside):
        content, here = contents[target], [each for each in aside if each.target == target]
        if content.goal_kind == "total":
            number = grouped(sum(each.held for each in here), content.decimals)
            names = "、".join(each.name for each in here)
            said.append(f"{content.code} {content.title} {number}{content.display_unit}（{names}）")
    text = "；".join(said) + "。改分给其他单位或本级承办，确认下达后落实。"
    return (Notice(text, "未落实：", "w", "alert-triangle"),) if said else ()
