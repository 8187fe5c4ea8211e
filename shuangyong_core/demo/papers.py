"""The demo's evidence: a blank sheet with the unit's code, drawn, so that nothing real is shown."""

from __future__ import annotations

import io
import time

from PIL import Image, ImageDraw

A4 = (595, 842)  # points
NAME = "春节走访慰问通知.pdf"
# Two streets have not handed in theirs.
WITHOUT = ("990106007", "990106010")


def draw_paper(unit: str) -> bytes:
    """This function will draw a unit's one-page pdf; the same unit, the same bytes."""
    sheet = Image.new("RGB", A4, "white")
    pen = ImageDraw.Draw(sheet)
    pen.line([(60, 130), (535, 130)], fill="#a8201a", width=3)
    pen.text((60, 100), unit, fill="black")
    for row in range(12):
        end = 535 if row % 4 != 3 else 360
        pen.line([(60, 180 + row * 36), (end, 180 + row * 36)], fill="#c9d0da", width=6)
    kept, then = io.BytesIO(), time.gmtime(0)
    sheet.save(kept, "PDF", resolution=72, creationDate=then, modDate=then)
    return kept.getvalue()
