"""Every page with sample views, by name: what the tests render, and what the browser looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shuangyong_core.web import rendering
from shuangyong_core.web.pages.shell import Page
from tests.web import samples, samples_form, samples_review


@dataclass(frozen=True)
class Shown:
    """One page as it would be asked for."""

    template: str
    view: Any
    page: Page | None = None

    def html(self) -> str:
        """The page."""
        return rendering.render(self.template, {"view": self.view, "page": self.page})


def gallery() -> dict[str, Shown]:
    """Every page, empty, normal and with errors."""
    street = samples.page("review", "江滨街道 · 审核岗", todo=8)
    clerk = samples.clerk("fill")
    return {
        "login": Shown("login.html", samples.login()),
        "login-error": Shown("login.html", samples.login("账号或口令不对，还可以试 9 次。")),
        "password": Shown("password.html", samples.password()),
        "password-error": Shown("password.html", samples.password("两遍不一样", is_first=False)),
        "form": Shown("form.html", samples_form.form(), clerk),
        "form-error": Shown(
            "form.html", samples_form.form(with_error=True, is_returned=True), clerk
        ),
        "form-kinds": Shown("form.html", samples_form.form(shown=samples_form.every_kind()), clerk),
        "form-confirm": Shown("form.html", samples_form.form(confirm=True), clerk),
        "review": Shown("review.html", samples_review.review(""), street),
        "review-return": Shown("review.html", samples_review.review("return"), street),
        "review-accept": Shown("review.html", samples_review.review("accept"), street),
        "review-empty": Shown("review.html", samples_review.no_review(), street),
    }
