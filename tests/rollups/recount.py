"""A recount in plain Python from the rows of reports, with none of the product's code.

It knows no levels and no dirty keys: a cell is all the leaves of its subtree, taken at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

COUNTS = [
    "expected",
    "reported",
    "accepted",
    "pending",
    "returned",
    "reviewing",
    "on_time",
    "not_involved",
]
Row = dict[str, Any]
Key = tuple[str, int, int, int | None]  # tree, unit, target, round; None is the year to date


def rows(connection: Connection, sql: str) -> list[Row]:
    return [dict(row) for row in connection.execute(text(sql)).mappings()]


def day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def shanghai(value: Any) -> date:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment.astimezone(UTC) + timedelta(hours=8)).date()


def leaf_states(connection: Connection) -> dict[tuple[int, int, int], Row]:
    """Every unit's own state of every target in every round."""
    reports = {(r["unit"], r["round"]): r for r in rows(connection, "SELECT * FROM report")}
    sent = {(s["report"], s["no"]): s for s in rows(connection, "SELECT * FROM submission")}
    live = {
        a["report"]: a["no"]
        for a in rows(connection, "SELECT * FROM acceptance WHERE revoked_at IS NULL")
    }
    figures = {
        (f["report"], f["no"], f["indicator"]): f for f in rows(connection, "SELECT * FROM figure")
    }
    keys: dict[Any, set[str]] = defaultdict(set)
    for k in rows(connection, "SELECT * FROM figure_key"):
        keys[k["report"], k["no"], k["indicator"]].add(k["key"])
    codes = {u["id"]: u["code"] for u in rows(connection, "SELECT id, code FROM unit")}
    targets = targets_by_id(connection)
    found: dict[tuple[int, int, int], Row] = {}
    for due in rows(connection, "SELECT * FROM due_item WHERE valid_to IS NULL"):
        target = targets[due["target"]]
        report = reports.get((due["unit"], due["round"]))
        status = report["status"] if report else "draft"
        no = live.get(report["id"]) if report else None
        first = sent.get((report["id"], 1)) if report else None
        key = (report["id"], no, target["indicator"]) if report else None
        figure = figures.get(key) if key else None
        state = figure["state"] if figure else None
        of_report = states_of(figures, report, target["indicator"])
        is_there = report is None or of_report.get(report["latest_no"]) != "missing"
        counts = no is not None and state != "missing"
        is_reported = (status != "draft" and is_there) or counts
        if report and day(due["due"]) > day(due["first_due"]):
            brought = [no for no, state in of_report.items() if state != "missing"]
            first = sent.get((report["id"], min(brought, default=0)))
        row = {
            "expected": 1,
            "reported": int(is_reported),
            "accepted": int(state in ("reported", "not_involved")),
            "pending": int(status in ("submitted", "checked") and is_there and not counts),
            "returned": int(status == "returned" and is_there),
            "reviewing": int(status == "reopened" and is_there),
            "on_time": int(
                is_reported and first is not None and shanghai(first["at"]) <= day(due["due"])
            ),
            "not_involved": int(state == "not_involved"),
            "has": state == "reported",
            "keys": keys[key] if key and state == "reported" else set(),
            "numerator": figure["numerator"] if figure else None,
            "denominator": figure["denominator"] if figure else None,
            "as_of": shanghai(sent[report["id"], no]["at"]) if report and no else None,
            "code": codes[due["unit"]],
        }
        found[due["unit"], due["target"], due["round"]] = row
    for c in rows(connection, "SELECT * FROM counted"):
        done = int(c["numerator"] > 0)
        row = dict.fromkeys(COUNTS, 0) | {"expected": 1, "reported": done, "accepted": done}
        row |= {"has": True, "keys": set(), "numerator": c["numerator"]}
        row |= {"denominator": c["denominator"], "as_of": shanghai(c["at"])}
        found[c["unit"], c["target"], c["round"]] = row | {"code": codes[c["unit"]]}
    return found


def states_of(figures: dict[Any, Row], report: Row | None, indicator: int) -> dict[int, str]:
    """What was said of an indicator in each submission of a report, by number."""
    return {
        key[1]: figure["state"]
        for key, figure in figures.items()
        if report and key[0] == report["id"] and key[2] == indicator
    }


def targets_by_id(connection: Connection) -> dict[int, Row]:
    sql = "SELECT t.id, t.plan, t.indicator, i.kind, i.over_units, i.over_time"
    found = rows(connection, f"{sql} FROM target t JOIN indicator i ON i.id = t.indicator")
    return {target["id"]: target for target in found}


def over_rounds(target: Row, states: list[Row]) -> Row:
    """One unit's year from its rounds, given in order of their due dates."""
    year: Row = {name: sum(s[name] for s in states) for name in COUNTS}
    with_value = [s for s in states if s["has"] and s["numerator"] is not None]
    if target["over_units"] == "distinct":
        with_value = [s for s in states if s["has"]]
    latest = with_value[-1] if with_value else None
    year["keys"] = set().union(*(s["keys"] for s in states))
    year["code"] = states[0]["code"]
    year["has"] = latest is not None
    year["involved"] = int(any(not s["not_involved"] for s in states))
    year["as_of"] = max((s["as_of"] for s in with_value), default=None)
    if target["over_time"] == "latest" or target["over_units"] == "all_done":
        year["numerator"] = latest and latest["numerator"]
        year["denominator"] = latest and latest["denominator"]
        year["as_of"] = latest and latest["as_of"]
    else:
        for name in ("numerator", "denominator"):
            some = [s[name] for s in with_value if s[name] is not None]
            year[name] = sum(some) if some else None
    return year


def over_units(target: Row, leaves: list[Row], own: list[Row]) -> tuple[int | None, int | None]:
    """The value of these leaves together; `own` are those of the node itself."""
    operator = target["over_units"]
    has = [leaf for leaf in leaves if leaf["has"]]
    valued = [leaf for leaf in has if leaf["numerator"] is not None]
    if operator == "none":
        return None, None
    if operator == "all_done":
        return sum(is_done(target, x) for x in leaves), sum(involved(x) for x in leaves)
    if operator == "distinct":
        return (len(set().union(*(leaf["keys"] for leaf in has))) if has else None), None
    if operator == "latest":
        newest = max(valued, key=lambda x: (x["as_of"], x["code"].encode()), default=None)
        return (newest["numerator"], newest["denominator"]) if newest else (None, None)
    if operator == "max":
        return max((leaf["numerator"] for leaf in valued), default=None), None
    if operator == "own":
        valued = [leaf for leaf in own if leaf["has"]]
    return (
        added(leaf["numerator"] for leaf in valued),
        added(leaf["denominator"] for leaf in valued),
    )


def added(values: Iterable[int | None]) -> int | None:
    some = [value for value in values if value is not None]
    return sum(some) if some else None


def is_done(target: Row, leaf: Row) -> int:
    return int(leaf["has"] and (target["kind"] != "yes_no" or leaf["numerator"] == 1))


def involved(leaf: Row) -> int:
    return int(leaf.get("involved", 1 - leaf["not_involved"]))


def cells(connection: Connection) -> dict[Key, Row]:
    """Every cell of every inner node, in both trees, in each round and in the year."""
    targets = targets_by_id(connection)
    order = {
        r["id"]: (day(r["due_date"]), r["id"]) for r in rows(connection, "SELECT * FROM round")
    }
    states = leaf_states(connection)
    leaves: dict[tuple[int, int, int | None], Row] = dict(states)
    years: dict[tuple[int, int], list[tuple[Any, Row]]] = defaultdict(list)
    for (unit, target, round_), state in states.items():
        years[unit, target].append((order[round_], state))
    for (unit, target), by_round in years.items():
        ordered = [state for _, state in sorted(by_round, key=lambda pair: pair[0])]
        leaves[unit, target, None] = over_rounds(targets[target], ordered)
    found: dict[Key, Row] = {}
    for tree, unit, below in subtrees(connection):
        mine: dict[tuple[int, int | None], list[tuple[int, Row]]] = defaultdict(list)
        for (holder, target, round_), leaf in leaves.items():
            if holder in below:
                mine[target, round_].append((holder, leaf))
        for (target, round_), held in mine.items():
            every = [leaf for _, leaf in held]
            own = [leaf for holder, leaf in held if holder == unit]
            within = [leaf for holder, leaf in held if holder != unit]
            row = {name: sum(leaf[name] for leaf in every) for name in COUNTS}
            row["value"] = over_units(targets[target], every, own)
            row["within"] = value_within(targets[target], within)
            found[tree, unit, target, round_] = row
    return found


def value_within(target: Row, within: list[Row]) -> tuple[int | None, int | None]:
    if target["over_units"] == "own" or not within:
        return None, None
    return over_units(target, within, [])


def subtrees(connection: Connection) -> list[tuple[str, int, set[int]]]:
    """Every inner node with all the units below it, itself included, by following parents."""
    nodes = rows(connection, "SELECT tree, unit, parent FROM node WHERE to_edition IS NULL")
    parents = {(n["tree"], n["unit"]): n["parent"] for n in nodes}
    below: dict[tuple[str, int], set[int]] = defaultdict(set)
    for tree, unit in parents:
        above: int | None = unit
        while above is not None:
            below[tree, above].add(unit)
            above = parents[tree, above]
    return [(tree, unit, held) for (tree, unit), held in below.items() if len(held) > 1]
