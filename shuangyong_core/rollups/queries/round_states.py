"""The states of one round at some units and at those beside them: one statement for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from shuangyong_core.plans.models import Node
from shuangyong_core.plans.queries.tree import has_children
from shuangyong_core.rollups.models import COUNTS, Cell, LeafState
from shuangyong_core.rollups.queries.place import UnitRef
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.units.models import Tree, Unit

Units = Select[tuple[int]] | Sequence[int]
NODE, UNIT = Node.__table__, Unit.__table__
VALUES = ("numerator", "denominator")


class Here(NamedTuple):
    """A target at a unit in the round, with all below it; `is_asked` or only beside one asked."""

    unit: UnitRef
    superior: str
    parent: int | None
    is_inner: bool
    is_asked: bool
    target: int
    tally: Tally
    numerator: int | None
    denominator: int | None

    @property
    def group(self) -> tuple[int | None, str, int]:
        """Who it is compared with: the same kind under the same superior, for the same target."""
        return self.parent, self.unit.kind, self.target


def states_in_round(session: Session, plan: int, round: int, units: Units) -> list[Here]:
    """This function will read a round's states of units and of their peers, in tree order."""
    asked = frozenset(session.scalars(_asked(plan, units)))
    found = union_all(_read(plan, round, units, inner=True), _read(plan, round, units, inner=False))
    read = found.subquery()
    rows = session.execute(select(read).order_by(read.c.path))
    return [_here(row, asked) for row in rows]


def peers(plan: int, units: Units) -> Select[tuple[int]]:
    """This function will select units with all that stand under the same superiors."""
    beside, mine = aliased(Node), aliased(Node)
    parents = select(mine.parent).where(*_today(mine, plan), mine.unit.in_(units))
    return select(beside.unit).where(
        *_today(beside, plan), or_(beside.parent.in_(parents), beside.unit.in_(units))
    )


def _asked(plan: int, units: Units) -> Select[tuple[int]]:
    return select(Node.unit).where(*_today(Node, plan), Node.unit.in_(units))


def _today(node: Any, plan: int) -> tuple[Any, ...]:
    return (
        node.plan == plan,
        node.tree == Tree.RESPONSIBILITY.value,
        node.to_edition.is_(None),
    )


def _read(plan: int, round: int, units: Units, *, inner: bool) -> Select[Any]:
    """Cells of inner units, leaf states of childless ones."""
    state = (Cell if inner else LeafState).__table__
    above = UNIT.alias("above")
    columns = [state.c[name] for name in ("target", *COUNTS, *VALUES)]
    statement = (
        select(UNIT.c.code, UNIT.c.id, UNIT.c.name, UNIT.c.kind, above.c.name.label("superior"))
        .add_columns(NODE.c.parent, NODE.c.path, literal(int(inner)).label("inner"), *columns)
        .select_from(NODE.join(UNIT, UNIT.c.id == NODE.c.unit))
        .join(state, state.c.unit == NODE.c.unit)
        .outerjoin(above, above.c.id == NODE.c.parent)
        .where(*_today(NODE.c, plan), state.c.round == round, NODE.c.unit.in_(peers(plan, units)))
    )
    if inner:
        return statement.where(state.c.tree == NODE.c.tree)
    return statement.where(~has_children(NODE))


def _here(row: Any, asked: frozenset[int]) -> Here:
    code, unit, name, kind, superior, parent, _path, inner, target, *rest = row
    return Here(
        unit=UnitRef(code, unit, name, kind),
        superior=superior or "",
        parent=parent,
        is_inner=bool(inner),
        is_asked=unit in asked,
        target=target,
        tally=Tally(*rest[: len(COUNTS)]),
        numerator=rest[-2],
        denominator=rest[-1],
    )
