"""What must hold of a list of units before any of it is kept; pure, all problems at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from shuangyong_core.errors import Problem
from shuangyong_core.guard.masking import mask


@dataclass(frozen=True, slots=True)
class UnitText:
    """One unit as the file has it: codes are text, an empty territory means the superior."""

    row: int
    code: str
    name: str
    kind: str
    parent: str
    territory: str = ""
    valid_from: str = ""
    bases: Mapping[str, int] = field(default_factory=dict)

    @property
    def sits_in(self) -> str:
        """The code of the unit in whose territory it lies."""
        return self.territory or self.parent


@dataclass(frozen=True, slots=True)
class UnitList:
    """The units of one file and what was put right while reading it."""

    name: str
    units: tuple[UnitText, ...]
    notes: tuple[str, ...] = ()


def check_units(
    listed: UnitList, *, known: Mapping[str, tuple[str, str]] | None = None
) -> list[Problem]:
    """This function will name duplicate codes, missing parents and cycles of both trees.

    `known` maps the codes kept already to their (superior, territory) codes.
    """
    known = known or {}
    problems = list(_duplicates(listed))
    codes = {unit.code for unit in listed.units} | set(known)
    problems += _missing(listed, codes)
    problems += _lost_zeros(listed, known)
    # One tree after the other: of a whole nation each is a large table.
    for column, at in (("parent_code", 0), ("territory_code", 1)):
        whole = {code: links[at] for code, links in known.items()}
        whole |= ((unit.code, (unit.parent, unit.sits_in)[at]) for unit in listed.units)
        problems += _cycles(listed, column=column, parents=whole)
    return problems


def _duplicates(listed: UnitList) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for unit in listed.units:
        if unit.code in first:
            yield _problem(
                listed,
                unit,
                "duplicate_code",
                f"编码与第 {first[unit.code]} 行重复，请只留一行。",
                "code",
                unit.code,
            )
        first.setdefault(unit.code, unit.row)


def _missing(listed: UnitList, codes: set[str]) -> Iterator[Problem]:
    for unit in listed.units:
        for column, code in (("parent_code", unit.parent), ("territory_code", unit.territory)):
            if code and code not in codes:
                yield _problem(
                    listed,
                    unit,
                    "missing_parent",
                    "没有这个编码的单位，请核对编码或先加入该单位。",
                    column,
                    code,
                )


def _lost_zeros(listed: UnitList, known: Collection[str]) -> Iterator[Problem]:
    """A spreadsheet takes the zeros off the front: 11010 is then another unit than 011010."""
    whole = {code.lstrip("0"): code for code in known if code.startswith("0")}
    for unit in listed.units:
        kept = whole.get(unit.code)
        if kept and unit.code not in known:
            message = f"库里有 {kept}，这里像是丢了开头的 0，单元格请设为文本格式再填。"
            yield _problem(listed, unit, "lost_zeros", message, "code", unit.code)


def _cycles(listed: UnitList, *, column: str, parents: Mapping[str, str]) -> Iterator[Problem]:
    reaches_root: dict[str, bool] = {}
    for start in parents:
        trail: dict[str, None] = {}
        code = start
        while code and code not in reaches_root and code not in trail:
            trail[code] = None
            code = parents.get(code, "")
        safe = not code or reaches_root.get(code, False)
        reaches_root.update(dict.fromkeys(trail, safe))
    for unit in listed.units:
        if not reaches_root[unit.code] and _is_on_cycle(unit.code, parents):
            yield _problem(
                listed,
                unit,
                "cycle",
                "沿上级往上走又回到本单位，请改正上级编码。",
                column,
                parents[unit.code],
            )


def _is_on_cycle(code: str, parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    at = parents.get(code, "")
    while at and at not in seen:
        if at == code:
            return True
        seen.add(at)
        at = parents.get(at, "")
    return False


def _problem(
    listed: UnitList, unit: UnitText, code: str, message: str, column: str, value: str
) -> Problem:
    shown = mask(value)
    return Problem(code, message, file=listed.name, row=unit.row, column=column, value=shown)
