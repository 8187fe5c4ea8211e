"""Each report of the corpus, through form, API, command and workbook: one verdict, one figure."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from shuangyong_core import db
from shuangyong_core.guard.corrections import kind_of
from tests.corpus.cases import OF_REPORTS, Case, Verdict, cases_in
from tests.corpus.channels import CHANNELS
from tests.corpus.world import World, build, kept, notes, unit_of

CASES = [case for folder in OF_REPORTS for case in cases_in(folder)]
NUMBERED = dict(enumerate(CASES))
Kept = Mapping[str, Mapping[str, tuple[Any, ...]]]


@dataclass(frozen=True)
class Told:
    """What one channel said of every case, and what it kept."""

    verdicts: Mapping[int, Verdict]
    kept: Kept
    notes: Mapping[str, list[str]]


@pytest.fixture(scope="module")
def told(
    new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Told]:
    """Every case through every channel, each channel with a copy of one world."""
    url = new_database("sqlite")
    engine = db.make_engine(url)
    token = build(engine, units=len(CASES)).token
    engine.dispose()
    said = {}
    for name, send in CHANNELS.items():
        folder = tmp_path_factory.mktemp(name)
        shutil.copy(url.removeprefix("sqlite:///"), folder / "shuangyong.db")
        copied = db.make_engine(f"sqlite:///{folder / 'shuangyong.db'}")
        cases = {number: case for number, case in NUMBERED.items() if name in case.channels}
        verdicts = send(World(copied, token), cases, folder)
        said[name] = Told(verdicts, kept(copied), notes(copied))
        copied.dispose()
    return said


@pytest.mark.parametrize("number", NUMBERED, ids=[case.id for case in CASES])
def test_every_channel_gives_the_verdict_of_the_corpus(told: dict[str, Told], number: int) -> None:
    case = NUMBERED[number]

    for channel in case.channels:
        verdict = told[channel].verdicts[number]
        assert verdict.is_accepted is case.is_accepted, (channel, verdict)
        if not case.is_accepted:
            assert unit_of(number) not in told[channel].kept, channel
            _check_refusal(channel, verdict, case, told["api"].verdicts[number])
        else:
            figure = told[channel].kept[unit_of(number)][case.target]
            _check_figure(channel, figure, case)
            said = sorted({kind_of(note) for note in _of(told[channel], number, case)})
            assert said == sorted(case.expected.get("kinds", [])), channel


def _of(told: Told, number: int, case: Case) -> list[str]:
    own = [note for note in told.notes[unit_of(number)] if note.startswith(case.target)]
    return [note for note in own if "按分项合计" not in note]


def _check_refusal(channel: str, verdict: Verdict, case: Case, by_api: Verdict) -> None:
    if channel == "form":
        # The page shows sentences, not codes: the very ones that a script is told.
        page = verdict.messages[0]
        assert all(message in page for message in by_api.messages), (channel, by_api)
        return
    assert list(verdict.codes) == case.expected["codes"], (channel, verdict)
    hint = case.expected.get("hint", "")
    assert any(hint in message for message in verdict.messages), (channel, verdict)


def _check_figure(channel: str, figure: tuple[Any, ...], case: Case) -> None:
    state, numerator, _, text, keys = figure
    assert state == case.expected.get("state", "reported"), channel
    expected = case.expected["value"]
    found = text if isinstance(expected, str) else numerator
    assert found == expected, (channel, found)
    assert len(keys) == (expected if case.target == "C01" else 0)


def test_nothing_else_was_kept(told: dict[str, Told]) -> None:
    for name, channel in told.items():
        wanted = {unit_of(n) for n, case in NUMBERED.items()
                  if case.is_accepted and name in case.channels}  # fmt: skip
        assert set(channel.kept) == wanted


def test_the_same_report_leaves_the_same_figures_whatever_the_channel(
    told: dict[str, Told],
) -> None:
    everywhere = [n for n, case in NUMBERED.items() if case.is_accepted and len(case.channels) == 4]

    for number in everywhere:
        figures = [told[name].kept[unit_of(number)] for name in CHANNELS]
        assert figures.count(figures[0]) == len(figures), CASES[number].id
