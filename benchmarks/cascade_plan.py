"""A district and a yearly plan as large as a measurement asks for: every kind of goal, in turn."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

ROUNDS = [
    {"code": "R1", "title": "上半年", "due_date": "2026-07-10", "done_by": "2026-06-30"},
    {"code": "R2", "title": "全年", "due_date": "2026-12-10", "done_by": "2026-11-30"},
]
HEAD = {
    "year": 2026, "title": "2026年度双拥工作计划", "basis": "示例", "approved_by": "示例",
    "inflation_limit": "1.05", "lead_workdays": 5, "review_levels": 1, "max_rounds": 6,
    "within": {"acknowledge": 3, "decompose": 5, "review": 3, "correct": 2},
}  # fmt: skip
MEASURES = {
    "count": {"kind": "count", "unit": "次", "over_units": "sum", "over_time": "sum"},
    "ratio": {"kind": "ratio", "unit": "%", "over_units": "ratio", "over_time": "latest"},
    "yes_no": {"kind": "yes_no", "unit": "项", "over_units": "all_done", "over_time": "latest"},
}


def units_csv(streets: int, communities: int) -> bytes:
    """This function will write the invented district with so many streets and communities."""
    lines = ["code,name,kind,parent_code,base:households", "990106,临江区,district,,"]
    for street in range(1, streets + 1):
        code = f"990106{street:03}"
        lines.append(f"{code},街道{street},street,990106,{3 * street}")
        lines += [
            f"{code}{number:03},社区{street}-{number},community,{code},{some(street, number)}"
            for number in range(1, communities + 1)
        ]
    return "\n".join(lines).encode()


def some(*numbers: int) -> int:
    """This function will give a number from 3 to 999 that looks drawn and is always the same."""
    return sum(7919 * number**2 + 104_729 * number for number in numbers) % 997 + 3


def plan_yaml(
    code: str, issuer: str, *, targets: int, reported_by: Sequence[str], total: int
) -> bytes:
    """This function will write a plan of so many targets, all reported by the same kinds."""
    goals: list[tuple[str, dict[str, object]]] = [
        ("count", {"total": total, "split": "equal"}),
        ("count", {"each": 4}),
        ("ratio", {"ratio": "0.95"}),
        ("count", {"total": 3 * total, "split": "base:households"}),
        ("yes_no", {"done": True}),
        ("count", {"none": True}),
    ]
    indicators, chosen = [], []
    for number in range(1, targets + 1):
        measure, goal = goals[number % len(goals)]
        name = f"指标{number}"
        indicators.append({"code": f"i{number}", "name": name, "decimals": 0, **MEASURES[measure]})
        target = {"code": f"T{number:02}", "indicator": f"i{number}", "title": f"任务{number}"}
        told = {
            "category": "示例",
            "heading": 1,
            "source": "示例",
            "goal": {**goal, "note": "示例"},
        }
        rounds = ["R1", "R2"] if number % 6 == 1 else ["R2"]
        chosen.append({**target, **told, "reported_by": list(reported_by), "rounds": rounds})
    head = {"code": code, "issuer": issuer, **HEAD}
    plan = {"plan": head, "rounds": ROUNDS, "indicators": indicators, "targets": chosen}
    return yaml.safe_dump(plan, allow_unicode=True, sort_keys=False).encode()
