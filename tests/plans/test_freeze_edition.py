"""Freezing the trees of a plan, and reaching units along them."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Engine, delete, func, select, update

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.plans.actions import freeze_edition
from shuangyong_core.plans.models import Edition, Node, Plan, PlanVersion
from shuangyong_core.plans.queries import (
    NotAllowed,
    OutOfReach,
    children_of,
    get_node,
    line_above,
    require_reach,
    subtree_of,
    units_in_reach,
)
from shuangyong_core.units.models import Tree, Unit, UnitLink
from shuangyong_core.units.queries import get_unit
from shuangyong_core.units.rules import UnitList
from tests.plans.conftest import OPERATOR

RESPONSIBILITY, TERRITORY = Tree.RESPONSIBILITY, Tree.TERRITORY


def ids(session: db.Session) -> dict[str, int]:
    return dict(session.execute(select(Unit.code, Unit.id)).all())


def test_both_trees_hold_every_unit_with_its_path(frozen: Engine, units: UnitList) -> None:
    by_code = {unit.code: unit for unit in units.units}

    with db.read(frozen) as session:
        for tree in Tree:
            above = {
                unit.code: unit.parent if tree is RESPONSIBILITY else unit.sits_in
                for unit in units.units
            }
            rows = session.execute(
                select(Unit.code, Node.path, Node.depth, Node.parent)
                .join(Unit, Unit.id == Node.unit)
                .where(Node.tree == tree.value)
            ).all()
            code_of = {id_: code for code, id_ in ids(session).items()}
            paths = {code: path for code, path, _, _ in rows}
            assert set(paths) == set(by_code)
            assert paths["990106"] == "00001"
            for code, path, depth, parent in rows:
                assert len(path) == 5 * (depth + 1)
                assert (code_of[parent] if parent else "") == above[code]
                if parent:
                    siblings = sorted(one for one, up in above.items() if up == above[code])
                    assert path == f"{paths[above[code]]}{siblings.index(code) + 1:05d}"


def test_freezing_twice_changes_nothing(frozen: Engine, at: datetime) -> None:
    with db.write(frozen) as session:
        before = session.scalar(select(func.count()).select_from(Node))
        freeze_edition(session, session.get_one(Plan, 1), at=at)

    with db.read(frozen) as session:
        assert session.scalar(select(func.count()).select_from(Node)) == before == 2 * 439
        assert session.scalar(select(func.count()).select_from(Edition)) == 1
        assert session.scalar(select(func.count()).select_from(PlanVersion)) == 1


def test_a_unit_that_sits_outside_hangs_under_the_issuer(imported: Engine, at: datetime) -> None:
    with db.write(imported) as session:
        known = ids(session)
        outside = Unit(code="990107001", kind="street", name="邻区一街道")
        session.add(outside)
        session.flush()
        elsewhere = known["990106001001"]
        session.execute(
            update(UnitLink)
            .where(UnitLink.tree == TERRITORY.value, UnitLink.unit == elsewhere)
            .values(parent=outside.id)
        )
        freeze_edition(session, session.get_one(Plan, 1), at=at)
        trees = dict(session.execute(select(Node.tree, func.count()).group_by(Node.tree)).all())
        node = get_node(session, 1, elsewhere, TERRITORY)
        depths = session.scalar(
            select(func.count(func.distinct(Node.path))).where(Node.tree == TERRITORY.value)
        )

    assert trees == {"responsibility": 439, "territory": 439}
    assert (node.parent, node.depth) == (known["990106"], 1)
    assert depths == 439


def own(known: dict[str, int], units: UnitList) -> set[int]:
    """The first street and its communities."""
    return {known[one.code] for one in units.units if "990106001" in (one.code, one.parent)}


def test_a_subtree_is_a_range_of_paths(frozen: Engine, units: UnitList) -> None:
    with db.read(frozen) as session:
        known = ids(session)
        street = known["990106001"]
        below = set(session.scalars(subtree_of(1, street)))
        around = set(session.scalars(subtree_of(1, street, TERRITORY)))
        children = children_of(session, 1, street)
        line = line_above(session, 1, known["990106001002"])

    assert below == own(known, units)
    assert below < around
    assert [one.code for one in children] == sorted(one.code for one in children)
    assert len(children) == 12
    assert [one.code for one in line] == ["990106", "990106001", "990106001002"]


def test_a_grant_reaches_its_subtree_and_no_other(frozen: Engine, units: UnitList) -> None:
    with db.read(frozen) as session:
        known = ids(session)
        plan = session.get_one(Plan, 1)
        reviewer = Actor("user", 1, "甲", (Grant(known["990106001"], Role.REVIEWER),))
        inside, outside = known["990106001002"], known["990106002001"]

        require_reach(session, plan, inside, reviewer, Role.REVIEWER, Role.ISSUER)
        require_reach(session, plan, inside, reviewer)
        with pytest.raises(NotAllowed, match="填报"):
            require_reach(session, plan, inside, reviewer, Role.REPORTER)
        for unit in (outside, known["990106"], 10**6):
            with pytest.raises(OutOfReach):
                require_reach(session, plan, unit, reviewer, Role.REVIEWER)
        nobody = Actor("user", 2, "乙", administrator=Role.SYSTEM_ADMIN)
        with pytest.raises(OutOfReach):
            require_reach(session, plan, inside, nobody)
        require_reach(session, plan, outside, OPERATOR, Role.REPORTER)
        reached = set(session.scalars(units_in_reach(1, reviewer, Role.REVIEWER)))
        everyone = set(session.scalars(units_in_reach(1, OPERATOR, Role.ISSUER)))

    assert reached == own(known, units)
    assert everyone == set(known.values())


def test_territory_gives_no_authority(frozen: Engine) -> None:
    with db.read(frozen) as session:
        street = get_unit(session, "990106001").id
        union = session.scalars(
            select(Node.unit)
            .join(Unit, Unit.id == Node.unit)
            .where(
                Node.tree == TERRITORY.value,
                Unit.kind == "grassroots_union",
                Node.unit.in_(subtree_of(1, street, TERRITORY)),
            )
            .limit(1)
        ).one()
        officer = Actor("user", 1, "甲", (Grant(street, Role.MANAGER),))

        with pytest.raises(OutOfReach):
            require_reach(session, session.get_one(Plan, 1), union, officer)


def test_units_of_another_line_are_no_part_of_the_plan(imported: Engine, at: datetime) -> None:
    with db.write(imported) as session:
        stray = get_unit(session, "990106001001").id
        session.execute(
            delete(UnitLink).where(UnitLink.unit == stray, UnitLink.tree == RESPONSIBILITY.value)
        )
        freeze_edition(session, session.get_one(Plan, 1), at=at)
        held = session.scalars(select(Node.tree).where(Node.unit == stray)).all()

    assert held == []
