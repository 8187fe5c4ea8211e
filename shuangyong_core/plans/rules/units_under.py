"""The units a plan can reach: those under its issuer, by kind and code, with their bases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shuangyong_core.units.rules import UnitList, UnitText


@dataclass(frozen=True, slots=True)
class UnitsUnder:
    """A list of units seen from the issuer of a plan."""

    issuer: str
    units: Mapping[str, UnitText]  # under the issuer by responsibility, the issuer too
    everywhere: frozenset[str]
    by_kind: Mapping[str, tuple[str, ...]]
    sitting_in: Mapping[str, tuple[str, ...]] = field(repr=False)

    def reporters(self, who: Iterable[str]) -> tuple[str, ...]:
        """This function will give the codes meant by kinds and codes, each once."""
        found: dict[str, None] = {}
        for word in who:
            if word in self.units:
                found[word] = None
            else:
                found.update(dict.fromkeys(self.by_kind.get(word, ())))
        return tuple(found)

    def base(self, code: str, key: str) -> int | None:
        """This function will give a unit's base, or the sum of its territory, or None."""
        unit = self.units.get(code)
        if unit is not None and key in unit.bases:
            return unit.bases[key]
        below = [self.base(child, key) for child in self.sitting_in.get(code, ())]
        known = [value for value in below if value is not None]
        return sum(known) if known else None


def see_from(issuer: str, listed: UnitList) -> UnitsUnder | None:
    """This function will see a list from the issuer down; None when the issuer is not in it."""
    by_code = {unit.code: unit for unit in listed.units}
    if issuer not in by_code:
        return None
    below: dict[str, list[str]] = {}
    sitting: dict[str, list[str]] = {}
    for unit in listed.units:
        below.setdefault(unit.parent, []).append(unit.code)
        sitting.setdefault(unit.sits_in, []).append(unit.code)
    reached: dict[str, UnitText] = {}
    waiting = [issuer]
    while waiting:
        code = waiting.pop()
        if code not in reached:
            reached[code] = by_code[code]
            waiting.extend(below.get(code, ()))
    by_kind: dict[str, list[str]] = {}
    for code in sorted(reached):
        by_kind.setdefault(reached[code].kind, []).append(code)
    return UnitsUnder(
        issuer,
        reached,
        frozenset(by_code),
        {kind: tuple(codes) for kind, codes in by_kind.items()},
        {code: tuple(codes) for code, codes in sitting.items()},
    )
