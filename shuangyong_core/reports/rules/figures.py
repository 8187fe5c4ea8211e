"""Reads all figures of a report at once: every problem is named, nothing is skipped or guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.masking import mask
from shuangyong_core.reports.rules.required import FigureState, FigureValue, RequiredFigure
from shuangyong_core.reports.rules.shapes import read_figure
from shuangyong_core.reports.rules.wrong import Wrong

MOST_PROBLEMS = 200
MISSING = "没有填。请填数；没有发生填 0，没有这项工作选“不涉及”并写明原因。"


def read_figures(
    figures: Mapping[str, object], items: Sequence[RequiredFigure]
) -> tuple[list[FigureValue], list[str]]:
    """This function will give the figures and what was normalised; raises Problems with all."""
    problems = _unknown(figures, items)
    values: dict[str, FigureValue] = {}
    notes: list[str] = []
    for item in items:
        if item.code not in figures:
            continue
        try:
            value, said = read_figure(figures[item.code], item)
        except Wrong as wrong:
            problems.extend(_problem(item.code, fault) for fault in wrong.faults)
            continue
        values[item.code] = value
        notes.extend(f"{item.code}：{sentence}" for sentence in said)
    problems += _missing(figures, items) + _nothing(figures, items)
    merged, differing = _merge(values, items)
    merged += _left_out(merged, items)
    if problems or differing:
        raise Problems((problems + differing)[:MOST_PROBLEMS])
    return merged, notes


def _problem(code: str, fault: tuple[str, str, object]) -> Problem:
    kind, sentence, value = fault
    return Problem(kind, sentence, field=code, value=None if value is None else mask(value))


def _unknown(figures: Mapping[str, object], items: Sequence[RequiredFigure]) -> list[Problem]:
    known = {item.code for item in items}
    asked = "、".join(item.code for item in items)
    # One sentence for a code that is nowhere and one that is another unit's: no oracle.
    sentence = f"本单位这一期没有这一项。这一期要报的是 {asked}。"
    return [
        Problem("unknown_target", sentence, field=mask(code))
        for code in figures
        if code not in known
    ]


def _missing(figures: Mapping[str, object], items: Sequence[RequiredFigure]) -> list[Problem]:
    given = {item.indicator for item in items if item.code in figures}
    problems, named = [], set(given)
    for item in items:
        if item.indicator not in named and not item.may_wait:
            named.add(item.indicator)
            problems.append(Problem("missing", f"{item.title}{MISSING}", field=item.code))
    return problems


def _nothing(figures: Mapping[str, object], items: Sequence[RequiredFigure]) -> list[Problem]:
    """All of it may wait: then there is nothing to send before there is something to say."""
    if figures or not items or not all(item.may_wait for item in items):
        return []
    why = "各项都已延期，这次一项也没有填；填好至少一项再报送。"
    return [Problem("nothing_sent", why, field=items[0].code)]


def _left_out(values: Sequence[FigureValue], items: Sequence[RequiredFigure]) -> list[FigureValue]:
    # Kept as missing, so that it stays expected until a supplement brings it.
    given = {value.indicator for value in values}
    waiting = dict.fromkeys(item.indicator for item in items if item.may_wait)
    return [
        FigureValue(indicator, FigureState.MISSING)
        for indicator in waiting
        if indicator not in given
    ]


def _merge(
    values: Mapping[str, FigureValue], items: Sequence[RequiredFigure]
) -> tuple[list[FigureValue], list[Problem]]:
    # Two targets of one indicator share its figure: typed twice it must be the same.
    kept: dict[int, tuple[str, FigureValue]] = {}
    problems = []
    for item in items:
        value = values.get(item.code)
        if value is None:
            continue
        first = kept.setdefault(item.indicator, (item.code, value))
        if first[1] != value:
            sentence = f"与 {first[0]} 是同一个指标，两处填得不一样，请改成一样或只填一处。"
            problems.append(Problem("two_values", sentence, field=item.code))
    return [value for _, value in kept.values()], problems
