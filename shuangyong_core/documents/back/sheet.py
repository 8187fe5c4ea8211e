"""The page back after a round as plain texts: own figure, band, the total, what it was used for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.documents.values import (
    leaf_shape_of,
    shape_of,
    value_text,
    with_unit,
)
from shuangyong_core.documents.year.wording import monthday
from shuangyong_core.errors import Refused
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import RoundRow
from shuangyong_core.reports.queries.uses import Use, find_use
from shuangyong_core.rollups.queries.round_back import BackPage, BackRow, round_back
from shuangyong_core.rollups.queries.round_states import Units
from shuangyong_core.rollups.rules.bands import LEAST_PEERS, Band
from shuangyong_core.units.queries import get_card
from shuangyong_core.words import words

BANDS = {Band.ABOVE: "高于中间水平", Band.NEAR: "接近中间水平", Band.BELOW: "低于中间水平"}
EXPLAINED = (
    f"“与同类比”：同一上级下同类单位（{LEAST_PEERS} 个以上）排开，中间一半为“接近中间水平”；"
    "按各自目标数或平均数比，全部审核完才比，不排名次。金额、日期和是否办了不比。"
)
NOT_TOLD = "用途由{office}填写，还没有写。"


class NotYetDue(Refused):
    """There is nothing to send back before the round is due."""

    message = "“{round}”报送 {due}到期，到期以后才有反馈。"
    code = "not_yet_due"


@dataclass(frozen=True, slots=True)
class BackLine:
    """One target: own, compared, in all."""

    title: str
    own: str
    band: str
    total: str
    counted: str  # 已审核/应报 of the whole district


@dataclass(frozen=True, slots=True)
class BackSheet:
    """One page, ready to be written."""

    code: str
    name: str
    heading: str
    printed: str
    title: str
    summary: str
    note: str  # until when the numbers may still change; empty when closed
    whole: str  # whose total it is: 全区合计
    own: str  # 本单位, or with those below
    lines: tuple[BackLine, ...]
    used: str
    explained: str


def back_sheets(
    session: Session, plan: Plan, round_: RoundRow, units: Units, *, today: date
) -> list[BackSheet]:
    """This function will write the page of every unit that was asked something; NotYetDue."""
    if today <= round_.due_date:
        raise NotYetDue(round=round_.title, due=monthday(round_.due_date))
    issuer = get_card(session, plan.issuer).name
    office = f"{issuer}{words()['office']}"
    use = find_use(session, plan.id, round_.id)
    pages = round_back(session, plan, round_, units, today=today)
    told = _Told(issuer, office, plan, round_, use, today)
    return [_sheet(page, told) for page in pages]


@dataclass(frozen=True, slots=True)
class _Told:
    """What all the pages of a round share."""

    issuer: str
    office: str
    plan: Plan
    round: RoundRow
    use: Use | None
    today: date


def _sheet(page: BackPage, told: _Told) -> BackSheet:
    tally = page.tally
    round_, today = told.round, told.today
    is_open = today <= round_.locks_on
    until = f"{monthday(round_.locks_on)}前仍可补报，之后以最后审核的数为准。" if is_open else ""
    above = "" if page.superior in ("", told.issuer) else f"{page.superior} "
    return BackSheet(
        code=page.unit.code,
        name=f"{above}{page.unit.name}",
        heading=f"{told.office} · {told.plan.title}",
        printed=f"{today.isoformat()} 的数",
        title=f"{told.plan.year}年{round_.title}报送反馈",
        summary=f"应报 {tally.expected} 项，已报 {tally.reported} 项，已审核 {tally.accepted} 项。",
        note=until,
        whole=f"{told.issuer}合计",
        own="本单位和下级" if page.is_inner else "本单位",
        lines=tuple(_line(row, page) for row in page.rows),
        used=f"{told.use.sentence}。" if told.use else NOT_TOLD.format(office=told.office),
        explained=EXPLAINED,
    )


def _line(row: BackRow, page: BackPage) -> BackLine:
    total = with_unit(
        shape_of(row.target),
        value_text(shape_of(row.target), row.total.numerator, row.total.denominator),
    )
    return BackLine(
        title=row.target.title,
        own=_own(row, is_inner=page.is_inner),
        band=BANDS[row.band] if row.band else "—",
        total=total,
        counted=f"{row.total_tally.accepted:,}/{row.total_tally.expected:,}",
    )


def _own(row: BackRow, *, is_inner: bool) -> str:
    tally = row.tally
    if tally.not_involved == tally.expected:
        return str(words()["not_involved"])
    if tally.expected == 1 and not tally.accepted:
        hand = words()["hand"]
        waits = hand["reopened"] if tally.reviewing else hand["submitted"]
        unsent = hand["returned"] if tally.returned else hand["unreported"]
        return str(waits if tally.reviewing or tally.pending else unsent)
    shape = shape_of(row.target) if is_inner else leaf_shape_of(row.target)
    value = with_unit(shape, value_text(shape, row.own.numerator, row.own.denominator))
    if is_inner and tally.accepted < tally.expected:
        return f"{value}（{tally.accepted}/{tally.expected} 已审核）"
    return value
