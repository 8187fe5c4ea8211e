"""The one date parser of every channel: four unambiguous forms, everything else is asked again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuangyong_core.errors import Problem, Refused
from shuangyong_core.guard.chinese_numbers import chinese_number
from shuangyong_core.guard.folding import fold_input
from shuangyong_core.guard.masking import mask

FORMS = tuple(
    re.compile(form)
    for form in (
        r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})",
        r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})",
        r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})",
        r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日",
    )
)
CHINESE = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
LONGEST = 40  # longer texts are not worth a closer look, and would be slow to match
EXAMPLE = "请写成 2026-03-06 或 2026年3月6日"
WRONG_FORMS: tuple[tuple[str, str, str], ...] = (
    (r"[-—–/\\.]*|无|没有|空", "blank", "没有填日期"),
    (r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{2}年.*", "short_year",
     "年份要写四位，年月日的先后才不会看错"),
    (r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{4}", "ambiguous", "分不清哪个是月、哪个是日"),
    (r"[0-9]{1,6}(\.[0-9]+)?", "serial", "这像是表格里的日期序号，请把单元格设为日期格式"),
    (r"[0-9]{8}", "run_together", "年月日之间要有分隔"),
    (r"[0-9]{4}.*([t ]|日)\s*[0-9]{1,2}[:：时点].*", "with_time", "只填日期，不填钟点"),
    (r".*(上半年|下半年|季度|[月年]|[上中下]旬|正月|腊月|节)|农历.*", "not_a_day", "要写到哪一天"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date, and what was normalised on the way."""

    day: date
    notes: tuple[str, ...] = ()


class NotADate(Refused):
    """What was written is not a date this field can hold."""

    message = "{where}{why}"
    code = "not_a_date"

    @property
    def sentences(self) -> tuple[str, ...]:
        """The one sentence that says which field and what was written there."""
        return (str(self),)


def parse_date(value: object, *, year: int | None = None, field: str | None = None) -> ParsedDate:
    """This function will read a date in one of four forms, of `year` if given; NotADate if not."""
    text, notes = fold_input(_text_of(value))
    found = _read(text)
    if isinstance(found, date) and year is not None and found.year != year:
        found = ("wrong_year", f"填报期为{year}年，这里写的是{found.year}年。")
    if isinstance(found, date):
        plain = found.isoformat()
        if not notes and text != plain:
            how = "中文日期" if "年" in text else "日期写法"
            notes = (f"{how}已统一：{plain}",)
        return ParsedDate(found, notes)
    raise _refusal(*found, value=value, field=field)


def _text_of(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    # A datetime is a date to Python, but its hour would be lost without a word: it is said.
    if isinstance(value, date):
        return value.isoformat()
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return mask(value) if is_number else "?"


def _read(text: str) -> date | tuple[str, str]:
    for form in FORMS:
        match = form.fullmatch(text)
        if match:
            return _day_of(*map(int, match.groups()))
    chinese = CHINESE.fullmatch(text)
    if chinese:
        return "chinese_date", _proposal(*chinese.groups())
    for pattern, code, why in WRONG_FORMS if len(text) <= LONGEST else ():
        if re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL):
            return code, f"{why}，{EXAMPLE}。"
    return "not_a_date", f"看不出是哪一天，{EXAMPLE}。"


def _proposal(year: str, month: str, day: str) -> str:
    number = int("".join(str("零一二三四五六七八九".index(d)) for d in year.replace("〇", "零")))
    found = _day_of(number, chinese_number(month) or 0, chinese_number(day) or 0)
    hint = f"如果是 {found}，请这样填" if isinstance(found, date) else EXAMPLE
    # Proposed, never taken, like a numeral.
    return f"请用阿拉伯数字，不要用中文数字，{hint}。"


def _day_of(year: int, month: int, day: int) -> date | tuple[str, str]:
    if not 1900 <= year <= 2199:
        return "no_such_year", f"年份不对，请核对，{EXAMPLE}。"
    try:
        return date(year, month, day)
    except ValueError:
        return "no_such_day", f"日历上没有这一天，{EXAMPLE}。"


def _refusal(code: str, why: str, *, value: object, field: str | None) -> NotADate:
    shown = mask(value)
    where = f"{field}填的“{shown}”不能用：" if field else f"“{shown}”不能用："
    return NotADate(problems=(Problem(code, why, field=field, value=shown),), where=where, why=why)
