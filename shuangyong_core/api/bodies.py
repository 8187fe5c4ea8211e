"""Takes a body in while it streams: never more than allowed, never slower than allowed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.types import Message, Receive

from shuangyong_core.errors import Refused

LARGEST_JSON = 1024 * 1024
ROOM_FOR_FORM = 64 * 1024  # what multipart adds around a file
IDLE_SECONDS = 20.0
ENOUGH_SECONDS = 300.0


class BodyTooLarge(Refused):
    """More bytes than a body of this call may have."""

    message = "内容太大，最多 {most} 字节。"
    code = "body_too_large"


class BodyTooSlow(Refused):
    """The sender stopped in the middle."""

    message = "等了太久没有收完内容，请重发。"
    code = "body_too_slow"


class WrongMediaType(Refused):
    """The body is announced as something this call does not read."""

    message = "内容类型要写 {wanted}。"
    code = "wrong_media_type"


def check_media_type(request: Request, *, wanted: str) -> None:
    """This function will refuse with WrongMediaType what is packed or announced as another type."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    packing = request.headers.get("content-encoding", "identity").strip().lower()
    if given != wanted or packing != "identity":
        raise WrongMediaType(wanted=f"{wanted}，不压缩" if given == wanted else wanted)


async def take_in(request: Request, *, most: int) -> bytes:
    """This function will read the whole body; raises BodyTooLarge or BodyTooSlow."""
    announced = request.headers.get("content-length", "")
    # Eighteen digits are larger than any limit, and int() refuses 5,000 of them.
    if announced.isascii() and announced.isdigit() and (
        len(announced) > 18 or int(announced) > most
    ):  # fmt: skip
        raise BodyTooLarge(most=most)
    taken = bytearray()
    try:
        async with asyncio.timeout(ENOUGH_SECONDS):
            async for chunk in _chunks(request):
                taken += chunk
                if len(taken) > most:
                    raise BodyTooLarge(most=most)
    except TimeoutError:
        raise BodyTooSlow from None
    return bytes(taken)


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    chunks = request.stream()
    while True:
        async with asyncio.timeout(IDLE_SECONDS):
            try:
                chunk = await anext(chunks)
            except StopAsyncIteration:
                return
        yield chunk


def given_again(body: bytes) -> Receive:
    """This function will give the receiver of a body that was taken in before."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
