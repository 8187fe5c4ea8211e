"""Reads a plan file (yaml) whole: every problem of its form at once, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shuangyong_core.errors import Problems
from shuangyong_core.plans.rules.fields import Findings, Section
from shuangyong_core.plans.rules.nodes import Entry, nodes_of, read_nodes
from shuangyong_core.plans.rules.read_targets import read_target
from shuangyong_core.plans.rules.text import (
    HeadText,
    IndicatorText,
    PlanText,
    RoundText,
    TargetText,
)
from shuangyong_core.plans.rules.words import (
    INDICATOR_KINDS,
    OVER_TIME,
    OVER_UNITS,
    OVER_UNITS_OF,
    REQUESTS_BY,
)

SECTIONS = ("plan", "rounds", "indicators", "targets")
HEAD_FIELDS = [
    "code",
    "year",
    "issuer",
    "title",
    "basis",
    "approved_by",
    "filing_no",
    "inflation_limit",
    "lead_workdays",
    "review_levels",
    "max_rounds",
    "within",
    "requests_by",
]
WITHIN = {"acknowledge": 3, "decompose": 5, "review": 3, "correct": 2}
ROUND_FIELDS = ("code", "title", "opens_on", "due_date", "locks_on", "done_by")
INDICATOR_FIELDS = [
    "code",
    "name",
    "kind",
    "unit",
    "decimals",
    "over_units",
    "over_time",
    "hint",
    "parts",
]
_Coded = RoundText | IndicatorText | TargetText


def read_plan(
    data: bytes, *, file: str | None = None, known: Mapping[str, IndicatorText] | None = None
) -> PlanText:
    """This function will read a plan file, or raise Problems with everything that is wrong.

    `known` are indicators of the installation, which the file need not repeat.
    """
    return _read(read_nodes(data, file=file), file=file, known=known)


def read_body(
    body: Mapping[str, object],
    *,
    file: str | None = None,
    known: Mapping[str, IndicatorText] | None = None,
) -> PlanText:
    """This function will read a plan's body as a page or a workbook yields it; or Problems."""
    return _read(nodes_of(body), file=file, known=known)


def _read(whole: Entry, *, file: str | None, known: Mapping[str, IndicatorText] | None) -> PlanText:
    findings = Findings(file)
    top = Section(findings, whole, known=SECTIONS)
    head = _head(findings, top.get("plan") or Entry({}, whole.line, "plan"))
    rounds = [_round(findings, entry) for entry in findings.items(top.get("rounds"), name="rounds")]
    written = findings.items(top.get("indicators"), name="indicators")
    indicators = [_indicator(findings, entry) for entry in written]
    by_code = dict(known or {}) | {one.code: one for one in indicators}
    entries = findings.items(top.get("targets"), name="targets")
    read = [read_target(findings, entry, indicators=by_code) for entry in entries]
    for key, found in (("rounds", rounds), ("targets", entries)):
        if not found:
            top.wrong(key, "blank", f"没有 {key} 一节，或者这一节是空的。")
    targets = [one for one in read if one is not None]
    coded: tuple[Sequence[_Coded], ...] = (rounds, indicators, targets)
    for several in coded:
        _refuse_duplicates(findings, several)
    if findings.problems:
        raise Problems(sorted(dict.fromkeys(findings.problems), key=lambda each: each.row or 0))
    return PlanText(head, tuple(rounds), tuple(indicators), tuple(targets), tuple(findings.notes))


def _head(findings: Findings, entry: Entry) -> HeadText:
    section = Section(findings, entry, known=HEAD_FIELDS)
    inner = Section(findings, section.get("within") or Entry({}, entry.line, ""), known=WITHIN)
    within = {
        f"within_{key}": inner.count(key, default=days, least=1, most=60)
        for key, days in WITHIN.items()
    }
    return HeadText(
        code=section.code("code", longest=60),
        year=section.count("year", default=None, least=2000, most=2099),
        issuer=section.code("issuer", longest=40),
        title=section.text("title", longest=120),
        basis=section.text("basis", longest=200, default=""),
        approved_by=section.text("approved_by", longest=200, default=""),
        filing_no=section.text("filing_no", longest=80, default=""),
        inflation_bp=section.count(
            "inflation_limit", default=10500, least=10000, most=100000, decimals=4
        ),
        lead_workdays=section.count("lead_workdays", default=5, least=0, most=60),
        review_levels=section.count("review_levels", default=1, least=1, most=2),
        max_rounds=section.count("max_rounds", default=6, least=1, most=53),
        requests_by=section.choice("requests_by", REQUESTS_BY, default=REQUESTS_BY[0]),
        place=section.place,
        **within,
    )


def _round(findings: Findings, entry: Entry) -> RoundText:
    section = Section(findings, entry, known=ROUND_FIELDS)
    return RoundText(
        code=section.code("code", longest=8),
        title=section.text("title", longest=60),
        due_rule=section.text("due_date", longest=40),
        opens_rule=section.text("opens_on", longest=40, default=""),
        locks_rule=section.text("locks_on", longest=40, default=""),
        done_rule=section.text("done_by", longest=40, default=""),
        place=section.place,
    )


def _indicator(findings: Findings, entry: Entry) -> IndicatorText:
    section = Section(findings, entry, known=INDICATOR_FIELDS)
    kind = section.choice("kind", INDICATOR_KINDS)
    over_units = section.choice("over_units", OVER_UNITS)
    fitting = OVER_UNITS_OF.get(kind, OVER_UNITS)
    if over_units in OVER_UNITS and over_units not in fitting:
        why = f"{kind} 的汇总方式只能是：{'、'.join(fitting)}。"
        section.wrong("over_units", "over_units", why)
    return IndicatorText(
        code=section.code("code", longest=60),
        name=section.text("name", longest=120),
        kind=kind,
        display_unit=section.text("unit", longest=20, default=""),
        decimals=_decimals(section, kind),
        over_units=over_units,
        over_time=section.choice("over_time", OVER_TIME),
        hint=section.text("hint", longest=300, default=""),
        parts=_parts(section, kind),
        place=section.place,
    )


def _decimals(section: Section, kind: str) -> int:
    usual = 2 if kind == "money" else 0
    decimals = section.count("decimals", default=usual, least=0, most=6)
    if kind == "money" and decimals != 2:
        section.wrong("decimals", "decimals", "金额按元填、按分记，小数位只能是 2。")
    if kind not in ("money", "count", "score") and decimals:
        section.wrong("decimals", "decimals", "这种指标没有小数位，请写 0。")
    return decimals


def _parts(section: Section, kind: str) -> dict[str, list[str]]:
    entry = section.get("parts")
    if entry is None:
        return {}
    inner = Section(section.findings, entry, known=("count", "tick"))
    found = {key: list(inner.words(key)) for key in ("count", "tick") if inner.get(key)}
    fitting = {"count": ("count",), "money": ("count",), "yes_no": ("tick",)}.get(kind, ())
    if len(found) != 1 or not set(found) <= set(fitting):
        why = "分项只写一种：计数、金额用 count，是否用 tick，其他指标没有分项。"
        section.wrong("parts", "parts", why)
    return found


def _refuse_duplicates(findings: Findings, found: Sequence[_Coded]) -> None:
    first: dict[str, int] = {}
    for one in found:
        line = one.place.line or 0
        if one.code and one.code in first:
            where = f"第 {first[one.code]} 行" if first[one.code] else "前面的"
            why = f"编码与{where}重复，请只留一个。"
            findings.wrong(Entry(one.code, line, one.place.field), "duplicate_code", why)
        first.setdefault(one.code, line)
