"""The real change of divisions 2022 → 2023 of one province, replayed with figures in it."""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from shuangyong_core import db
from tests.amendments.small_year import SmallYear

PROVINCE = "64"
Divisions = dict[str, tuple[str, str, str]]  # code: name, kind, parent


def read_divisions(path: Path) -> Divisions:
    found: Divisions = {}
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(PROVINCE):
                code, name, kind, parent = line.rstrip("\n").split(",")
                found[code] = (name, kind, "" if code == PROVINCE else parent)
    return found


def acts_between(old: Divisions, new: Divisions) -> Iterator[str]:
    """What is gone goes to its namesake, else to a neighbour; what is new comes from one."""
    end = ",2026-07-01"
    beside: dict[str, list[str]] = defaultdict(list)
    for code, (_, kind, parent) in new.items():
        if kind == "community" and code in old:
            beside[parent].append(code)
    namesakes = {new[code][:2]: code for code in new if code not in old}
    born = set(new) - set(old)
    for code in sorted(set(old) - set(new), key=lambda code: (-len(code), code)):
        name, kind, parent = old[code]
        heir = namesakes.get((name, kind)) or next(iter(beside[parent]), None)
        if heir is None or kind != "community":
            yield f"撤销,{code},,,{end}"
            continue
        yield f"合并,{code},{heir},,{new[heir][0] if heir in born else ''}{end}"
        if heir in born and new[heir][2] != parent:
            yield f"划转,{heir},{new[heir][2]},,{end}"
        born.discard(heir)
    parts: dict[str, list[str]] = defaultdict(list)
    for code in sorted(born):
        street = new[code][2]
        near = [one for up in sorted(beside) if up[:6] == street[:6] for one in beside[up]]
        parts[next(iter(beside[street]), near[0])].append(code)
    for giver, codes in parts.items():
        yield f"拆分,{giver},{giver},,{end}"
        yield from (f"拆分,{giver},{code},,{new[code][0]}{end}" for code in codes)
        yield from (f"划转,{c},{new[c][2]},,{end}" for c in codes if new[c][2] != new[giver][2])
    for code in sorted(set(old) & set(new)):
        if old[code][0] != new[code][0]:
            yield f"更名,{code},,,{new[code][0]}{end}"


def test_a_province_goes_from_one_year_to_the_next_and_nothing_is_lost(
    shared_data: Path, new_database: Callable[[str], str]
) -> None:
    old = read_divisions(shared_data / "divisions-2022.csv.xz")
    new = read_divisions(shared_data / "divisions-2023.csv.xz")
    acts = list(acts_between(old, new))
    assert len(acts) > 25
    year = SmallYear.of(db.make_engine(new_database("sqlite")))
    rows = [f"{code},{name},{kind},{parent}" for code, (name, kind, parent) in old.items()]
    year.build(["code,name,kind,parent_code", *rows], issuer=PROVINCE)
    named = sorted({cell for act in acts for cell in act.split(",")[1:3] if cell in old})
    for number, code in enumerate(named):
        if old[code][1] == "community":
            year.report(code, 1, {1: number, 2: 3}, accept=True)
    year.fold()
    before = year.facts()

    year.reorganise(*acts)

    places = year.places()
    living = {code: up for code, up in places.items() if not up.endswith("~")}
    assert set(living) == set(new)
    assert {code for code in places if code not in new} == set(old) - set(new)
    # Moved by an act of its own only: the file of divisions hangs each where its code says.
    assert {code: up for code, up in living.items() if new[code][2] != up} == {}
    assert year.facts() == before
    names = dict(year.rows("SELECT code, name FROM unit"))
    assert {code: names[code] for code in new} == {code: one[0] for code, one in new.items()}
    # The round that is over, under the tree of then; those to come, under the tree of now.
    then = """SELECT u.code, p.code FROM node n JOIN unit u ON u.id = n.unit
        LEFT JOIN unit p ON p.id = n.parent JOIN round r ON r.plan = n.plan AND r.code = 'R1'
        WHERE n.tree = 'responsibility' AND n.from_edition <= r.closed_edition
        AND (n.to_edition IS NULL OR n.to_edition > r.closed_edition)"""
    assert {code: up or "" for code, up in year.rows(then)} == {c: one[2] for c, one in old.items()}
    owing = {code for code, (_, kind, _) in new.items() if kind in ("street", "community")}
    assert set(year.owners("T1", 3)) == owing
    year.check()
    year.engine.dispose()
