"""Reads quotas as people and scripts write them, by the one number parser, all faults at once."""

from __future__ import annotations

from collections.abc import Mapping

from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.numbers import NotANumber, parse_count


def read_quotas(written: Mapping[str, object], *, decimals: int, unit: str) -> dict[str, int]:
    """This function will give quotas by name as scaled integers; raises Problems."""
    read: dict[str, int] = {}
    problems: list[Problem] = []
    for name, value in written.items():
        try:
            read[name] = parse_count(value, decimals=decimals, field=name, unit=unit).scaled
        except NotANumber as wrong:
            problems += wrong.problems
    if problems:
        raise Problems(problems)
    return read
