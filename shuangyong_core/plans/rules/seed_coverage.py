"""Which target measures each duty of the plans a district starts from, or why none does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.rules.fields import Findings, Section
from shuangyong_core.plans.rules.nodes import read_nodes
from shuangyong_core.plans.rules.text import Place, PlanText, TargetText

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Duty:
    """A numbered duty, or a part of one that is not measured (then `note` says why)."""

    clause: str
    title: str
    summary: str
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Duties:
    """The plans a district starts from (code, title), their duties, and what is not measured."""

    plans: tuple[tuple[str, str], ...]
    duties: tuple[Duty, ...]
    not_measured: tuple[Duty, ...]


def read_duties(data: bytes, *, file: str | None = None) -> Duties:
    """This function will read a list of duties (yaml), or raise Problems."""
    findings = Findings(file)
    top = Section(findings, read_nodes(data, file=file), known=("plans", "duties", "not_measured"))

    def sections(key: str, known: tuple[str, ...]) -> Iterator[Section]:
        for entry in findings.items(top.get(key), name=key):
            yield Section(findings, entry, known=known)

    plans = [
        (one.code("code", longest=20), one.text("title", longest=LONGEST))
        for one in sections("plans", ("code", "title", "level"))
    ]
    duties = [
        Duty(
            one.text("clause", longest=40),
            one.text("title", longest=LONGEST),
            one.text("summary", longest=LONGEST),
            one.text("note", longest=LONGEST, default=""),
            one.place,
        )
        for one in sections("duties", ("clause", "title", "summary", "note"))
    ]
    left_out = [
        Duty(
            one.text("clause", longest=40),
            one.text("content", longest=LONGEST),
            "",
            one.text("why_not", longest=LONGEST),
            one.place,
        )
        for one in sections("not_measured", ("clause", "content", "why_not"))
    ]
    if findings.problems:
        raise Problems(findings.problems)
    return Duties(tuple(plans), tuple(duties), tuple(left_out))


def write_coverage(plan: PlanText, duties: Duties) -> str:
    """This function will write the coverage as a page; Problems where a duty or clause hangs."""
    measured: dict[str, list[TargetText]] = {}
    for target in plan.targets:
        for clause in clauses_of(target.source):
            measured.setdefault(clause, []).append(target)
    problems = list(_hanging(plan, duties, measured))
    if problems:
        raise Problems(problems)
    count = sum(1 for duty in duties.duties if duty.clause in measured)
    lines = [
        "# 职责与任务对照",
        "",
        f"由 `shuangyong plan seed-coverage` 按《{plan.head.title}》（{plan.head.code}）生成，"
        "不要手改。",
        "",
        f"{len(duties.duties)} 项职责，{count} 项有任务计量，用到 {len(plan.targets)} 个任务；"
        f"{len(duties.not_measured)} 处内容不计量，原因列在最后。",
    ]
    for code, title in duties.plans:
        rows = [_row(duty, measured) for duty in duties.duties if duty.clause.split()[0] == code]
        lines += _table(f"{code} {title}", ("条款", "职责", "内容", "计量的任务", "说明"), rows)
    rows = [(one.clause, one.title, one.note) for one in duties.not_measured]
    lines += _table("不计量的内容", ("条款", "内容", "为什么不计量"), rows)
    return "\n".join(lines) + "\n"


def clauses_of(source: str) -> list[str]:
    """This function will take a source apart into the clauses it names."""
    return [clause.strip() for clause in re.split("[;；]", source) if clause.strip()]


def _hanging(
    plan: PlanText, duties: Duties, measured: dict[str, list[TargetText]]
) -> Iterator[Problem]:
    known = {duty.clause for duty in duties.duties}
    explained = {duty.clause for duty in duties.not_measured}
    for target in plan.targets:
        for clause in clauses_of(target.source):
            if clause not in known:
                why = f"任务 {target.code} 的依据“{clause}”不在职责清单里。"
                yield _problem(target.place.at("source"), "unknown_clause", why)
    for duty in duties.duties:
        if duty.clause not in measured and duty.clause not in explained:
            why = f"{duty.clause} 没有任务计量，也没有写明为什么。"
            yield _problem(duty.place, "not_covered", why)
    plans = {code for code, _ in duties.plans}
    for duty in (*duties.duties, *duties.not_measured):
        if duty.clause.split()[0] not in plans:
            why = f"“{duty.clause}”不属于清单里的任何一份计划。"
            yield _problem(duty.place, "unknown_clause", why)


def _problem(place: Place, code: str, why: str) -> Problem:
    return Problem(code, why, file=place.file, row=place.line, field=place.field)


def _row(duty: Duty, measured: dict[str, list[TargetText]]) -> tuple[str, ...]:
    targets = "<br>".join(f"{one.code} {one.title}" for one in measured.get(duty.clause, ()))
    return (duty.clause, duty.title, duty.summary, targets or "无，见最后一表", duty.note)


def _table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = ["", f"## {title}", "", _line(header), _line(["---"] * len(header))]
    return lines + [_line(row) for row in rows]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
