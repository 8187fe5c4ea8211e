"""What a refusal reads like: what happened, what one can do, where to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shuangyong_core.web.pages.shell import Link

Status = Literal[401, 403, 404, 409, 413, 422, 500]


@dataclass(frozen=True, slots=True)
class RefusalView:
    """One sentence the user can act on, and every problem at once."""

    status: Status
    sentence: str
    problems: tuple[str, ...] = ()
    who_may: str = ""  # the post that may
    links: tuple[Link, ...] = ()
    trace: str = ""  # number to tell the operator; only for a fault
