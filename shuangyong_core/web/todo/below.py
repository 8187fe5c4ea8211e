"""The units below in the round that runs: who has reported, and how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from shuangyong_core.plans.models import Plan
from shuangyong_core.reports.queries.reach import WRITERS
from shuangyong_core.reports.queries.standing import Standing
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.lights import channel_of, light_of
from shuangyong_core.web.pages.todo_view import Below, BelowRow
from shuangyong_core.web.todo.rows import form_href, report_href, review_href
from shuangyong_core.web.waiting import UNDECIDED


def below_of(plan: Plan, standings: Sequence[Standing], desk: Desk) -> Below | None:
    """This function will show the round that opened last, unit by unit."""
    opened = [one for one in standings if one.opens_on <= desk.today]
    if not opened:
        return None
    running = max(opened, key=lambda one: (one.opens_on, one.round_code)).round
    here = [one for one in opened if one.round == running]
    states = Counter(light_of(one, desk.today)[1] for one in here)
    return Below(
        title=f"{here[0].round_title}报送",
        reported=sum(one.is_reported for one in here),
        expected=len(here),
        rows=tuple(_row(plan, one, desk) for one in here),
        remark="，".join(f"{word} {count}" for word, count in states.most_common()),
    )


def _row(plan: Plan, one: Standing, desk: Desk) -> BelowRow:
    light, word = light_of(one, desk.today)
    href = report_href
    if one.status in UNDECIDED:
        href = review_href
    elif one.status is Status.DRAFT and one.is_open(desk.today):
        # 代填: whoever may type for the unit goes straight to the form.
        href = form_href if desk.actor.units_with(*WRITERS) else report_href
    channel = channel_of(one.channel, on_behalf=one.on_behalf, acting_unit=one.acting_unit)
    return BelowRow(one.unit_name, href(plan, one), channel, light, word)
