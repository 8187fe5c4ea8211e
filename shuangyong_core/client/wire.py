"""One call over the wire: asked again while nobody answers, refused with every problem."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from shuangyong_core.errors import Problem

Answer = dict[str, Any]
Items = list[dict[str, Any]]
BUSY = frozenset({502, 503, 504})
LONGEST_WAIT = 10.0


class Refused(Exception):
    """The answer is no: `status`, `code`, a sentence, and every problem with its place."""

    def __init__(self, status: int, code: str, message: str, problems: Sequence[Problem]) -> None:
        self.status, self.code, self.problems = status, code, tuple(problems)
        super().__init__("\n".join([message, *map(str, problems)]))


class NoAnswer(Exception):
    """Nobody answered, however often it was asked; the last cause is chained."""


class Wire:
    """A connection that carries a token."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        timeout: float = 30.0,
        tries: int = 6,
        sleep: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        base = url.rstrip("/")
        self._http = httpx.Client(
            base_url=base if base.endswith("/api/v1") else f"{base}/api/v1",
            headers={"Authorization": f"Bearer {token}"},
            timeout=timeout,
            transport=transport,
            trust_env=False,  # a proxy of the surroundings has no business with the token
        )
        self._tries, self._sleep = max(1, tries), sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """This method will end the connections."""
        self._http.close()

    def _list(self, path: str, *places: str, **asked: str | None) -> Items:
        found: Items = self._ask("GET", path, *places, params=asked)["items"]
        return found

    def _ask(
        self,
        method: str,
        path: str,
        *places: str,
        repeats: bool = True,
        params: Mapping[str, str | None] | None = None,
        **carried: Any,
    ) -> Answer:
        """This method will give an answer's json; raises Refused or NoAnswer."""
        return _read(self._send(method, path, *places, repeats=repeats, params=params, **carried))

    def _fetch(self, method: str, path: str, *places: str, **carried: Any) -> bytes:
        """This method will give an answer that is a file; raises Refused or NoAnswer."""
        answer = self._send(method, path, *places, **carried)
        if not answer.is_success:
            _read(answer)
        return answer.content

    def _send(
        self,
        method: str,
        path: str,
        *places: str,
        repeats: bool = True,
        params: Mapping[str, str | None] | None = None,
        **carried: Any,
    ) -> httpx.Response:
        """This method will ask until there is an answer; raises NoAnswer.

        Every act of the product answers its repetition with the first answer, so a lost reply is
        simply asked for again; `repeats=False` asks again only if nothing can have been done.
        """
        address = path.format(*(quote(place, safe="") for place in places))
        given = {name: value for name, value in (params or {}).items() if value is not None}
        last: Exception | None = None
        for turn in range(self._tries):
            if turn:
                self._sleep(_wait(turn, last))
            try:
                answer = self._http.request(method, address, params=given, **carried)
                if answer.status_code not in BUSY:
                    return answer
                last = httpx.HTTPStatusError("busy", request=answer.request, response=answer)
            except httpx.TransportError as lost:
                last = lost
                if not repeats and not isinstance(lost, httpx.ConnectError | httpx.ConnectTimeout):
                    break
        raise NoAnswer(f"{method} {address}: 没有回应，请稍后再试。") from last


def _wait(turn: int, last: Exception | None) -> float:
    wait = 0.2 * 2.0**turn
    if isinstance(last, httpx.HTTPStatusError):
        said = last.response.headers.get("retry-after", "")
        wait = max(wait, float(said)) if said.isascii() and said.isdigit() else wait
    return min(wait, LONGEST_WAIT) * random.uniform(0.5, 1.0)


def _read(answer: httpx.Response) -> Answer:
    try:
        body = answer.json()
    except ValueError:
        body = None
    if answer.is_success and isinstance(body, dict):
        return body
    if not isinstance(body, dict) or "code" not in body:
        body = {"code": "not_ours", "message": f"回应读不懂（HTTP {answer.status_code}）。"}
    known = Problem.__dataclass_fields__
    problems = [
        Problem(**{name: value for name, value in each.items() if name in known})
        for each in body.get("problems", [])
    ]
    raise Refused(answer.status_code, str(body["code"]), str(body.get("message", "")), problems)
