"""Marks are taken once and never lost: by a second fold, a crash, or an act in between."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.clock import Clock
from shuangyong_core.marks.models import Mark
from shuangyong_core.rollups import actions
from shuangyong_core.rollups.models import Fold
from tests.rollups.played import NOW, fold
from tests.rollups.test_fold import assert_exact, kept
from tests.rollups.year import Year


def waiting(engine: Engine) -> int:
    with db.read(engine) as session:
        return session.scalar(select(func.count()).select_from(Mark)) or 0


def test_folding_the_same_marks_again_changes_nothing(engine: Engine, year: Year) -> None:
    before = kept(engine)

    year.move(4, 2, "accepted")  # nothing moved, but everything of the report is marked
    done = fold(engine)

    assert done.marks == 12
    assert kept(engine) == before
    assert waiting(engine) == 0


def test_a_fold_that_dies_before_its_commit_is_done_again(engine: Engine, year: Year) -> None:
    year.submit(3, 2, {1: 8, 9: frozenset({"驻军单位Z"})})
    year.accept(3, 2)
    before, marks = kept(engine), waiting(engine)

    with Session(engine) as session:
        actions.fold(session, at=NOW)
        session.rollback()  # nothing reaches the database, as when the power goes

    assert (kept(engine), waiting(engine)) == (before, marks)
    fold(engine)
    assert kept(engine) != before
    assert_exact(engine)


@pytest.mark.databases("postgresql")
def test_a_mark_that_commits_late_waits_for_the_next_fold(engine: Engine, year: Year) -> None:
    with db.write(engine) as early:
        # Its number is drawn before the fold reads, its commit comes after.
        early.execute(insert(Mark).values(unit=4, target=1, round=1))
        with db.write(engine) as other:
            other.execute(insert(Mark).values(unit=5, target=1, round=1))
        assert fold(engine).marks == 1

    assert waiting(engine) == 1
    assert fold(engine).marks == 1


@pytest.mark.databases("postgresql")
def test_two_folds_at_once_are_one_fold(engine: Engine, year: Year) -> None:
    year.move(4, 2, "accepted")

    with db.write(engine) as first:
        assert actions.fold(first, at=NOW).marks == 12
        assert fold(engine) == actions.FoldDone(no=None, marks=0)


def test_no_mark_is_lost_while_others_write(engine: Engine, year: Year) -> None:
    folder = actions.Folder(engine, Clock(), every=0.05)

    def report(unit: int) -> None:
        for amount in range(4):
            year.submit(unit, 3, {1: amount, 2: amount, 9: frozenset({f"驻军单位{unit}"})})
            year.accept(unit, 3)

    folder.start()
    writers = [threading.Thread(target=report, args=(unit,)) for unit in (4, 5, 6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    wait_until_folded(engine)
    folder.stop()

    assert not folder.is_alive()
    assert_exact(engine)


def test_a_failed_fold_is_tried_again(
    engine: Engine, year: Year, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    year.submit(3, 2, {1: 8})
    tries: list[int] = []

    def fails_once(*arguments: Any, **named: Any) -> actions.FoldDone:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("disk full")
        return actions.fold_beside(*arguments, **named)

    monkeypatch.setattr("shuangyong_core.rollups.actions.folder.fold_beside", fails_once)
    folder = actions.Folder(engine, Clock(), every=0.01)
    folder.start()
    wait_until_folded(engine)
    folder.stop()

    assert "tried again" in caplog.text
    assert_exact(engine)


def test_each_fold_is_written_down(engine: Engine, year: Year) -> None:
    with db.read(engine) as session:
        assert session.execute(select(Fold.no, Fold.at)).all() == [(1, NOW)]


def wait_until_folded(engine: Engine) -> None:
    deadline = time.monotonic() + 60
    while waiting(engine):
        assert time.monotonic() < deadline, "the folder is too slow"
        time.sleep(0.02)
