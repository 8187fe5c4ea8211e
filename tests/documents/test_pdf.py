"""A PDF is made of what the paper holds, and of nothing else; without Pango it says so."""

from __future__ import annotations

import sys
from io import BytesIO

import pytest
from pypdf import PdfReader

from shuangyong_core.documents.pdf import AddressInPaper, PdfUnavailable, to_pdf
from shuangyong_core.documents.rendering import environment

PAPER = (
    "{% extends 'paper.html' %}{% block sheets %}"
    "<section class='sheet'><h1>{{ title }}</h1>{{ qr('/u/990106001') }}</section>"
    "<section class='sheet'>第二页</section>{% endblock %}"
)


def test_each_sheet_is_a_page_and_the_same_paper_is_the_same_bytes() -> None:
    html = environment().from_string(PAPER).render(title="要报什么<b>")

    data = to_pdf(html, title="要报什么")

    read = PdfReader(BytesIO(data))
    assert [page.extract_text() for page in read.pages] == ["要报什么<b>", "第二页"]
    assert read.metadata is not None
    assert (read.metadata.title, read.metadata.author) == ("要报什么", None)
    assert read.metadata.creation_date is None
    assert to_pdf(html, title="要报什么") == data


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/a.png", "file:///etc/hostname", "data:image/png;base64,AA=="]
)
def test_no_address_is_read_for_a_paper(address: str) -> None:
    with pytest.raises(AddressInPaper):
        to_pdf(f'<img src="{address}">', title="")


def test_a_machine_without_pango_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(PdfUnavailable, match="请下载 Word 版，或在页面上打印"):
        to_pdf("<p>数</p>", title="")


def test_a_template_can_not_reach_into_python() -> None:
    template = environment().from_string("{{ ''.__class__.__mro__ }}")

    with pytest.raises(Exception, match="unsafe"):
        template.render()
