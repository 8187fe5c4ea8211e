"""A paper as a file: its bytes, its name and its type, in the format that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shuangyong_core.documents.pdf import to_pdf
from shuangyong_core.documents.rendering import render_paper


class Format(StrEnum):
    """What a paper may be made as."""

    PDF = "pdf"
    DOCX = "docx"


MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file with so many pages, one a unit."""

    name: str
    data: bytes
    media_type: str
    pages: int


def paper_of(
    format: Format,
    *,
    name: str,
    title: str,
    pages: int,
    template: str,
    values: Mapping[str, Any],
    word: Callable[[], bytes],
) -> Paper:
    """This function will make a paper from its template, or by its drawer for Word."""
    is_pdf = format is Format.PDF
    data = to_pdf(render_paper(template, values), title=title) if is_pdf else word()
    return Paper(f"{name}.{format}", data, MEDIA_TYPES[format], pages)
