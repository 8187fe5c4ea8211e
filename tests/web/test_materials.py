"""创建材料: files and papers by the eight headings, within one's reach alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import insert, select, update

from shuangyong_core import db
from shuangyong_core.evidence.models import File
from shuangyong_core.reports.models import Report, ReportFile, Submission
from shuangyong_core.units.models import Unit
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, OTHERS, PLAN, District, on

Open = Callable[..., Browser]
NAME, OTHER = "慰问清点.jpg", "文昌材料.pdf"


@pytest.fixture
def kept(reported: District) -> District:
    """A photo and a paper of one community, a file of another street's."""
    with db.write(reported.engine) as session:
        for unit, sha256, name, media in (
            (COMMUNITY, "a" * 64, NAME, "image/jpeg"),
            (OTHERS, "b" * 64, OTHER, "application/pdf"),
        ):
            report = session.scalars(
                select(Report.id).join(Unit, Unit.id == Report.unit).where(Unit.code == unit)
            ).one()
            session.execute(
                insert(File).values(sha256=sha256, size=9, media_type=media, stored_at=on(7, 8))
            )
            session.execute(
                insert(ReportFile).values(report=report, no=1, sha256=sha256, name=name)
            )
            if unit == COMMUNITY:
                note = "纸质材料存放：社区档案柜 2 号盒，第 6 页"
                session.execute(
                    update(Submission).where(Submission.report == report).values(note=note)
                )
    return reported


def test_files_and_papers_stand_under_the_headings_they_serve(
    kept: District, open_browser: Open
) -> None:
    office = open_browser("office")

    talks = office.get("/materials?heading=2").text
    nothing = office.get("/materials?heading=5").text

    assert NAME in talks
    assert OTHER in talks
    assert "社区档案柜 2 号盒，第 6 页" in talks
    assert "B03" in talks
    assert "已有 3 件" in talks
    assert "这一类还没有材料" in nothing


def test_a_street_finds_its_own_alone(kept: District, open_browser: Open) -> None:
    page = open_browser("street").get("/materials?heading=2").text

    assert NAME in page
    assert OTHER not in page
    assert "已有 2 件" in page


def test_a_search_and_a_round_narrow_the_list(kept: District, open_browser: Open) -> None:
    office = open_browser("office")

    assert OTHER not in office.get("/materials?heading=2&q=清点").text
    assert NAME not in office.get("/materials?heading=2&round=R1").text
    assert NAME in office.get(f"/materials?plan={PLAN}&heading=2&round=R2&q=望江").text
    assert office.get("/materials?heading=9").status_code == 404
