"""The form a unit asks on: shown, and read back into a wish."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.assignments.queries.held import list_held
from shuangyong_core.assignments.rules.requests import KIND_WORDS, Kind, Wish
from shuangyong_core.guard.dates import parse_date
from shuangyong_core.plans.queries import list_targets
from shuangyong_core.reports.queries.rounds import list_rounds
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.frame import home_of
from shuangyong_core.web.pages.requests_view import AskView
from shuangyong_core.web.pages.shell import Choice
from shuangyong_core.web.rendering import monthday
from shuangyong_core.web.sight import Sight

LONGEST = {"kind": 20, "round": 20, "target": 60, "until": 40, "reason": 2000}
SAYS = {
    Kind.EXTENSION: "只改一期的报送时限",
    Kind.EXEMPTION: "这项任务不再要报",
    Kind.SUSPENSION: "这项任务先停下",
    Kind.RESUMPTION: "停下的任务接着办",
}


def typed_of(form: FormData) -> dict[str, str]:
    """This function will read what was typed, each field no longer than it may be."""
    # A letter NUL is in no code and no text; PostgreSQL would not even look for it.
    plain = {name: str(form.get(name, "")).replace("\0", "").strip() for name in LONGEST}
    return {name: plain[name][:longest] for name, longest in LONGEST.items()}


def wish_of(typed: Mapping[str, str]) -> Wish:
    """This function will make the wish; raises NotADate. Only an extension has a round and day."""
    kind = Kind(typed["kind"]) if typed["kind"] in {*Kind} else Kind.EXTENSION
    target = typed["target"] or None
    if kind is not Kind.EXTENSION:
        return Wish(kind, target, reason=typed["reason"])
    until = parse_date(typed["until"], field="延到哪一天").day if typed["until"] else None
    return Wish(kind, target, typed["round"] or None, until, typed["reason"])


def ask_view(
    session: Session,
    desk: Desk,
    sight: Sight,
    typed: Mapping[str, str],
    *,
    errors: tuple[str, ...] = (),
) -> AskView:
    """This function will show the form, with what was typed and what is wrong."""
    plan, node, home = sight.plan, sight.node, home_of(session, desk)
    rounds = list_rounds(session, plan.code, node.code, actor=desk.actor, at=desk.at)
    held = {one.target for one in list_held(session, plan, unit=node.unit)}
    targets = [row for row in list_targets(session, plan.id) if row.id in held]
    is_own = home is not None and home.id == node.unit
    kind = typed.get("kind") or Kind.EXTENSION
    return AskView(
        unit=node.name,
        post_href=f"/requests/{plan.code}/{node.code}",
        kinds=tuple(
            Choice(each, f"{word}（{SAYS[each]}）", each == kind)
            for each, word in KIND_WORDS.items()
        ),
        rounds=tuple(
            Choice(
                one.code, f"{one.title}（{monthday(one.due_date)}前报送）",
                one.code == typed.get("round"),
            )
            for one in rounds
        ),
        targets=tuple(
            Choice(row.code, f"{row.code} {row.title}", row.code == typed.get("target"))
            for row in targets
        ),
        until=typed.get("until", ""),
        reason=typed.get("reason", ""),
        errors=errors,
        acting_for="" if is_own else f"您正在为{node.name}代提申请。",
    )  # fmt: skip
