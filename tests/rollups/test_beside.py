"""The fold works out beside the writers: what comes meanwhile is neither lost nor undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.rollups import actions
from shuangyong_core.rollups.actions.fold import work_out as work_out_alone
from tests.rollups.played import NOW, fold, play
from tests.rollups.test_fold import assert_exact, kept
from tests.rollups.test_marks import waiting
from tests.rollups.test_verify import differences

pytestmark = pytest.mark.databases("sqlite")
BESIDE = "shuangyong_core.rollups.actions.beside"


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Lets something happen after the fold has worked out and before it writes down."""

    def put(happening: Callable[[], object]) -> None:
        happenings = [happening]

        def work_out(*arguments: Any, **named: Any) -> Any:
            worked = work_out_alone(*arguments, **named)
            if happenings:
                happenings.pop()()
            return worked

        monkeypatch.setattr(f"{BESIDE}.work_out", work_out)

    return put


def test_what_is_sent_while_it_works_out_waits_for_the_next_fold(
    engine: Engine, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    year = play(engine)
    year.submit(3, 2, {1: 8, 9: frozenset({"驻军单位Z"})})

    def send() -> None:
        # It is written at once: the fold holds nobody up while it works out.
        year.accept(3, 2)
        year.submit(4, 3, {1: 5})

    meanwhile(send)
    taken = actions.fold_beside(engine, at=NOW)

    assert taken.no == 2
    assert waiting(engine) > 0
    assert differences(engine) == []
    actions.fold_beside(engine, at=NOW)
    assert waiting(engine) == 0
    assert_exact(engine)


@pytest.mark.parametrize("other", [actions.fold, actions.rebuild])
def test_who_folds_in_between_is_not_undone(
    engine: Engine, meanwhile: Callable[[Callable[[], object]], None], other: Any
) -> None:
    year = play(engine)
    year.submit(3, 2, {1: 8})

    def fold_too() -> None:
        year.accept(3, 2)
        with db.write(engine) as session:
            other(session, at=NOW)

    meanwhile(fold_too)

    assert actions.fold_beside(engine, at=NOW).no is None
    assert waiting(engine) == 0
    assert_exact(engine)


def test_a_cell_of_which_nothing_is_left_goes(engine: Engine) -> None:
    year = play(engine)
    gone = [key for key in kept(engine) if key[2:] == (1, 2)]

    for unit in year.units:
        year.exempt(unit, 1, 2)
    fold(engine)

    assert gone
    assert not set(gone) & kept(engine).keys()
    assert_exact(engine)
