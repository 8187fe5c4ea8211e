"""How a refusal is answered: its code, its sentence, and every problem with its place."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from shuangyong_core.errors import Problem, Refused

MOST = 200  # problems in one answer; the count says how many there were


class ProblemAnswer(TypedDict):
    """One thing that is wrong; row and column as a person sees them in Excel."""

    field: str | None
    row: int | None
    column: str | None
    code: str
    message: str
    value: str | None  # what was given, short and masked


class RefusalAnswer(TypedDict):
    """Every failure looks like this."""

    code: str
    message: str
    problems: list[ProblemAnswer]


def problems_of(problems: Sequence[Problem]) -> list[ProblemAnswer]:
    """This function will give problems as they are answered, the first two hundred."""
    return [
        {
            "field": each.field,
            "row": each.row,
            "column": each.column,
            "code": each.code,
            "message": each.message,
            "value": each.value,
        }
        for each in problems[:MOST]
    ]


def refusal(refused: Refused) -> RefusalAnswer:
    """This function will give a refusal as it is answered."""
    problems = problems_of(refused.problems)
    return {"code": refused.code, "message": str(refused), "problems": problems}
