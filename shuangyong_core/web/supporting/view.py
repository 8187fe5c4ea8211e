"""The supported targets of a unit as the page's values."""

from __future__ import annotations

from sqlalchemy.orm import Session

from shuangyong_core.plans.queries import may_reach
from shuangyong_core.reports.actions.support import LONGEST_NOTE
from shuangyong_core.reports.queries.reach import WRITERS
from shuangyong_core.reports.queries.supports import Support, SupportedFile, list_supports
from shuangyong_core.reports.queries.supports import SupportRound as Found
from shuangyong_core.reports.rules.showing import show_figure
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.lights import light_of
from shuangyong_core.web.pages.shell import Attached, Day, Link
from shuangyong_core.web.pages.support_view import SupportRound, SupportTask, SupportView
from shuangyong_core.web.shown import attached
from shuangyong_core.web.sight import Sight


def support_view(
    session: Session, desk: Desk, sight: Sight, *, errors: tuple[str, ...] = ()
) -> SupportView:
    """This function will list what the unit supports, with what it may hand in."""
    plan, node = sight.plan, sight.node
    may = may_reach(session, plan, node.unit, desk.actor, *WRITERS)
    return SupportView(
        unit=node.name,
        path=(Link("填报", f"/rounds?unit={node.code}"),),
        post_href=f"/support/{plan.code}/{node.code}",
        tasks=tuple(_task(one, desk) for one in list_supports(session, plan, unit=node.unit)),
        may_hand_in=may,
        longest_note=LONGEST_NOTE,
        errors=errors,
    )


def _task(one: Support, desk: Desk) -> SupportTask:
    rounds = tuple(_round(one, each, desk) for each in one.rounds)
    return SupportTask(one.target.code, one.target.title, one.lead.name, rounds)


def _round(one: Support, found: Found, desk: Desk) -> SupportRound:
    standing, item = found.round.standing, found.item
    light, state = light_of(standing, desk.today)
    return SupportRound(
        key=f"{one.target.code}.{standing.round_code}",
        code=standing.round_code,
        title=standing.round_title,
        due=Day(standing.due, standing.is_provisional),
        light=light,
        state=state,
        value=show_figure(item.value, item.required) if item.value else "",
        files=tuple(_mine(file) for file in found.files),
        is_open=found.is_open(desk.today),
    )


def _mine(file: SupportedFile) -> Attached:
    """The unit's own may be taken back."""
    shown = attached(file.file)
    return Attached(shown.name, file.note or shown.detail, shown.href, file.file.sha256)
