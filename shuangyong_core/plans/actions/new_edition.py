"""A change of units in a running plan: a new edition, in which some units stand elsewhere.

Rounds that are over keep the edition they closed in. What did not move is not touched.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, Text, bindparam, cast, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Refused
from shuangyong_core.plans.models import LAST_BELOW, LEVEL, LONGEST_PATH, Edition, Node, Round
from shuangyong_core.plans.queries.places import current_edition, places_of
from shuangyong_core.units.models import Tree

MOST_BELOW = 10**LEVEL - 1
COLUMNS = ["plan", "tree", "unit", "from_edition", "parent", "depth", "path", "is_silent"]


class TooDeep(Refused):
    """A unit would stand deeper than a path can say."""

    message = "单位最多 {most} 级，这样调整后会超过，请核对去向。"
    code = "too_deep"


class TooMany(Refused):
    """A unit would have more units right below it than a path can number."""

    message = "一个单位下面最多 {most} 个单位，这样调整后会超过，请核对去向。"
    code = "too_many_below"


def close_rounds(session: Session, plan: int, *, today: date) -> None:
    """This function will keep for every round that is over in which edition it closed."""
    over = (Round.plan == plan, Round.locks_on < today, Round.closed_edition.is_(None))
    session.execute(
        update(Round).where(*over).values(closed_edition=current_edition(session, plan))
    )


def open_edition(session: Session, plan: int, *, effective: date, at: datetime) -> int:
    """This function will number a new edition; rounds that are over keep the one before."""
    close_rounds(session, plan, today=shanghai_date(at))
    no = current_edition(session, plan) + 1
    row = {"plan": plan, "no": no, "effective": effective, "applied_at": at}
    session.execute(insert(Edition).values(row))
    return no


def hang_nodes(
    session: Session, plan: int, *, tree: Tree, edition: int, parents: Mapping[int, int]
) -> None:
    """This function will put units under other parents in an edition, in the order given.

    One that is in the plan takes all below it along; a new one is added. TooDeep, TooMany.
    """
    for unit, parent in parents.items():
        places = places_of(session, plan, (unit, parent), tree=tree)
        above, mine = places[parent].path, places.get(unit)
        path = above + _next_step(session, plan, tree, parent)
        place = {"of_plan": plan, "in_tree": tree.value, "edition": edition, "parent": parent}
        if mine is None:
            _add(session, place, unit=unit, path=path)
        else:
            _move(session, place, unit=unit, old=mine.path, new=path)


def hush_nodes(
    session: Session, plan: int, *, tree: Tree, edition: int, units: Collection[int]
) -> None:
    """This function will let units that are gone only keep their figures from an edition on."""
    for unit in sorted(units):
        place = places_of(session, plan, (unit,), tree=tree)[unit]
        only = {"of_plan": plan, "in_tree": tree.value, "edition": edition}
        # Its own node alone: what was below it hangs elsewhere by now.
        _copy(session, only, old=place.path, new=place.path, last=place.path)
        session.execute(
            update(Node).where(*_standing(plan, tree), Node.unit == unit).values(is_silent=True)
        )


def _add(session: Session, place: dict[str, Any], *, unit: int, path: str) -> None:
    _check(path)
    row = {"plan": place["of_plan"], "tree": place["in_tree"], "unit": unit, "path": path}
    row |= {"from_edition": place["edition"], "parent": place["parent"]}
    session.execute(insert(Node).values(**row, depth=len(path) // LEVEL - 1))


def _move(session: Session, place: dict[str, Any], *, unit: int, old: str, new: str) -> None:
    only = {name: value for name, value in place.items() if name != "parent"}
    deepest = _deepest(session, only, old)
    _check(new + deepest[len(old) :])
    _copy(session, only, old=old, new=new, last=old + LAST_BELOW)
    session.execute(
        update(Node)
        .where(*_standing(place["of_plan"], Tree(place["in_tree"])), Node.unit == unit)
        .values(parent=place["parent"])
    )


def _copy(session: Session, only: dict[str, Any], *, old: str, new: str, last: str) -> None:
    """The rows of a range of paths: ended and written anew, or put right if they are new."""
    shift = (len(new) - len(old)) // LEVEL
    asked = only | {"old": old, "last": last, "new": new, "rest": len(old) + 1, "shift": shift}
    connection = session.connection()
    connection.execute(_put_right(), asked)
    connection.execute(_write(), asked)
    ended = {name: asked[name] for name in ("of_plan", "in_tree", "edition", "old", "last")}
    connection.execute(_end(), ended)


def _check(path: str) -> None:
    if len(path) > LONGEST_PATH:
        raise TooDeep(most=LONGEST_PATH // LEVEL)


def _deepest(session: Session, only: dict[str, Any], path: str) -> str:
    longest = select(Node.path).where(
        *_standing(only["of_plan"], Tree(only["in_tree"])),
        Node.path >= path,
        Node.path <= path + LAST_BELOW,
    )
    return session.scalars(longest.order_by(Node.depth.desc()).limit(1)).one()


def _next_step(session: Session, plan: int, tree: Tree, parent: int) -> str:
    last = session.scalar(
        select(func.max(Node.path)).where(*_standing(plan, tree), Node.parent == parent)
    )
    number = int(last[-LEVEL:]) + 1 if last else 1
    if number > MOST_BELOW:
        raise TooMany(most=MOST_BELOW)
    return f"{number:0{LEVEL}}"


def _standing(plan: int, tree: Tree, node: type[Node] = Node) -> tuple[Any, ...]:
    return node.plan == plan, node.tree == tree.value, node.to_edition.is_(None)


def _in_range(node: Any) -> tuple[Any, ...]:
    return (
        node.plan == bindparam("of_plan"),
        node.tree == bindparam("in_tree"),
        node.to_edition.is_(None),
        node.path >= bindparam("old"),
        node.path <= bindparam("last"),
    )


def _new_path(node: Any) -> Any:
    return cast(bindparam("new"), Text).concat(func.substr(node.path, bindparam("rest")))


@cache
def _write() -> Executable:
    old = aliased(Node)
    rows = select(
        old.plan, old.tree, old.unit, bindparam("edition", type_=Node.from_edition.type),
        old.parent, old.depth + bindparam("shift", type_=Node.depth.type), _new_path(old),
        old.is_silent,
    ).where(*_in_range(old), old.from_edition < bindparam("edition"))  # fmt: skip
    return insert(Node).from_select(COLUMNS, rows)


@cache
def _end() -> Executable:
    earlier = Node.from_edition < bindparam("edition")
    return update(Node).where(*_in_range(Node), earlier).values(to_edition=bindparam("edition"))


@cache
def _put_right() -> Executable:
    """Rows of this very edition that an earlier act of it wrote."""
    shifted = Node.depth + bindparam("shift", type_=Node.depth.type)
    return (
        update(Node)
        .where(*_in_range(Node), Node.from_edition == bindparam("edition"))
        .values(path=_new_path(Node), depth=shifted)
    )
