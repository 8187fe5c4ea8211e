"""An independent count of what a launch must make, from the two files alone."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Unit = dict[str, str]
Units = dict[str, Unit]
Plan = dict[str, Any]
Target = dict[str, Any]

LINJIANG = Path(__file__).parents[2] / "examples" / "linjiang"


def read_units(path: Path = LINJIANG / "units.csv") -> Units:
    """The rows of a units file with an English header, by code."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    units = {row["code"]: row for row in rows}
    if len(units) != len(rows):
        raise ValueError(f"{path.name}: a code stands twice")
    return units


def read_plan(path: Path = LINJIANG / "plan.yaml") -> Plan:
    """The plan as plain lists and dictionaries."""
    plan: Plan = yaml.safe_load(path.read_text(encoding="utf-8"))
    return plan


def path_to_root(units: Units, code: str, *, by: str = "responsibility") -> list[str]:
    """The unit and every unit above it, the root last."""
    path = [code]
    while parent := parent_of(units[path[-1]], by=by):
        if parent in path:
            raise ValueError(f"{code}: a cycle above it")
        path.append(parent)
    return path


def parent_of(unit: Unit, *, by: str) -> str:
    """The unit above in that tree; an empty territory means the responsible superior."""
    if by == "territory":
        return unit.get("territory_code") or unit["parent_code"]
    return unit["parent_code"]


def units_named(units: Units, who: list[str]) -> set[str]:
    """The codes meant by a list of kinds and codes."""
    return {code for code, unit in units.items() if code in who or unit["kind"] in who}


def groups(plan: Plan, target: Target) -> Iterator[tuple[list[str], list[str], dict[str, Any]]]:
    """Each group of reporters of a target: who, in which rounds, with which goal."""
    all_rounds = [one["code"] for one in plan["rounds"]]
    for group in target["reported_by"]:
        if isinstance(group, str):
            group = {"who": [group]}
        rounds = group.get("rounds", target.get("rounds"))
        goal = group.get("goal", target.get("goal"))
        yield group["who"], all_rounds if rounds == "all" else rounds, goal


def reporters(units: Units, plan: Plan, target: Target) -> set[str]:
    """The units that report a target, in whichever group; none for an automatic target."""
    if "automatic" in target:
        return set()
    return {code for who, _, _ in groups(plan, target) for code in units_named(units, who)}


def assigned(units: Units, plan: Plan, target: Target) -> set[str]:
    """The units holding an assignment of a target: reporters and all above, or the automatic."""
    if "automatic" in target:
        return units_named(units, target["automatic"]["who"])
    issuer = plan["plan"]["issuer"]
    held: set[str] = set()
    for code in reporters(units, plan, target):
        path = path_to_root(units, code)
        held.update(path[: path.index(issuer) + 1])
    return held


def due_items(units: Units, plan: Plan) -> set[tuple[str, str, str]]:
    """Every (target, unit, round) that is to be reported."""
    return {
        (target["code"], code, one)
        for target in plan["targets"]
        if "automatic" not in target
        for who, rounds, _ in groups(plan, target)
        for code in units_named(units, who)
        for one in rounds
    }


def assignments_per_target(units: Units, plan: Plan) -> dict[str, int]:
    """How many units hold each target."""
    return {one["code"]: len(assigned(units, plan, one)) for one in plan["targets"]}


def quotas_per_target(units: Units, plan: Plan) -> dict[str, int]:
    """How many quotas each target has: one an assignment under a total or an each goal."""
    counts = {}
    for target in plan["targets"]:
        counts[target["code"]] = 0
        if "automatic" not in target:
            held: set[str] = set()
            for who, _, goal in groups(plan, target):
                if "total" in goal or "each" in goal:
                    held |= assigned(units, plan, {"reported_by": [{"who": who, "rounds": []}]})
            counts[target["code"]] = len(held)
    return counts


def items_per_round(units: Units, plan: Plan) -> Counter[str]:
    """How many items each round asks for."""
    return Counter(one for _, _, one in due_items(units, plan))


def numbers_asked(plan: Plan, target: Target) -> int:
    """The boxes one item asks for: one, or as many as a yes/no has ticks."""
    indicator = next(one for one in plan["indicators"] if one["code"] == target["indicator"])
    return len(indicator.get("parts", {}).get("tick", [])) or 1


def burden(units: Units, plan: Plan) -> dict[str, tuple[int, int]]:
    """The rounds and the numbers a year of each unit that reports."""
    asked = {target["code"]: numbers_asked(plan, target) for target in plan["targets"]}
    rounds: dict[str, set[str]] = {}
    numbers: Counter[str] = Counter()
    for target, unit, one in due_items(units, plan):
        rounds.setdefault(unit, set()).add(one)
        numbers[unit] += asked[target]
    return {unit: (len(rounds[unit]), numbers[unit]) for unit in rounds}


def clauses(target: Target) -> list[str]:
    """The clauses of the seed a target names."""
    return [one.strip() for one in target["source"].split(";")]
