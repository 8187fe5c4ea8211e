"""A year's holiday notice (放假安排): read from csv `date,kind,name`, all problems at once."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shuangyong_core.calendar.rules.festivals import statutory_days
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.dates import NotADate, parse_date
from shuangyong_core.guard.folding import trim
from shuangyong_core.guard.masking import mask

COLUMNS = {"date": "date", "日期": "date", "kind": "kind", "类型": "kind", "类别": "kind"}
COLUMNS |= {"name": "name", "名称": "name", "节日": "name"}
NEEDED = ("date", "kind")
KINDS = {"休": False, "off": False, "班": True, "work": True}
NAME_LENGTH = 40
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """One day a notice speaks of: worked (班) or off (休)."""

    day: date
    is_workday: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class YearNotice:
    """Everything one year's notice says; the days it does not name are Mon-Fri."""

    year: int
    source: str
    days: tuple[NoticeDay, ...]


class NoticeRefused(Problems):
    """A holiday notice with problems; nothing of it was taken."""

    message = "放假安排有 {count} 处需要改，什么都没有写入。"
    code = "notice_refused"


def parse_notice(text: str) -> tuple[int, tuple[NoticeDay, ...]]:
    """This function will read a notice and the year it is for, or raise NoticeRefused."""
    rows, problems = _read_rows(text)
    days: dict[int, NoticeDay] = {}
    for number, cells in rows:
        try:
            days[number] = _read_day(cells)
        except Problems as refused:
            problems += [replace(problem, row=number) for problem in refused.problems]
    year = _year_of(days.values())
    problems += _day_problems(year, days)
    if not problems:
        problems += _missing_days(year, days.values())
    if problems:
        raise NoticeRefused(sorted(problems, key=lambda problem: problem.row or 0))
    return year, tuple(sorted(days.values(), key=lambda each: each.day))


def check_notice(year: int, days: Sequence[NoticeDay]) -> None:
    """This function will raise NoticeRefused unless the days can be the whole notice of `year`."""
    problems = _day_problems(year, dict(enumerate(days, start=1)))
    problems += _missing_days(year, days)
    if problems:
        raise NoticeRefused(problems)


def _read_rows(text: str) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    try:
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error:
        return [], [Problem("not_csv", "引号不成对或格式不是 csv，请另存为 csv 后再导入。")]
    header = [COLUMNS.get(trim(cell).lower()) for cell in lines[0]] if lines else []
    problems = [
        Problem("header", f"表头要有且只有一列“{name}”，请写成 date,kind,name。", row=1)
        for name in NEEDED
        if header.count(name) != 1
    ]
    if problems:
        return [], problems
    rows = [
        (number, {name: trim(cell) for name, cell in zip(header, cells, strict=False) if name})
        for number, cells in enumerate(lines[1:], start=2)
        if any(map(trim, cells))
    ]
    return rows, [] if rows else [Problem("empty", "文件里没有日期。")]


def _read_day(cells: dict[str, str]) -> NoticeDay:
    problems: list[Problem] = []
    day = date.min
    try:
        day = parse_date(cells.get("date")).day
    except NotADate as wrong:
        problems += [replace(problem, column="date") for problem in wrong.problems]
    kind = cells.get("kind", "")
    if kind.lower() not in KINDS:
        why = "类型只能写“休”或“班”。"
        problems.append(Problem("kind", why, column="kind", value=mask(kind)))
    name = cells.get("name", "")
    if len(name) > NAME_LENGTH:
        why = f"名称最多 {NAME_LENGTH} 个字。"
        problems.append(Problem("name", why, column="name", value=mask(name)))
    if problems:
        raise Problems(problems)
    return NoticeDay(day, is_workday=KINDS[kind.lower()], name=name)


def _year_of(days: Iterable[NoticeDay]) -> int:
    counts = Counter(each.day.year for each in days)
    return max(counts, key=lambda year: (counts[year], year), default=date.min.year)


def _day_problems(year: int, days: dict[int, NoticeDay]) -> list[Problem]:
    problems: list[Problem] = []
    rows: dict[date, int] = {}
    for number, each in days.items():
        first = rows.setdefault(each.day, number)
        why = f"与第 {first} 行是同一天。" if first != number else _why_not(year, each)
        if why:
            shown = each.day.isoformat()
            problems.append(Problem("day", why, row=number, column="date", value=shown))
    return problems


def _why_not(year: int, each: NoticeDay) -> str | None:
    day = each.day
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        return f"这一天不在{year}年的放假安排里，一个文件只能写一年。"
    if each.is_workday and day in statutory_days(day.year):
        return f"这一天是法定节假日（{statutory_days(day.year)[day]}），不能写“班”。"
    if each.is_workday and day.weekday() < 5:
        return f"这一天是星期{WEEKDAYS[day.weekday()]}，本来就上班，请核对日期。"
    return None


def _missing_days(year: int, days: Iterable[NoticeDay]) -> list[Problem]:
    named = {each.day for each in days}
    return [
        Problem("missing", f"缺少法定节假日 {day.isoformat()}（{name}），请按通知补全。")
        for day, name in sorted(statutory_days(year).items())
        if day not in named
    ]
