"""Bringing units in: all of a file or nothing; the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.orm import Session

from shuangyong_core.audit.actions import record
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.units.models import Tree, Unit, UnitBase, UnitLink, UnitName
from shuangyong_core.units.queries import get_links
from shuangyong_core.units.rules import UnitList, UnitText, check_units

BATCH = 5000


class KindChanged(Refused):
    """A known code comes back as another kind or under another superior."""

    message = "有 {count} 个已有单位的类型或上级与库里不同，改隶属请用 units reorganise。"
    code = "unit_changed"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: counts of units and bases."""

    new: int
    renamed: int
    same: int
    bases: int
    notes: tuple[str, ...] = ()


def import_units(session: Session, listed: UnitList, *, actor: str, at: datetime) -> Imported:
    """This function will keep a list of units; `Problems` or `KindChanged` leave all as it was."""
    known = get_links(session)
    problems = check_units(
        listed, known={code: (u.parent, u.territory) for code, u in known.items()}
    )
    if problems:
        raise Problems(problems)
    _refuse_changes(listed, known)
    fresh = [unit for unit in listed.units if unit.code not in known]
    _insert(session, Unit, ({"code": u.code, "kind": u.kind, "name": u.name} for u in fresh))
    ids = dict(session.execute(select(Unit.code, Unit.id)).tuples().all())
    since = shanghai_date(at)
    for tree in Tree:
        _insert(session, UnitLink, (_link(unit, tree, ids, since) for unit in fresh))
    renamed = [u for u in listed.units if u.code in known and known[u.code].name != u.name]
    if renamed:
        was = [{"unit": ids[u.code], "valid_to": at, "name": known[u.code].name} for u in renamed]
        _insert(session, UnitName, was)
        session.connection().execute(
            update(Unit).where(Unit.code == bindparam("this")).values(name=bindparam("to")),
            [{"this": unit.code, "to": unit.name} for unit in renamed],
        )
    bases = _keep_bases(session, listed.units, ids, since)
    same = len(listed.units) - len(fresh) - len(renamed)
    done = Imported(len(fresh), len(renamed), same, bases, listed.notes)
    if done.new or done.renamed or done.bases:
        detail = {"new": done.new, "renamed": done.renamed, "bases": done.bases}
        record(session, act="units.import", subject=listed.name, actor=actor, at=at, detail=detail)
    return done


def _refuse_changes(listed: UnitList, known: Mapping[str, Any]) -> None:
    changed = []
    for unit in listed.units:
        old = known.get(unit.code)
        if old is None:
            continue
        for column, now, then in (
            ("kind", unit.kind, old.kind),
            ("parent_code", unit.parent, old.parent),
            ("territory_code", unit.sits_in, old.territory),
        ):
            if now != then:
                message = f"库里是 {then or '空'}，改隶属请用 units reorganise。"
                changed.append(
                    Problem(
                        "unit_changed",
                        message,
                        file=listed.name,
                        row=unit.row,
                        column=column,
                        value=now,
                    )
                )
    if changed:
        raise KindChanged(problems=changed, count=len(changed))


def _link(unit: UnitText, tree: Tree, ids: Mapping[str, int], since: date) -> dict[str, Any]:
    above = unit.parent if tree is Tree.RESPONSIBILITY else unit.sits_in
    start = date.fromisoformat(unit.valid_from) if unit.valid_from else since
    return {
        "tree": str(tree),
        "unit": ids[unit.code],
        "parent": ids[above] if above else None,
        "valid_from": start,
    }


def _keep_bases(
    session: Session, units: Sequence[UnitText], ids: Mapping[str, int], since: date
) -> int:
    latest: dict[tuple[int, str], tuple[date | None, int | None]] = {}
    rows = select(UnitBase.unit, UnitBase.key, UnitBase.date, UnitBase.value)
    for unit, key, day, value in session.execute(rows.order_by(UnitBase.date)):
        latest[unit, key] = (day, value)
    return _insert(session, UnitBase, _new_bases(session, units, ids, latest, since))


def _new_bases(
    session: Session,
    units: Sequence[UnitText],
    ids: Mapping[str, int],
    latest: Mapping[tuple[int, str], tuple[date | None, int | None]],
    since: date,
) -> Iterator[dict[str, Any]]:
    """The values that differ from the latest; one kept today already is set to it in place."""
    for listed in units:
        unit = ids[listed.code]
        for key, value in listed.bases.items():
            kept_on, old = latest.get((unit, key), (None, None))
            if old == value:
                continue
            if kept_on != since:
                yield {"unit": unit, "key": key, "date": since, "value": value}
                continue
            session.execute(
                update(UnitBase)
                .where(UnitBase.unit == unit, UnitBase.key == key, UnitBase.date == since)
                .values(value=value)
            )


def _insert(session: Session, model: Any, rows: Iterable[dict[str, Any]]) -> int:
    """Batch by batch, so that only one of them stands in memory; gives how many rows."""
    connection: Connection = session.connection()
    left, count = iter(rows), 0
    while batch := list(islice(left, BATCH)):
        connection.execute(insert(model.__table__), batch)
        count += len(batch)
    return count
