"""What every answer carries and every post must show: headers, and where a form came from."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable

from fastapi import Depends, Request, Response
from starlette.datastructures import FormData

from shuangyong_core.errors import Refused
from shuangyong_core.web.desk import Desk, any_user
from shuangyong_core.web.rendering import CSP

MAX_FIELDS = 2000
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class ForeignForm(Refused):
    """A form that this user did not open on this site."""

    message = "这页放得太久或不是从本系统打开的，请刷新后再办。"
    code = "foreign_form"


async def add_headers(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    """This function will put the security headers on every answer."""
    answer = await call_next(request)
    if request.url.path.startswith("/static/") and request.url.query:
        # The address changes with the content, so a browser may keep it for good.
        answer.headers.setdefault("Cache-Control", "public, max-age=31536000, immutable")
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.app.state.settings.https:
        answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return answer


def require_same_site(request: Request) -> None:
    """This function will refuse with ForeignForm what another site's page sent."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    if site not in ("same-origin", "none") or (origin and origin.split("://")[-1] != host):
        raise ForeignForm


async def posted(request: Request, desk: Desk = Depends(any_user)) -> FormData:
    """This function will read a form that this session's page posted; raises ForeignForm."""
    require_same_site(request)
    form = await request.form(
        max_fields=MAX_FIELDS, max_part_size=request.app.state.settings.upload_bytes + 1024
    )
    given = str(form.get("csrf", request.headers.get("x-csrf", "")))
    if not hmac.compare_digest(given.encode(), desk.login.csrf.encode()):
        raise ForeignForm
    return form
