"""Files: attached to what is written, sent with it, opened only by who sees the report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.errors import NotFound
from shuangyong_core.evidence.rules import NameUnusable, Stored
from shuangyong_core.reports.actions import attach, detach, withdraw
from shuangyong_core.reports.actions.attach import MOST_FILES, TooManyFiles
from shuangyong_core.reports.models import ReportFile
from shuangyong_core.reports.queries.files import list_files, open_file
from shuangyong_core.reports.rules.refusals import WaitsForReview
from tests.reports.place import COMMUNITY, PLAN, ROUND, Street

PHOTO = Stored("ab" * 32, "image/jpeg", 1234)


def add(street: Street, stored: Stored = PHOTO, *, name: str = "摆台.jpg", **how: Any) -> int:
    facts = {"actor": street.clerk, "at": street.at} | how
    with db.write(street.engine) as session:
        return attach(session, PLAN, ROUND, COMMUNITY, stored=stored, name=name, **facts)


def opened(street: Street, actor: Actor) -> str:
    with db.read(street.engine) as session:
        return open_file(session, PHOTO.sha256, actor=actor).name


def test_a_file_goes_out_with_the_submission(street: Street) -> None:
    report = add(street)
    street.send()

    with db.read(street.engine) as session:
        assert session.scalars(select(ReportFile.no)).all() == [1]
        sent = list_files(session, report, no=1)
    assert [(file.name, file.size) for file in sent] == [("摆台.jpg", 1234)]


def test_the_same_file_twice_is_one_file_under_its_latest_name(street: Street) -> None:
    report = add(street)
    add(street, name="C:\\照片\\宣传摆台.jpg")

    with db.read(street.engine) as session:
        assert [file.name for file in list_files(session, report, no=None)] == ["宣传摆台.jpg"]


def test_whoever_sees_the_report_opens_its_files_and_nobody_else(street: Street) -> None:
    add(street)

    for actor in (street.clerk, street.reviewer, street.issuer, street.viewer):
        assert opened(street, actor) == "摆台.jpg"
    with pytest.raises(NotFound):
        opened(street, street.stranger)


def test_a_report_carries_a_few_files(street: Street) -> None:
    for number in range(MOST_FILES):
        add(street, Stored(f"{number:064x}", "image/png", 1))
    before = street.counts()

    with pytest.raises(TooManyFiles, match="最多附 9 个文件"):
        add(street)

    assert street.counts() == before


def test_nothing_is_attached_to_what_waits_for_review(street: Street) -> None:
    street.send()

    with pytest.raises(WaitsForReview):
        add(street)


def test_a_name_with_hidden_characters_is_refused(street: Street) -> None:
    with pytest.raises(NameUnusable):
        add(street, name="cod\u202egpj.exe")


def test_a_file_taken_off_stays_with_what_was_sent(street: Street) -> None:
    report = add(street)
    street.send()
    with db.write(street.engine) as session:
        withdraw(session, PLAN, ROUND, COMMUNITY, actor=street.clerk, at=street.at)
        detach(session, PLAN, ROUND, COMMUNITY, sha256=PHOTO.sha256, actor=street.clerk,
               at=street.at)  # fmt: skip
    street.send(at=street.at + timedelta(hours=1))

    with db.read(street.engine) as session:
        assert [len(list_files(session, report, no=no)) for no in (1, 2)] == [1, 0]
    with pytest.raises(NotFound), db.write(street.engine) as session:
        detach(session, PLAN, ROUND, COMMUNITY, sha256=PHOTO.sha256, actor=street.stranger,
               at=street.at)  # fmt: skip
