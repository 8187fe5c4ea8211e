"""How a paper becomes HTML: one sandboxed Jinja environment over the part's own templates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from shuangyong_core.documents.lights import SHAPES
from shuangyong_core.documents.qr import qr_svg

TEMPLATES = Path(__file__).parent / "templates"


def render_paper(template: str, values: Mapping[str, Any]) -> str:
    """This function will turn a template and its plain values into a paper's HTML."""
    return environment().get_template(template).render(values)


@cache
def environment() -> SandboxedEnvironment:
    """This function will build the environment once: sandboxed, escaping, no silent blanks."""
    env = SandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_translations(NullTranslations(), newstyle=True)  # type: ignore[attr-defined]
    env.globals |= {"qr": drawn, "shapes": SHAPES}
    return env


def drawn(text: str) -> Markup:
    """This function will draw a QR code where a template asks for one."""
    return Markup(qr_svg(text))


@cache
def style_sheet() -> str:
    """This function will read the one style sheet of every printed paper."""
    return (TEMPLATES / "paper.css").read_text(encoding="utf-8")
