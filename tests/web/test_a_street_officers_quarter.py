"""A street officer's quarter in a real browser: fetched, filled in LibreOffice, refused, mended."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook

from shuangyong_core import db
from shuangyong_core.rollups.actions.fold import fold
from shuangyong_core.web import assets
from tests.reports.workbooks import type_in
from tests.web.district import PLAN, STREET, District, on
from tests.web.pages import follow, sign_in
from tests.web.site import running

if TYPE_CHECKING:
    from playwright.sync_api import Page

BOOK = f"/workbook/{PLAN}/{STREET}/R2"
ROW: dict[str, Any] = {"B03.part:双拥": 2, "B03.part:征兵": 1, "F10.date": "2026-06-26"}


@pytest.fixture
def site(app: FastAPI, district: District) -> Iterator[str]:
    """The district's site, where nobody of the street has reported."""
    if assets.missing():
        pytest.skip("the web assets are not set up; see make assets-dev")
    with running(app) as address:
        yield address


@pytest.fixture
def through_libreoffice(tmp_path: Path) -> Callable[[bytes], Path]:
    """Opens a workbook in LibreOffice and saves it there: what comes out is its file, not ours."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed; see .ci/system")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"

    def save(data: bytes) -> Path:
        typed, saved = tmp_path / "typed" / "江滨街道-上半年.xlsx", tmp_path / "saved"
        typed.parent.mkdir(exist_ok=True)
        typed.write_bytes(data)
        how = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", saved]
        subprocess.run([program, profile, *how, typed], check=True, capture_output=True, timeout=90)
        return saved / typed.name

    return save


def communities(data: bytes) -> list[str]:
    """The hidden codes of the communities in the workbook."""
    sheet = load_workbook(io.BytesIO(data))["社区"]
    return [str(cell.value) for cell in sheet["A"] if re.fullmatch(r"\d{12}", str(cell.value))]


def fetched(page: Page, press: str) -> bytes:
    """Presses what downloads a file and gives the file."""
    with page.expect_download() as download:
        page.get_by_text(press).click()
    return Path(download.value.path()).read_bytes()


def uploaded(page: Page, file: Path) -> None:
    """Chooses a file and presses the button beside it."""
    page.set_input_files("#file", file)
    follow(page, "button[value=check]")


def test_download_fill_upload_mend_write_and_see_the_sum(
    page: Page, site: str, district: District, through_libreoffice: Callable[[bytes], Path]
) -> None:
    sign_in(page, site, "street")
    page.goto(f"{site}/rounds")
    follow(page, f"a.btn[href='{BOOK}']")
    data = fetched(page, "下载工作簿")
    units = communities(data)
    served = {unit: number for number, unit in enumerate(units, start=3)}
    typed = {unit: ROW | {"D05.value": served[unit], "D06.value": 0} for unit in units}
    wrong = {units[0]: {"D05.value": "12件左右"}, units[1]: {"F10.date": "2026-6-31"}}

    uploaded(page, through_libreoffice(type_in(type_in(data, typed), wrong)))

    assert (
        page.locator(".errsum h2")
        .inner_text()
        .startswith(f"{4 * len(units)} 格里有 2 格要改，{4 * len(units) - 2} 格通过")
    )
    assert page.locator("td.x").all_inner_texts() == ["12件左右", "2026-6-31"]
    mended = type_in(fetched(page, "下载标好位置的工作簿"), {
        units[0]: {"D05.value": served[units[0]]}, units[1]: {"F10.date": "2026-06-30"},
    })  # fmt: skip
    uploaded(page, through_libreoffice(mended))
    follow(page, "button[value=write]")
    assert f"已写入 {len(units)} 个单位。" in page.inner_text("main")
    with db.write(district.engine) as session:
        fold(session, at=on(7, 20))
    page.goto(f"{site}/progress")
    follow(page, "text=各项任务")
    served_row = page.locator("tr", has=page.locator(".code", has_text="D05")).first
    assert served_row.locator("td").first.inner_text().startswith(str(sum(served.values())))
