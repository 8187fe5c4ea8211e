"""A unit gets another name; of two who rename it at once the second is told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.units.actions.rename import RenamedByAnother, rename_unit
from shuangyong_core.units.models import Unit
from shuangyong_core.units.names import list_former_names
from shuangyong_core.units.queries import get_unit


@pytest.mark.databases("postgresql")
def test_of_two_who_rename_at_once_the_second_is_told(engine: Engine, at: datetime) -> None:
    with db.write(engine) as session:
        session.add(Unit(code="A1", kind="street", name="甲一街道"))

    with db.write(engine) as slow:
        read = get_unit(slow, "A1")
        with db.write(engine) as quick:
            rename_unit(quick, get_unit(quick, "A1"), name="甲二街道", actor="operator", at=at)
        said = {"name": "甲三街道", "seen": "甲一街道", "actor": "operator"}
        with pytest.raises(RenamedByAnother, match="甲二街道"):
            rename_unit(slow, read, at=at + timedelta(seconds=1), **said)  # type: ignore[arg-type]

    with db.read(engine) as session:
        assert list_former_names(session, read.id) == [("甲一街道", at)]
