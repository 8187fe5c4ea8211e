"""临江区 in a database: its units, its plan launched, and the people who sign in to the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts import queries as accounts
from shuangyong_core.accounts.actions import add_user
from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.actions.launch import (
    cascade_branch,
    finish_launch,
    prepare_launch,
)
from shuangyong_core.assignments.queries.branches import list_branches
from shuangyong_core.clock import at_shanghai
from shuangyong_core.plans.actions import import_plan
from shuangyong_core.plans.queries import get_plan
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.reading import read_units

PLAN, DISTRICT, STREET, OTHER_STREET = "linjiang-2026", "990106", "990106001", "990106002"
COMMUNITY, SECOND, OTHERS = "990106001001", "990106001002", "990106002001"
FEDERATION = "990106-GH"
PASSWORD = "jun-min-yi-jia-qin"
LAUNCHED = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
PRETEND = date(2026, 7, 20)
OFFICE = Actor("operator", "office", "双拥办")
EXAMPLE = Path(__file__).parents[2] / "examples" / "linjiang"
MANAGER, REVIEWER, REPORTER = Role.MANAGER, Role.REVIEWER, Role.REPORTER
PEOPLE: dict[str, tuple[str, tuple[tuple[str, Role], ...]]] = {
    "office": ("临江区双拥办", ((DISTRICT, Role.ISSUER), (DISTRICT, REVIEWER))),
    "street": (
        "江滨街道联络员",
        ((STREET, MANAGER), (STREET, REVIEWER), (STREET, REPORTER)),
    ),
    "second": ("江滨街道审核岗", ((STREET, REVIEWER),)),
    "other": ("文昌街道联络员", ((OTHER_STREET, REVIEWER), (OTHER_STREET, REPORTER))),
    "typist": ("文昌街道填报岗", ((OTHER_STREET, REPORTER),)),
    "both": ("滨河社区联络员兼街道审核岗", ((SECOND, REPORTER), (STREET, REVIEWER))),
    "clerk": ("望江社区联络员", ((COMMUNITY, REPORTER),)),
    "neighbour": ("滨河社区联络员", ((SECOND, REPORTER),)),
    "federation": ("区总工会联络员", ((FEDERATION, MANAGER), (FEDERATION, REPORTER))),
    "viewer": ("江滨街道查看岗", ((STREET, Role.VIEWER),)),
}
GOOD: dict[str, Any] = {
    "B03": {"parts": {"双拥": "2", "征兵": "1"}},
    "D05": {"value": "6"},
    "D06": {"not_involved": "没有优抚对象提出困难"},
    "F10": {"date": "2026-06-26"},
}


@dataclass(frozen=True)
class District:
    """The district of the tests."""

    engine: Engine

    def actor(self, login: str, *, at: datetime) -> Actor:
        """Who a login name stands for."""
        with db.read(self.engine) as session:
            return accounts.get_user_actor(session, login, at=at)


def build_district(engine: Engine) -> District:
    """This function will bring the example in, launch its year and add its people."""
    with db.write(engine) as session:
        listed = read_units((EXAMPLE / "units.csv").read_bytes(), "units.csv")
        import_units(session, listed, actor=OFFICE.key, at=LAUNCHED)
    with db.write(engine) as session:
        text = read_plan((EXAMPLE / "plan.yaml").read_bytes(), file="plan.yaml")
        import_plan(session, text, actor=OFFICE, at=LAUNCHED)
    launch(engine)
    with db.write(engine) as session:
        for login, (name, roles) in PEOPLE.items():
            add_user(session, login, name=name, roles=roles, password=PASSWORD,
                     actor=OFFICE, at=LAUNCHED)  # fmt: skip
        add_user(session, "sysadmin", name="系统管理员", administrator=Role.SYSTEM_ADMIN,
                 password=PASSWORD, actor=OFFICE, at=LAUNCHED)  # fmt: skip
    return District(engine)


def launch(engine: Engine) -> None:
    """This function will send the plan down as the flow does, a transaction a step."""
    with db.write(engine) as session:
        prepare_launch(session, get_plan(session, PLAN), targets=None, at=LAUNCHED, actor=OFFICE)
    with db.read(engine) as session:
        branches = list_branches(session, get_plan(session, PLAN))
    for branch in branches:
        with db.write(engine) as session:
            cascade_branch(session, get_plan(session, PLAN), branch=branch.unit)
    with db.write(engine) as session:
        finish_launch(session, get_plan(session, PLAN), at=LAUNCHED, actor=OFFICE)


def on(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """This function will give an instant of the year by its wall clock in Shanghai."""
    return at_shanghai(date(2026, month, day), hour, minute)
