"""What a stored cell means: numbers as Excel shows them, dates only where the format is a date."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from shuangyong_core.sheets.book import Value

NUMBER = re.compile(r"[+-]?[0-9]{1,400}(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# The numbers of formats that have no code in the file; 27-36 and 50-58 are the Chinese dates.
DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
TIME_FORMATS = frozenset({*range(18, 22), *range(45, 48)})
PERCENT_FORMATS = frozenset({9, 10})
UNSPOKEN = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
FAKE_LEAP_DAY = 60  # 29 February 1900, which Excel has and the calendar has not
SECOND = Decimal(1) / 86_400


def kind_of_format(number: int, code: str | None) -> str:
    """This function will tell a date, a time, a percentage or a plain number by its format."""
    if code is None:
        for kind, numbers in (
            ("date", DATE_FORMATS),
            ("time", TIME_FORMATS),
            ("percent", PERCENT_FORMATS),
        ):
            if number in numbers:
                return kind
        return "number"
    if ELAPSED.search(code):
        return "number"  # hours that run on past 24
    spoken = UNSPOKEN.sub("", code.partition(";")[0]).lower()
    if "general" in spoken or spoken.strip() in ("@", ""):  # its e is no year
        return "number"
    if re.search(r"[yde]", spoken) and not re.search(r"[0#?]", spoken):
        return "date"
    if re.search(r"[hms]", spoken) and not re.search(r"[#?]", spoken):
        # A lone m is a month.
        return "time" if re.search(r"[hs]", spoken) else "date"
    return "percent" if "%" in spoken else "number"


def number_of(raw: str) -> int | Decimal | None:
    """This function will read a stored number to the 15 digits Excel keeps; None if it is none."""
    if not NUMBER.fullmatch(raw):
        return None
    try:
        plain = Decimal(format(float(raw), ".15g"))
    except (OverflowError, ValueError):
        return None
    if not plain.is_finite():
        return None
    return int(plain) if plain == plain.to_integral_value() else plain


def number_cell(raw: str, *, kind: str, epoch_1904: bool) -> tuple[Value, str]:
    """This function will give value and text of a number in a cell of that kind of format."""
    number = number_of(raw.strip())
    if number is None:
        return raw, raw
    if kind in ("date", "time"):
        day = _moment(number, epoch_1904=epoch_1904, only_time=kind == "time")
        if day is not None:
            return day, _text_of_moment(day)
    if kind == "percent":
        return number, plain_text(Decimal(number) * 100) + "%"
    return number, plain_text(number)


def plain_text(number: int | Decimal) -> str:
    """This function will write a number with all its digits and no needless zero."""
    if isinstance(number, int):
        return str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(
    serial: int | Decimal, *, epoch_1904: bool, only_time: bool
) -> date | datetime | str | None:
    if not 0 <= serial < 2_958_466:
        return None
    days, rest = divmod(Decimal(serial), 1)
    seconds = round(rest / SECOND)
    if only_time and days == 0:
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    if not epoch_1904 and (days < 1 or days == FAKE_LEAP_DAY):
        return None
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    if not epoch_1904 and days < FAKE_LEAP_DAY:
        start = date(1899, 12, 31)
    try:
        day = start + timedelta(days=int(days))
    except OverflowError:
        return None
    if not seconds:
        return day
    return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)


def _text_of_moment(moment: date | datetime | str) -> str:
    if isinstance(moment, str):
        return moment
    if isinstance(moment, datetime):
        return moment.isoformat(sep=" ", timespec="minutes")
    return moment.isoformat()


def unescape(text: str) -> str:
    """This function will turn Excel's _x000D_ into the letter it stands for."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
