"""A form that came after its session had ended: carried through the log-in, then put back."""

from __future__ import annotations

import json
import re

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import require_same_site

# Where people type for minutes: a report, a split. Their act "draft" keeps and does nothing more.
KEPT = re.compile(r"/rounds/.+|/split/[^/]+/[^/]+(/draft)?")
MOST_BYTES = 200_000
NOT_KEPT = frozenset({"csrf", "act", "drop"})


async def take_up(request: Request) -> str:
    """This function will give what was typed, for the log-in page to carry; empty for nothing."""
    length = request.headers.get("content-length", "")
    fits = length.isascii() and length.isdigit() and int(length) <= MOST_BYTES
    if not fits or not KEPT.fullmatch(request.url.path):
        return ""
    try:
        # What another site posts is not carried: its author would be typing for the user.
        require_same_site(request)
        form = await request.form(max_files=1, max_fields=2000)
    except Exception:
        return ""
    pairs = [
        [name, value]
        for name, value in form.multi_items()
        if isinstance(value, str) and name not in NOT_KEPT
    ]
    return json.dumps([request.url.path.removesuffix("/draft"), pairs], ensure_ascii=False)


def put_back(kept: str, *, csrf: str, site: str) -> Response | None:
    """This function will make the page that leads back into the form; None for nothing kept."""
    try:
        path, pairs = json.loads(kept)
        fields = [(str(name), str(value)) for name, value in pairs]
    except (ValueError, TypeError):
        return None
    if not isinstance(path, str) or not KEPT.fullmatch(path):
        return None
    view = {"site": site, "csrf": csrf, "href": path, "fields": fields}
    return HTMLResponse(render("resume.html", {"view": view}))
