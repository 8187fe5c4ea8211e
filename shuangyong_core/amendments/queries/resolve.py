"""Acts by code become turns by unit: what is unknown, gone, out of reach or too late is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.amendments.queries.heirs import UNKNOWN, find_heir, find_site
from shuangyong_core.amendments.queries.resolved import Resolved
from shuangyong_core.amendments.queries.units_named import UnitKnown, units_within, what_became
from shuangyong_core.amendments.rules.acts import Act, ActKind, ActList, Turn
from shuangyong_core.units.models import SuccessionKind, Tree
from shuangyong_core.units.successions import Succession, lines_above, list_successions


def resolve(session: Session, listed: ActList, *, actor: Actor, today: date) -> Resolved:
    """This function will find the units of acts; it changes nothing."""
    codes = {code for act in listed.acts for code in (act.code, act.to, act.territory) if code}
    within, taken = units_within(session, codes, actor=actor)
    found = Resolved(listed, within, taken=taken)
    gone = what_became(session, found.units)
    for acts in _by_unit(found, listed):
        first = acts[0]
        if any(act.effective > today for act in acts):
            _too_late(found, acts, today)
        elif first.code not in found.units:
            found.wrong(first.row, "code", "unknown_unit", UNKNOWN, first.code)
        elif _is_done(session, found, acts, gone):
            found.done += acts
        elif first.code in gone:
            found.is_gone(first, "code", gone[first.code])
        else:
            _take(found, acts, gone)
    return found


def _by_unit(found: Resolved, listed: ActList) -> Iterator[list[Act]]:
    """The acts in order, the rows of one split together; a unit is moved or ended once."""
    seen: dict[tuple[str, bool], list[Act]] = {}
    for act in listed.acts:
        acts = seen.setdefault((act.code, act.kind is ActKind.RENAME), [])
        is_more = all(one.kind is ActKind.SPLIT for one in (*acts, act))
        if acts and (not is_more or act.to in [one.to for one in acts]):
            said = f"第 {acts[0].row} 行已经写过这个单位，请合成一行。"
            found.wrong(act.row, "code", "twice", said, act.code)
        else:
            acts.append(act)
    yield from seen.values()


def _is_done(
    session: Session, found: Resolved, acts: list[Act], gone: Mapping[str, list[Succession]]
) -> bool:
    """The same was done before: nothing is to be done, whatever became of it since."""
    first, unit = acts[0], found.units[acts[0].code]
    if first.kind is ActKind.RENAME:
        return unit.name == first.name
    if first.kind is ActKind.MOVE:
        is_there = unit.id > 0 and first.code not in gone
        return is_there and _stands_there(session, found, first, unit)
    heirs = {one.new for one in list_successions(session, [first.code])}
    kinds = {one.kind for one in gone.get(first.code, ())}
    if first.kind is ActKind.ABOLISH:
        return SuccessionKind.ABOLISH in kinds
    return {act.to for act in acts} - {first.code} <= heirs


def _stands_there(session: Session, found: Resolved, act: Act, unit: UnitKnown) -> bool:
    for tree, code in ((Tree.RESPONSIBILITY, act.to), (Tree.TERRITORY, act.territory)):
        if code:
            line = lines_above(session, [unit.id], tree=tree)
            if code not in found.units or line[unit.id].parent != found.units[code].id:
                return False
    return True


def _too_late(found: Resolved, acts: list[Act], today: date) -> None:
    for act in acts:
        if act.effective > today:
            said = f"生效日期不能晚于今天（{today}），到了那天再办。"
            found.wrong(act.row, "effective", "future", said, act.effective.isoformat())


def _take(found: Resolved, acts: list[Act], gone: Mapping[str, list[Succession]]) -> None:
    first, unit = acts[0], found.units[acts[0].code]
    if first.kind is ActKind.RENAME:
        found.renames.append((first, unit))
        return
    heirs = [find_heir(found, act, unit, gone) for act in acts if act.to]
    site = find_site(found, first, gone)
    if any(heir is None for heir in heirs) or (first.territory and site is None):
        return
    to = tuple(heir for heir in heirs if heir is not None)
    if first.kind is ActKind.SPLIT and not set(to) - {unit.id}:
        found.wrong(first.row, "to", "no_heir", "拆分要写明至少一个另外的承接单位。", first.to)
        return
    since = max(act.effective for act in acts)
    given = zip([act for act in acts if act.to], to, strict=True)
    bases = tuple((heir, *base) for act, heir in given for base in act.bases)
    found.turns.append(Turn(first.row, first.kind, unit.id, to, site, since, bases))
