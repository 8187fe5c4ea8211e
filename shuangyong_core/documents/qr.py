"""QR codes of addresses, drawn here: an SVG for pages and PDF, a PNG for Word."""

from __future__ import annotations

from io import BytesIO

import segno

BORDER = 2  # modules of white around, for cameras
SCALE = 8  # pixels of a module in the PNG


def qr_svg(text: str) -> str:
    """This function will draw a text as inline SVG that takes the size of its box."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_inline(border=BORDER, omitsize=True, svgclass=None, lineclass=None))


def qr_png(text: str) -> bytes:
    """This function will draw a text as a PNG, for papers that cannot hold SVG."""
    data = BytesIO()
    segno.make(text, error="m", micro=False).save(data, kind="png", scale=SCALE, border=BORDER)
    return data.getvalue()
