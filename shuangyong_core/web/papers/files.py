"""A paper as an answer: its bytes under its Chinese name, and not too many pages at once."""

from __future__ import annotations

from urllib.parse import quote

from fastapi.responses import Response

from shuangyong_core.documents.filing import Format, Paper
from shuangyong_core.errors import Refused
from shuangyong_core.web.pages.shell import Link

NAMED = {Format.PDF: "PDF", Format.DOCX: "Word"}
# A page of PDF takes a fifth of a second, one of Word half as long.
MOST_PAGES = {Format.PDF: 100, Format.DOCX: 300}


class TooManyPages(Refused):
    """More pages than a browser should wait for."""

    message = (
        "这里有 {pages} 个单位，一次最多做 {most} 页。请打开下级单位分别下载，"
        "或请运维人员用命令 shuangyong doc 一次做好。"
    )
    code = "too_many_pages"


def require_few(pages: int, format: Format) -> None:
    """This function will refuse with TooManyPages what takes too long for one answer."""
    if pages > MOST_PAGES[format]:
        raise TooManyPages(pages=pages, most=MOST_PAGES[format])


def as_file(paper: Paper) -> Response:
    """This function will send a paper to be kept."""
    named = f"attachment; filename*=UTF-8''{quote(paper.name)}"
    return Response(paper.data, media_type=paper.media_type, headers={"Content-Disposition": named})


def links_to(here: str, *, pages: int = 0) -> tuple[Link, ...]:
    """This function will give the links to a page's files; with `pages`, to those of all below."""
    more = "&below=1" if pages else ""
    return tuple(
        Link(name, f"{here}/paper?format={format.value}{more}")
        for format, name in NAMED.items()
        if pages <= MOST_PAGES[format]
    )
