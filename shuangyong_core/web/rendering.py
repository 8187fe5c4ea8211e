"""How a page becomes HTML: one Jinja environment, its filters, the office's words and the icons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from shuangyong_core.clock import SHANGHAI
from shuangyong_core.documents.rendering import TEMPLATES, drawn
from shuangyong_core.guard.numbers import with_thousands
from shuangyong_core.rollups.rules.lights import LATE_FROM_ONE_IN
from shuangyong_core.words import words as words

WEB = Path(__file__).parent
WEEKDAYS = "一二三四五六日"
LATE_SHARE = f"{100 // LATE_FROM_ONE_IN}%"  # from this share of the due items on: 滞后
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def render(template: str, view: Mapping[str, Any]) -> str:
    """This function will turn a template and its plain values into a page."""
    return environment().get_template(template).render(view)


@cache
def environment() -> Environment:
    """This function will build the environment once: autoescape everywhere, no silent blanks."""
    env = Environment(
        loader=FileSystemLoader([WEB / "templates", TEMPLATES]),  # a sheet looks as it prints
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # zh-CN is the source; another language brings its catalogue here.
    env.install_gettext_translations(NullTranslations(), newstyle=True)  # type: ignore[attr-defined]
    env.filters |= {
        "monthday": monthday,
        "fullday": fullday,
        "weekday": weekday,
        "moment": moment,
        "clock": clock_time,
        "thousands": thousands,
        "rate": rate,
    }
    env.globals |= {"qr": drawn}
    env.globals |= {"words": words(), "icons": icons(), "asset": asset, "late_share": LATE_SHARE}
    return env


@cache
def icons() -> dict[str, str]:
    """This function will read the drawings that set-up collected; none before set-up."""
    file = WEB / "static" / "vendor" / "icons.json"
    if not file.is_file():
        return {}
    drawings: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return drawings


@cache
def asset(name: str) -> str:
    """This function will give a static file's address, which changes when its content does."""
    file = WEB / "static" / name
    if not file.is_file():
        return f"/static/{name}"
    mark = hashlib.sha256(file.read_bytes()).hexdigest()[:8]
    return f"/static/{name}?{mark}"


def monthday(day: date) -> str:
    """7月20日."""
    return f"{day.month}月{day.day}日"


def fullday(day: date) -> str:
    """2026年7月20日."""
    return f"{day.year}年{monthday(day)}"


def weekday(day: date) -> str:
    """周一."""
    return f"周{WEEKDAYS[day.weekday()]}"


def moment(at: datetime) -> str:
    """7月20日 09:31, in Shanghai."""
    local = at.astimezone(SHANGHAI)
    return f"{monthday(local.date())} {local:%H:%M}"


def clock_time(at: datetime) -> str:
    """09:31, in Shanghai."""
    return f"{at.astimezone(SHANGHAI):%H:%M}"


def thousands(number: int | Decimal | str) -> str:
    """1,306; also of a number that is written out already."""
    return with_thousands(number) if isinstance(number, str) else f"{number:,}"


def rate(numerator: int, denominator: int) -> str:
    """746/771，96.8%: a rate is never shown without its denominator."""
    if denominator == 0:
        return "—"
    share = Decimal(numerator) * 100 / Decimal(denominator)
    rounded = share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{numerator:,}/{denominator:,}，{rounded}%"
