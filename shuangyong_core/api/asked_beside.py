"""What callers may write about hand-outs, problems and notices."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from shuangyong_core.api.asked import Asked, Code, Reason

Title = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=4000)]
# A date of JSON is text; everything else is strict.
Day = Annotated[date, Field(strict=False)]
MOST_UNITS = 2000


class Handout(Asked):
    """交办: to which units, what, until when; `plan` and `unit` for those who have several."""

    title: Title
    text: Text
    due_date: Day
    units: list[Code] = Field(max_length=MOST_UNITS)
    plan: Code | None = None
    unit: Code | None = None


class PassOn(Asked):
    """转办: to which units below; without a date, until the same day."""

    units: list[Code] = Field(max_length=MOST_UNITS)
    due_date: Day | None = None


class Answer(Asked):
    """办结报告, or the answer to a problem."""

    text: Text


class Why(Asked):
    """The reason of a return, a withdrawal, a problem that still stands."""

    reason: Reason = ""


class Problem(Asked):
    """需协调事项: `wished_by` is until when an answer is wished."""

    title: Title
    text: Text
    wished_by: Day | None = None
    plan: Code | None = None
    unit: Code | None = None
