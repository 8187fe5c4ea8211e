"""The first step of the demo: the invented district's units and its plan."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from shuangyong_core.clock import at_shanghai
from shuangyong_core.demo.people import OPERATOR
from shuangyong_core.demo.setting import LAUNCH_DAY, example_file
from shuangyong_core.plans.actions import import_plan
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.reading import read_units


def prepare(session: Session) -> None:
    """This function will bring in 临江区 and the plan of its year, a week before the launch."""
    at = at_shanghai(LAUNCH_DAY - timedelta(days=7), 9)
    units = example_file("units.csv")
    listed = read_units(units.read_bytes(), units.name)
    import_units(session, listed, actor=OPERATOR.key, at=at)
    plan = example_file("plan.yaml")
    text = read_plan(plan.read_bytes(), file=plan.name)
    import_plan(session, text, actor=OPERATOR, at=at)
