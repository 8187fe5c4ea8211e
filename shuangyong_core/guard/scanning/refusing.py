"""Turns what a scan found in one text into problems that repeat nothing of it."""

from __future__ import annotations

from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.scanning.reading import scan


def harm_in(text: str, *, field: str) -> list[Problem]:
    """This function will give a problem for each thing found in a text."""
    return [Problem(f"guard_{hit.kind}", hit.sentence, field=field) for hit in scan(text)]


def refuse_harm(text: str, *, field: str) -> None:
    """This function will refuse a text with anything found in it; raises Problems."""
    problems = harm_in(text, field=field)
    if problems:
        raise Problems(problems)
