"""Turns what a scan found in a text, or anywhere in a body, into problems that repeat nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.scanning.reading import scan

LONGEST_NUMBER = 64  # bits of a number that is read as a person's: a card has 19 digits


def harm_in(text: str, *, field: str) -> list[Problem]:
    """This function will give a problem for each thing found in a text."""
    return [Problem(f"guard_{hit.kind}", hit.sentence, field=field) for hit in scan(text)]


def refuse_harm(text: str, *, field: str) -> None:
    """This function will refuse a text with anything found in it; raises Problems."""
    problems = harm_in(text, field=field)
    if problems:
        raise Problems(problems)


def refuse_harm_in(body: Mapping[str, object]) -> None:
    """This function will refuse a body with anything found in one of its texts; raises Problems."""
    problems = [
        problem for path, text in texts_of(body) for problem in harm_in(text, field=".".join(path))
    ]
    if problems:
        raise Problems(problems)


def texts_of(value: object) -> list[tuple[tuple[str, ...], str]]:
    """This function will give every text of a body, names and whole numbers too, with its path."""
    found: list[tuple[tuple[str, ...], str]] = []
    _add_texts(found, (), value)
    return found


def _add_texts(found: list[tuple[tuple[str, ...], str]], path: tuple[str, ...], value: Any) -> None:
    if isinstance(value, str):
        found.append((path, value))
    elif isinstance(value, int):
        if value.bit_length() <= LONGEST_NUMBER:
            found.append((path, str(value)))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            # A name can be typed too: the themes of a figure, a target nobody knows.
            found.append((path, str(name)))
            _add_texts(found, (*path, str(name)), inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _add_texts(found, path, inner)
