"""The example district in a database, and its plan file as text to spoil."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.plans.actions import freeze_edition, import_plan
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.plans.rules.text import PlanText
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.reading import read_units
from shuangyong_core.units.rules import UnitList

OPERATOR = Actor("operator", None, "值班员")


@pytest.fixture(scope="session")
def linjiang(root: Path) -> Path:
    return root / "examples" / "linjiang"


@pytest.fixture(scope="session")
def plan_file(linjiang: Path) -> str:
    return (linjiang / "plan.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def plan_text(plan_file: str) -> PlanText:
    return read_plan(plan_file.encode(), file="plan.yaml")


@pytest.fixture(scope="session")
def units(linjiang: Path) -> UnitList:
    return read_units((linjiang / "units.csv").read_bytes(), "units.csv")


@pytest.fixture
def district(engine: Engine, units: UnitList, at: datetime) -> Engine:
    """A database with the units of 临江区."""
    with db.write(engine) as session:
        import_units(session, units, actor=OPERATOR.key, at=at)
    return engine


@pytest.fixture
def imported(district: Engine, plan_text: PlanText, at: datetime) -> Engine:
    """The same with its plan as a draft."""
    with db.write(district) as session:
        import_plan(session, plan_text, actor=OPERATOR, at=at)
    return district


@pytest.fixture
def frozen(imported: Engine, at: datetime) -> Engine:
    """The same with its trees frozen."""
    with db.write(imported) as session:
        freeze_edition(session, session.query(Plan).one(), at=at)
    return imported
