"""The page of a unit's year as plain texts: what, how much, by when, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.documents.lights import Light, look_of
from shuangyong_core.documents.links import unit_link
from shuangyong_core.documents.year.telling import ask_whom, how_to_fill
from shuangyong_core.documents.year.wording import goal_of, monthday, unit_of, value_of
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import latest_version
from shuangyong_core.plans.rules.burden import minutes_each
from shuangyong_core.reports.queries.standing import Standing
from shuangyong_core.reports.queries.uses import Use, latest_uses
from shuangyong_core.reports.queries.year_pages import Units, YearPage, YearRound, year_pages
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.units.queries import get_card
from shuangyong_core.words import words

TIGHT_FROM = 22  # rows: from here on the print is smaller, so that one page holds it
NEVER_FILL = "姓名、身份证号、手机号、银行卡号、住址；部队番号、代号、驻地。本系统为非涉密系统。"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One number to report."""

    title: str
    unit: str
    goal: str
    done_by: str
    value: str


@dataclass(frozen=True, slots=True)
class SheetRound:
    """A round with its rows; `note` says until when it can still be made up for."""

    title: str
    due: str
    light: Light
    state: str
    note: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class YearSheet:
    """One page, ready to be written."""

    code: str
    name: str
    heading: str  # 临江区双拥办 · 2026年度双拥工作计划（第1版）
    printed: str
    summary: str
    link: str
    rounds: tuple[SheetRound, ...]
    how: tuple[str, ...]
    never: str
    ask: str
    used: str  # what the last round was used for; empty while nothing was told

    @property
    def is_tight(self) -> bool:
        """Whether the rows are so many that they are set smaller."""
        return sum(len(round_.rows) for round_ in self.rounds) >= TIGHT_FROM


def year_sheets(
    session: Session, plan: Plan, units: Units, *, home: str, today: date
) -> list[YearSheet]:
    """This function will write the page of every unit that reports something, in tree order."""
    issuer = get_card(session, plan.issuer).name
    office = f"{issuer}{words()['office']}"
    version = latest_version(session, plan.id)
    heading = f"{office} · {plan.title}" + (f"（第{version}版）" if version else "")
    used = latest_uses(session, plan.id)
    return [
        _sheet(page, office=office, heading=heading, home=home, today=today, used=used)
        for page in year_pages(session, plan, units)
    ]


def _sheet(
    page: YearPage, *, office: str, heading: str, home: str, today: date, used: list[Use]
) -> YearSheet:
    seen: set[int] = set()
    superior = office if page.superior_is_issuer or not page.superior else page.superior
    return YearSheet(
        code=page.code,
        name=page.name if page.superior_is_issuer else f"{page.superior} {page.name}".strip(),
        heading=heading,
        printed=f"打印日期 {today.isoformat()}",
        summary=_summary(page),
        link=unit_link(home, page.code),
        rounds=tuple(_round(each, today, seen) for each in page.rounds),
        how=how_to_fill(page, superior),
        never=NEVER_FILL,
        ask=ask_whom(superior, office),
        used=_used(page, used),
    )


def _summary(page: YearPage) -> str:
    rounds, numbers = len(page.rounds), page.numbers
    each = f"，每次约 {minutes_each(rounds, numbers)} 分钟" if rounds > 1 else ""
    alone = f"，约 {minutes_each(rounds, numbers)} 分钟" if rounds == 1 else ""
    return f"全年报 {rounds} 次、{numbers} 个数{each}{alone}。"


def _round(found: YearRound, today: date, seen: set[int]) -> SheetRound:
    one = found.standing
    light, state = look_of(
        one.status,
        opens_on=one.opens_on,
        due=one.due,
        was_sent=one.latest_no > 0,
        today=today,
    )
    rows = []
    for item in found.items:
        again = item.required.target in seen
        seen.add(item.required.target)
        done_by = f"{monthday(item.done_by)}前"
        row = (item.required.title, unit_of(item.required), goal_of(item, again=again), done_by)
        rows.append(SheetRow(*row, value_of(item)))
    provisional = "（暂定）" if one.is_provisional else ""
    due = f"{monthday(one.due)}前报{provisional}"
    return SheetRound(one.round_title, due, light, state, _note(one, today), tuple(rows))


def _note(one: Standing, today: date) -> str:
    is_owed = one.status is Status.DRAFT and one.due < today <= one.locks_on
    return f"{monthday(one.locks_on)}前可补报" if is_owed else ""


def _used(page: YearPage, used: list[Use]) -> str:
    mine = {each.standing.round for each in page.rounds if each.standing.is_reported}
    told = [use for use in used if use.round in mine]
    return f"“{told[-1].round_title}”报送的用途：{told[-1].sentence}" if told else ""
