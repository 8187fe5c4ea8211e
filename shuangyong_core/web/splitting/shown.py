"""One page of a split as an answer: what is kept or typed, what is wrong, what it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from shuangyong_core.errors import Problem
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.frame import page
from shuangyong_core.web.numbers.closing import left_over_notices
from shuangyong_core.web.pages.shell import Confirm, Notice
from shuangyong_core.web.rendering import render
from shuangyong_core.web.sight import desk_at
from shuangyong_core.web.splitting.opened import Opened
from shuangyong_core.web.splitting.put_aside import put_aside
from shuangyong_core.web.splitting.showing import Made, split_view
from shuangyong_core.web.splitting.typed import Typed
from shuangyong_core.web.splitting.wrong import at_the_cells, sentences


def shown(
    session: Session,
    desk: Desk,
    opened: Opened,
    typed: Typed,
    *,
    made: Made | None = None,
    problems: Sequence[Problem] = (),
    confirm: Confirm | None = None,
    notices: Sequence[Notice] = (),
    status: int | None = None,
) -> Response:
    """This function will show the page; without `made` it is made from what is kept now."""
    typed = at_the_cells(typed, problems)
    view = split_view(
        opened,
        typed,
        today=desk.today,
        made=made or Made(opened.seal, opened.seen),
        aside=put_aside(session, opened),
        errors=sentences(opened, typed, problems),
        confirm=confirm,
    )
    plan = opened.sight.plan
    left = left_over_notices(session, plan, unit=opened.sight.node.unit)
    frame = page(session, desk_at(desk, plan.code), "todo", notices=(*notices, *left))
    html = render("split.html", {"view": view, "page": frame})
    return HTMLResponse(html, status or (422 if problems else 200))


def made_of(form: Mapping[str, object], *, seen: str | None = None) -> Made:
    """This function will give what a posted page was made from, and still is: what moved since
    is told when it is sent."""
    drafts = str(form.get("drafts", "")) if seen is None else seen
    return Made(str(form.get("version", "")), drafts)
