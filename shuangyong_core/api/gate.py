"""The gate: more calls at once than can be answered in time are sent away at once, not kept."""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from shuangyong_core.answers.problems import RefusalAnswer

# What is done within two seconds; whoever comes on top would wait longer than callers do.
MOST = 512
BUSY: RefusalAnswer = {"code": "busy", "message": "系统正忙，请稍后再试。", "problems": []}
RETRY = {"Retry-After": "2"}


class Gate:
    """Counts who is inside."""

    def __init__(self, app: ASGIApp, *, most: int = MOST) -> None:
        self.app, self.most = app, most
        self.inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """This function will let a call in, or answer 503 before anything is read or looked up."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif self.inside >= self.most:
            await JSONResponse(BUSY, status_code=503, headers=RETRY)(scope, receive, send)
        else:
            self.inside += 1
            try:
                await self.app(scope, receive, send)
            finally:
                self.inside -= 1
