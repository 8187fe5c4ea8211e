"""A small amendment file: only what changes, laid over the plan as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.rules.nodes import Entry
from shuangyong_core.plans.rules.words import UNIT_KINDS

SECTIONS = ("reason", "plan", "rounds", "indicators", "targets", "drop", "leave_out", "set_aside")
CODED = ("rounds", "indicators", "targets")
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SmallAmendment:
    """What the file says beside the plan itself: why, and what becomes of accepted figures."""

    body: Body
    reason: str = ""
    set_aside: Mapping[str, str] = field(default_factory=dict)


def is_small(entry: Entry) -> bool:
    """This function will tell an amendment from a whole plan: a whole plan has a head with a code.

    Raises Problems where it is neither.
    """
    sections = entry.value if isinstance(entry.value, dict) else {}
    head = sections.get("plan")
    if head is not None and isinstance(head.value, dict) and "code" in head.value:
        return False
    unknown = [name for name in sections if name not in SECTIONS]
    if unknown:
        known = "、".join(SECTIONS)
        why = f"调整文件里没有“{unknown[0][:40]}”这一节，只有：{known}。"
        raise Problems([Problem("unknown_field", why, row=sections[unknown[0]].line)])
    return True


def lay_over(body: Body, entry: Entry, *, units: Mapping[str, str]) -> SmallAmendment:
    """This function will lay a small file over a plan's body; raises Problems.

    `units` are the kinds of the units under the issuer by code: who is left out is named by code.
    """
    said = plain(entry)
    laid, problems = deepcopy(body), list(_shapes(said))
    if problems:
        raise Problems(problems)
    laid["plan"] = _head(laid["plan"], said.get("plan") or {})
    problems += _overlooked(laid, said.get("targets") or [])
    for section in CODED:
        laid[section] = _merged(laid.get(section, []), said.get(section) or [])
    problems += _drop(laid, said.get("drop") or [])
    for code, names in (said.get("leave_out") or {}).items():
        # What is no text is no code either; a list cannot even be looked for.
        problems += _leave_out(laid, code, [str(one) for one in _listed(names)], units=units)
    if problems:
        raise Problems(problems)
    return SmallAmendment(laid, str(said.get("reason") or ""), said.get("set_aside") or {})


def plain(entry: Entry) -> Any:
    """This function will give an entry as plain values."""
    if isinstance(entry.value, dict):
        return {key: plain(value) for key, value in entry.value.items()}
    if isinstance(entry.value, list):
        return [plain(value) for value in entry.value]
    return entry.value


def _head(head: Body, changed: Body) -> Body:
    """Of the days of the stages too, only those that are written change."""
    within = changed.get("within")
    if isinstance(within, Mapping):
        changed = {**changed, "within": {**(head.get("within") or {}), **within}}
    return {**head, **changed}


def _shapes(said: Mapping[str, Any]) -> list[Problem]:
    wrong = [
        Problem("shape", "要是一列，每项有 code。", field=name)
        for name in CODED
        if not _is_coded(said.get(name) or [])
    ]
    for name in ("plan", "leave_out", "set_aside"):
        if not isinstance(said.get(name) or {}, Mapping):
            wrong.append(Problem("shape", "要是“编码: 内容”。", field=name))
    if not all(isinstance(one, str) for one in _listed(said.get("drop") or [])):
        wrong.append(Problem("shape", "要是一列任务或报送的编码。", field="drop"))
    return wrong


def _is_coded(rows: Any) -> bool:
    return isinstance(rows, list) and all(
        isinstance(one, Mapping) and isinstance(one.get("code"), str) for one in rows
    )


def _merged(rows: Sequence[Body], changed: Sequence[Body]) -> list[Body]:
    """A row of a known code takes the fields that are written; another one is added."""
    by_code = {row["code"]: row for row in rows}
    for one in changed:
        by_code[one["code"]] = {**by_code.get(one["code"], {}), **one}
    return list(by_code.values())


def _overlooked(body: Body, changed: Sequence[Body]) -> Iterator[Problem]:
    """A goal or rounds beside groups that have their own would be read and not heeded."""
    by_code = {row["code"]: row for row in body["targets"]}
    for one in changed:
        groups = by_code.get(one["code"], {}).get("reported_by") or []
        grouped = [each for each in groups if isinstance(each, Mapping)]
        names = [name for name in ("goal", "rounds") if any(name in each for each in grouped)]
        for name in names if "reported_by" not in one else ():
            if name in one:
                why = "这项任务分组填报，各组有自己的，请连 reported_by 一起写。"
                yield Problem("grouped", why, field=f"targets[{one['code']}].{name}")


def _drop(body: Body, codes: Any) -> list[Problem]:
    problems = []
    for code in _listed(codes):
        found = [key for key in ("targets", "rounds") if any(r["code"] == code for r in body[key])]
        if not found:
            why = "计划里没有这个任务或报送，请核对编码。"
            problems.append(Problem("unknown_target", why, field="drop", value=str(code)[:40]))
        for key in found[:1]:
            body[key] = [row for row in body[key] if row["code"] != code]
            if key == "rounds":
                _drop_round(body, str(code))
    return problems


def _drop_round(body: Body, code: str) -> None:
    """Whoever reports in other rounds too goes on there; who has no other loses the target."""
    kept = []
    for target in body["targets"]:
        groups = target.get("reported_by")
        parts = [target, *(one for one in groups or [] if isinstance(one, dict))]
        named = [part for part in parts if code in _listed(part.get("rounds") or [])]
        for part in named:
            part["rounds"] = [one for one in _listed(part["rounds"]) if one != code]
        if isinstance(groups, list):
            target["reported_by"] = [one for one in groups if not _is_empty(one, named)]
        if not any(_is_empty(part, named) for part in parts[:1]) and target.get("reported_by", 1):
            kept.append(target)
    body["targets"] = kept


def _is_empty(part: Any, named: Sequence[Any]) -> bool:
    return any(part is one and not one["rounds"] for one in named)


def _leave_out(
    body: Body, code: str, names: Sequence[str], *, units: Mapping[str, str]
) -> list[Problem]:
    target = next((row for row in body["targets"] if row["code"] == code), None)
    field_ = f"leave_out[{code}]"
    if target is None:
        return [Problem("unknown_target", "计划里没有这项任务，请核对编码。", field=field_)]
    unknown = [name for name in names if name not in units]
    if unknown:
        why = "没有这个单位，请核对编码（编码要加引号）。"
        return [Problem("unknown_unit", why, field=field_, value=str(unknown[0])[:40])]
    if "automatic" in target:
        counted = target["automatic"]
        counted["who"] = _without(_listed(counted["who"]), names, units)
        return []
    groups = target.get("reported_by") or []
    whos = groups if all(isinstance(one, str) for one in groups) else None
    if whos is not None:
        target["reported_by"] = _without(whos, names, units)
    else:
        for group in groups:
            group["who"] = _without(_listed(group["who"]), names, units)
        target["reported_by"] = [group for group in groups if group["who"]]
    return []


def _without(who: Sequence[str], names: Sequence[str], units: Mapping[str, str]) -> list[str]:
    """A kind that loses some of its units is written as the units that stay."""
    found: list[str] = []
    for one in who:
        if one in UNIT_KINDS and any(units[name] == one for name in names):
            found += [code for code, kind in units.items() if kind == one and code not in names]
        elif one not in names:
            found.append(one)
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
