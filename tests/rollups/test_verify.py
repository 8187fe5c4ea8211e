"""The recount finds what was changed by hand, and nothing when nothing was."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, delete, insert, select, update

from shuangyong_core import db
from shuangyong_core.rollups import actions
from shuangyong_core.rollups.models import Cell, CellYtd, LeafState, LeafYtd
from tests.rollups.played import NOW, fold
from tests.rollups.year import Year


def differences(engine: Engine) -> list[actions.Difference]:
    with db.write(engine) as session:
        return actions.verify(session)


@pytest.mark.parametrize("table", [LeafState, LeafYtd, Cell, CellYtd])
def test_a_changed_value_is_found(engine: Engine, year: Year, table: type[db.Base]) -> None:
    assert differences(engine) == []

    with db.write(engine) as session:
        changed = update(table).where(table.unit == 2, table.target == 1)  # type: ignore[attr-defined]
        session.execute(changed.values(reported=99, numerator=1234))

    fields = {(found.table, found.unit, found.target, found.field) for found in differences(engine)}
    name = table.__tablename__
    assert fields == {(name, 2, 1, "reported"), (name, 2, 1, "numerator")}


def test_a_missing_and_a_foreign_cell_are_found(engine: Engine, year: Year) -> None:
    with db.write(engine) as session:
        row = session.execute(select(Cell.__table__).where(Cell.unit == 3)).mappings().first()
        assert row is not None
        session.execute(delete(Cell).where(Cell.unit == 3, Cell.target == row["target"]))
        session.execute(insert(Cell), [dict(row) | {"unit": 7}])

    found = differences(engine)

    assert {unlike.unit for unlike in found} == {3, 7}
    assert {unlike.recounted for unlike in found if unlike.unit == 7} == {None}
    assert {unlike.kept for unlike in found if unlike.unit == 3} == {None}


def test_a_rebuild_heals_what_was_changed(engine: Engine, year: Year) -> None:
    with db.write(engine) as session:
        session.execute(update(Cell).values(numerator=0, expected=0))
        session.execute(delete(LeafState).where(LeafState.unit == 4))

    with db.write(engine) as session:
        actions.rebuild(session, at=NOW)

    assert differences(engine) == []


def test_what_waits_for_the_fold_is_no_difference(engine: Engine, year: Year) -> None:
    year.submit(3, 2, {1: 8})
    year.accept(3, 2)

    assert differences(engine) == []

    fold(engine)
    assert differences(engine) == []
