"""HTML to PDF by WeasyPrint, which is loaded only when asked and may read nothing from outside."""

from __future__ import annotations

from typing import Any

from shuangyong_core.documents.rendering import style_sheet
from shuangyong_core.errors import Refused


class PdfUnavailable(Refused):
    """The machine lacks Pango, which sets the text of a PDF; everything else works without it."""

    message = (
        "这台机器不能生成 PDF（没有装 Pango）。请下载 Word 版，或在页面上打印；"
        "要用 PDF，请系统管理员安装 Pango 后再试。"
    )
    code = "pdf_unavailable"


class AddressInPaper(RuntimeError):
    """A paper asked for an address: it must be whole in itself, so this is a fault of ours."""


def to_pdf(html: str, *, title: str) -> bytes:
    """This function will print a paper on A4 with the one style sheet. Raises PdfUnavailable."""
    weasyprint = _weasyprint()
    try:
        page = weasyprint.HTML(string=html, url_fetcher=_refuser())
        sheet = weasyprint.CSS(string=style_sheet(), url_fetcher=_refuser())
        document = page.render(stylesheets=[sheet])
    except weasyprint.urls.FatalURLFetchingError as asked:
        raise AddressInPaper(str(asked)) from None
    document.metadata.title = title
    # No date and no name of a person: the same paper is the same bytes.
    return bytes(document.write_pdf(pdf_identifier=b"shuangyong"))


def _weasyprint() -> Any:
    # Its calls into Pango are bound while it is imported: OSError where the library is absent.
    try:
        import weasyprint
    except (ImportError, OSError):
        raise PdfUnavailable from None
    return weasyprint


def _refuser() -> Any:
    """No address is ever read, neither of the network nor of this machine, and no data: either."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Refuser(URLFetcher):  # type: ignore[misc]
        """A fetcher that fetches nothing, and says so loudly."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise FatalURLFetchingError(f"a paper may not read {url[:80]}")

    return Refuser()
