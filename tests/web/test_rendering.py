"""Dates, numbers and rates as a clerk writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from shuangyong_core.web import rendering
from tests.web.samples import day
from tests.web.samples_todo import YEAR


def test_a_day_is_written_with_month_and_day() -> None:
    assert rendering.monthday(date(2026, 7, 20)) == "7月20日"
    assert rendering.weekday(date(2026, 7, 20)) == "周一"


def test_a_moment_is_shown_in_shanghai() -> None:
    at = datetime(2026, 7, 19, 17, 5, tzinfo=UTC)

    assert rendering.moment(at) == "7月20日 01:05"
    assert rendering.clock_time(at) == "01:05"


def test_a_rate_is_never_without_its_denominator() -> None:
    assert rendering.rate(746, 771) == "746/771，96.8%"
    assert rendering.rate(1, 2000) == "1/2,000，0.1%"
    assert rendering.rate(0, 0) == "—"


def test_a_provisional_day_says_so() -> None:
    day_of = rendering.environment().get_template("m.html").make_module().day  # type: ignore[attr-defined]

    assert "（暂定）" in day_of(YEAR[-1].due)
    assert "（暂定）" not in day_of(day(7, 20))


def test_a_missing_value_is_an_error_not_a_blank() -> None:
    import jinja2
    import pytest

    with pytest.raises(jinja2.UndefinedError):
        rendering.render("login.html", {})


def test_every_sentence_can_be_handed_to_a_translator() -> None:
    from babel.messages.extract import extract

    options = {"extensions": "jinja2.ext.i18n", "silent": "false", "newstyle_gettext": "true"}
    for file in (rendering.WEB / "templates").glob("*.html"):
        with file.open("rb") as text:
            found = list(extract("jinja2", text, options=options))
        assert found or "_('" not in file.read_text("utf-8"), file.name


def test_no_page_talks_to_another_machine() -> None:
    for file in (rendering.WEB / "templates").glob("*.html"):
        assert "http" not in file.read_text("utf-8").replace("htmx", ""), file.name
    for name in ("app.css", "app.js"):
        text = (rendering.WEB / "static" / name).read_text("utf-8")
        assert "http" not in text.replace("http://www.w3.org/2000/svg", ""), name
