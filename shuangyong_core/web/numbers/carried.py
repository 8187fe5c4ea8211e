"""The report at the end of the way: how it came, who passed it, what it carries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from shuangyong_core.accounts.queries import name_of
from shuangyong_core.reports.queries.happened import (
    COUNTED_WORDS,
    DONE_WORDS,
    TOKENS,
    TYPED_BY_REVIEWER,
)
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.rollups.queries import Part, Source, TargetRef
from shuangyong_core.rollups.queries.sources import SourceStep
from shuangyong_core.web.pages.shell import Attached, Happened
from shuangyong_core.web.pages.source_view import SourcePart, SourceReport
from shuangyong_core.web.progress.asked import Asked
from shuangyong_core.web.rendering import moment
from shuangyong_core.web.values import (
    NOTHING,
    grouped,
    leaf_shape_of,
    part_text,
    value_text,
    with_unit,
)
from shuangyong_core.words import words

CHANNELS = {
    "form": "网页填报",
    "script": "接口报送",
    "command": "批量报送",
    "workbook": "工作簿报送",
}


def report_of(
    session: Session, asked: Asked, target: TargetRef, leaf: Part, sources: Sequence[Source]
) -> SourceReport:
    """This function will tell the latest report that counts; or that none does yet."""
    name = leaf.unit.name
    if not sources:
        waits = "已报，还没有审核通过" if leaf.tally.reported else "还没有报送"
        return SourceReport(name, waits, (), (), NOTHING)
    latest = sources[-1]
    names = _names(session, latest)
    sent = f"第 {latest.submission_no} 次，{moment(latest.submitted_at)}"
    facts = [
        ("报送", f"{_round(asked, latest.round_code)}，{sent}"),
        (
            "途径",
            _came(latest),
        ),
        ("报送人", names[latest.submitted_by]),
        ("审核", _reviewed(latest, names[latest.accepted_by])),
        ("进入合计", moment(latest.accepted_at)),
        ("校验号", f"{latest.body_hash[:4]}…{latest.body_hash[-4:]}"),
    ]
    history = [
        Happened(
            _did(step),
            step.at,
            names[step.actor],
        )
        for step in reversed(latest.steps)
        if step.from_status is not None and step.to_status in set(Status)
    ]
    href = f"/reports/{asked.plan.code}/{latest.unit.code}/{latest.round_code}"
    return SourceReport(
        name, _remark(target, sources), tuple(facts), tuple(history),
        part_text(target, leaf), href,
    )  # fmt: skip


def _did(step: SourceStep) -> str:
    if step.note in TOKENS:
        return COUNTED_WORDS if step.note == TYPED_BY_REVIEWER else "撤回更正"
    return DONE_WORDS[Status(step.to_status)] + (f"：{step.note}" if step.note else "")


def parts_of(target: TargetRef, sources: Sequence[Source]) -> tuple[SourcePart, ...]:
    """This function will list what each report carries: its figure, parts, aliases, files."""
    return tuple(_part(target, source) for source in reversed(sources))


def _part(target: TargetRef, source: Source) -> SourcePart:
    remarks = [f"{name} {grouped(value, target.measure.decimals)}" for name, value in source.parts]
    if source.covered is not None:
        remarks.append(f"涉及 {source.covered} 家")
    if source.keys:
        remarks.append("、".join(source.keys))
    if source.text:
        remarks.append(source.text)
    files = tuple(
        Attached(file.name, f"{max(file.size // 1024, 1)} KB", f"/files/{file.sha256}")
        for file in source.files
    )
    if not files:
        remarks.append("没有附材料")
    return SourcePart(f"{source.round_code} 报送的数", source_text(target, source),
                      "，".join(remarks), files)  # fmt: skip


def source_text(target: TargetRef, source: Source) -> str:
    """This function will write the figure of one report."""
    if source.state == "not_involved":
        return str(words()["not_involved"])
    shape = leaf_shape_of(target)
    number = len(source.keys) if shape.over_units == "distinct" else source.value.numerator
    return with_unit(shape, value_text(shape, number, source.value.denominator))


def _remark(target: TargetRef, sources: Sequence[Source]) -> str:
    if len(sources) == 1:
        return f"报 {source_text(target, sources[0])}"
    how = "逐次相加" if target.over_time == "sum" else "取最近一次"
    return f"{len(sources)} 次报送，{how}"


def _came(source: Source) -> str:
    way = CHANNELS.get(source.channel, source.channel)
    return f"{way}，{source.acting_unit or ''}代填" if source.on_behalf else way


def _reviewed(source: Source, who: str) -> str:
    said = "代填，视为已审核" if source.acting_for else "通过"
    return f"{who}，{moment(source.accepted_at)} {said}"


def _names(session: Session, source: Source) -> dict[str, str]:
    keys = {source.submitted_by, source.accepted_by, *(step.actor for step in source.steps)}
    return {key: name_of(session, key) for key in sorted(keys)}


def _round(asked: Asked, code: str) -> str:
    return next((each.title for each in asked.rounds if each.code == code), code)
