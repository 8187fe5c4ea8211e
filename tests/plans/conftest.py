"""The example district in a database, and its plan file as text to spoil."""

from __future__ import annotations

from datetime import UTC, datetime
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
from tests.examples.recount import LINJIANG
from tests.fixtures.databases import World

OPERATOR = Actor("operator", None, "值班员")
AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)  # the quiet instant


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


def with_units(engine: Engine) -> None:
    listed = read_units((LINJIANG / "units.csv").read_bytes(), "units.csv")
    with db.write(engine) as session:
        import_units(session, listed, actor=OPERATOR.key, at=AT)


def with_plan(engine: Engine) -> None:
    with_units(engine)
    text = read_plan((LINJIANG / "plan.yaml").read_bytes(), file="plan.yaml")
    with db.write(engine) as session:
        import_plan(session, text, actor=OPERATOR, at=AT)


def with_trees(engine: Engine) -> None:
    with_plan(engine)
    with db.write(engine) as session:
        freeze_edition(session, session.query(Plan).one(), at=AT)


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World | None:
    """As much of the district as a test asks for."""
    worlds: dict[str, World] = {"frozen": with_trees, "imported": with_plan, "district": with_units}
    return next((made for name, made in worlds.items() if name in request.fixturenames), None)


@pytest.fixture
def district(engine: Engine) -> Engine:
    """A database with the units of 临江区."""
    return engine


@pytest.fixture
def imported(engine: Engine) -> Engine:
    """The same with its plan as a draft."""
    return engine


@pytest.fixture
def frozen(engine: Engine) -> Engine:
    """The same with its trees frozen."""
    return engine
