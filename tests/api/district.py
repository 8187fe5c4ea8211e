"""An invented district for this door: the street of the report tests, a sibling, a union."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actions import create_token
from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.plans.models import Node
from shuangyong_core.units.models import Kind, Tree, Unit, UnitLink
from tests.reports.place import UNITS, build_street

OPERATOR = Actor("operator", "test", "操作员")
LAUNCHED_AT = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
PLAN, ROUND = "linjiang-2026", "R2"
DISTRICT, STREET, SIBLING = "990106", "990106001", "990106002"
COMMUNITY, NEIGHBOUR = "990106001001", "990106001002"
FEDERATION, UNION = "990106-ZGH", "990106-ZGH001"
TOKENS: Mapping[str, tuple[str, Role]] = {
    "issuer": (DISTRICT, Role.ISSUER),
    "district_viewer": (DISTRICT, Role.VIEWER),
    "street": (STREET, Role.MANAGER),
    "reviewer": (STREET, Role.REVIEWER),
    "second_reviewer": (STREET, Role.REVIEWER),
    "sibling": (SIBLING, Role.MANAGER),
    "community": (COMMUNITY, Role.REPORTER),
    "neighbour": (NEIGHBOUR, Role.REPORTER),
    "federation": (FEDERATION, Role.MANAGER),
    "union": (UNION, Role.REPORTER),
}


def build(engine: Engine) -> dict[str, str]:
    """This function will build the district and give the secret of every token above."""
    build_street(engine, LAUNCHED_AT)
    with db.write(engine) as session:
        _hang(session)
        return {
            name: create_token(
                session, unit=unit, role=role, label=name, actor=OPERATOR, at=LAUNCHED_AT
            )
            for name, (unit, role) in TOKENS.items()
        }


def _hang(session: Session) -> None:
    """The union answers to the federation and sits in the first street."""
    session.execute(
        insert(Unit),
        [
            {"id": 6, "code": FEDERATION, "kind": Kind.UNION_FEDERATION, "name": "临江区总工会"},
            {"id": 7, "code": UNION, "kind": Kind.GRASSROOTS_UNION, "name": "江滨船厂工会"},
        ],
    )
    federation = {tree: (1, "0000100003") for tree in Tree}
    union = {
        Tree.RESPONSIBILITY: (6, "000010000300001"),
        Tree.TERRITORY: (2, "000010000100003"),
    }
    for unit, places in ((6, federation), (7, union)):
        for tree, (parent, path) in places.items():
            session.execute(
                insert(Node).values(plan=1, tree=tree, unit=unit, from_edition=1, parent=parent,
                                    depth=len(path) // 5 - 1, path=path)
            )  # fmt: skip
    links = [(unit, tree, kept[3]) for unit, kept in UNITS.items() for tree in Tree]
    links += [(6, tree, 1) for tree in Tree]
    links += [(7, tree, parent) for tree, (parent, _) in union.items()]
    session.execute(
        insert(UnitLink),
        [
            {"unit": unit, "tree": tree, "parent": parent, "valid_from": date(2026, 1, 1)}
            for unit, tree, parent in links
        ],
    )
