"""The way in of every call: first the token, then the names, then the body, each read strictly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shuangyong_core.api.bodies import (
    LARGEST_JSON,
    ROOM_FOR_FORM,
    check_media_type,
    given_again,
    take_in,
)
from shuangyong_core.api.calls import authenticate, house_of
from shuangyong_core.errors import NotFound, Problem, Problems, Refused
from shuangyong_core.guard.masking import mask
from shuangyong_core.guard.strict_json import NotJson, read_json
from shuangyong_core.sheets import LIMITS

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


SHORT_JSON = 16 * 1024


class BodyUnasked(Refused):
    """A body for a call that reads none: whatever it says would be passed over in silence."""

    message = "这个接口不读内容，请核对地址。"
    code = "body_unasked"


class OpenRoute(APIRoute):
    """A call that needs no token."""

    needs_token: ClassVar[bool] = False
    media_type: ClassVar[str] = "application/json"

    def get_route_handler(self) -> Handler:
        """This function will wrap FastAPI's own handler in the checks of this door."""
        answer = self.answering()

        async def handle(request: Request) -> Response:
            if self.needs_token:
                given = request.headers.get("authorization")
                house = house_of(request)
                request.state.call = await authenticate(house, given)
            self.check_names(request)
            return await answer(await self.with_body(request))

        return handle

    def answering(self) -> Handler:
        """This function will give what answers when all is read."""
        return super().get_route_handler()

    def check_names(self, request: Request) -> None:
        """This function will refuse parameters nobody asked for, or given twice."""
        if "\0" in request.scope["path"] or any(
            "\0" in part for part in request.path_params.values()
        ):
            raise NotFound
        if not request.scope["query_string"]:
            return
        known = {parameter.alias for parameter in self.dependant.query_params}
        given = request.query_params.multi_items()
        problems = [
            Problem("given_twice", "这个参数写了两遍，请只留一处。", field=mask(name))
            for name, times in Counter(name for name, _ in given).items() if times > 1
        ]  # fmt: skip
        problems += [
            Problem("unknown_parameter", "没有这个参数，请核对名称。", field=mask(name))
            for name, value in given if name not in known or "\0" in value
        ]  # fmt: skip
        if problems:
            raise Problems(problems)

    async def with_body(self, request: Request) -> Request:
        """This function will take the body in, read strictly; FastAPI finds it already read."""
        body = await take_in(request, most=LARGEST_JSON)
        if not body:
            return Request(request.scope, given_again(b""))
        check_media_type(request, wanted=self.media_type)
        read = Request(request.scope, given_again(body))
        # Where Starlette keeps what it has read: FastAPI will not read it a second time.
        # A short body is read sooner than a thread is found for it.
        is_short = len(body) <= SHORT_JSON
        read._json = read_json(body) if is_short else await run_in_threadpool(read_json, body)
        if read._json is None:
            raise NotJson(why="只写了 null，等于什么都没说。")
        if self.body_field is None and read._json != {}:
            raise BodyUnasked
        return read


class Route(OpenRoute):
    """A call of somebody: a token, and JSON if it has a body."""

    needs_token = True


class ReportRoute(Route):
    """A call that many make at once with a body of its own: it goes straight to its function.

    The names of the path, the body and the key are all it takes, and each has been read.
    """

    def answering(self) -> Handler:
        """This function will pass FastAPI's own reading by when there is a body."""
        slowly = super().answering()

        async def answer(request: Request) -> Response:
            body = getattr(request, "_json", None)
            if not isinstance(body, dict):
                return await slowly(request)
            key = request.headers.get("idempotency-key")
            call = {"call": request.state.call, "body": body, "idempotency_key": key}
            return JSONResponse(await self.endpoint(**request.path_params, **call))

        return answer


class UploadRoute(Route):
    """A call that brings a file."""

    media_type = "multipart/form-data"

    async def with_body(self, request: Request) -> Request:
        """This function will take the form in; the parser beneath sees a bounded body."""
        check_media_type(request, wanted=self.media_type)
        most = self.most(request) + ROOM_FOR_FORM
        return Request(request.scope, given_again(await take_in(request, most=most)))

    def most(self, request: Request) -> int:
        """This function will give how large the file may be."""
        return house_of(request).settings.upload_bytes


class WorkbookRoute(UploadRoute):
    """A call that brings a workbook: no larger than any sheet that is opened."""

    def most(self, request: Request) -> int:
        """This function will give the smaller of the two limits."""
        return min(super().most(request), LIMITS.upload)
