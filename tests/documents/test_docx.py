"""A Word file names its fonts, tells no author and no hour, and is the same bytes each time."""

from __future__ import annotations

import zipfile
from io import BytesIO

from shuangyong_core.documents import docx
from shuangyong_core.documents.links import unit_link
from shuangyong_core.documents.qr import qr_png, qr_svg
from shuangyong_core.settings import Settings

ROWS = [("报送", "报什么"), ("上半年\n7月10日前报", "走访")]


def paper() -> bytes:
    """This function will make a paper of two pages with a table and a picture."""
    made = docx.new_paper("要报什么")
    docx.heading(made, "要报什么")
    docx.table(made, ROWS, widths_mm=(40, 100))
    docx.heading(made, "下一页", new_page=True)
    docx.picture(docx.line(made, "码"), qr_png("/u/990106001"), width_mm=22)
    return docx.to_bytes(made)


def test_the_same_values_give_the_same_bytes_without_author_and_hour() -> None:
    data = paper()

    with zipfile.ZipFile(BytesIO(data)) as packed:
        told = packed.read("docProps/core.xml").decode()
        stamps = {entry.date_time for entry in packed.infolist()}
    assert "python-docx" not in told
    assert "2000-01-01T00:00:00Z" in told
    assert stamps == {docx.ZIP_DATE}
    assert paper() == data


def test_fonts_are_named_for_chinese_and_each_line_of_a_cell_stands_alone() -> None:
    with zipfile.ZipFile(BytesIO(paper())) as packed:
        body = packed.read("word/document.xml").decode()

    assert 'w:eastAsia="仿宋"' in body
    assert body.count("<w:tbl>") == 1
    assert body.count("<w:pageBreakBefore/>") == 1
    assert ">上半年<" in body
    assert ">7月10日前报<" in body


def test_a_qr_code_needs_no_address_and_no_inline_style() -> None:
    drawn = qr_svg(unit_link("https://shuangyong.example", "990106001"))

    assert drawn.startswith("<svg")
    assert "style=" not in drawn
    assert "viewBox" in drawn
    assert "990106001" not in drawn


def test_a_units_link_is_its_code_under_the_address_of_the_installation() -> None:
    assert unit_link("http://10.0.0.8", "990106/1 区") == "http://10.0.0.8/u/990106%2F1%20%E5%8C%BA"
    assert Settings(address="http://10.0.0.8/").home == "http://10.0.0.8"
    assert Settings(https=True, port=8443).home == "https://127.0.0.1:8443"
