"""Nobody is told twice: a returned report is told once for each return, a notice is read once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from shuangyong_core import db
from shuangyong_core.clock import Clock
from shuangyong_core.marks.models import Mark
from shuangyong_core.reports.actions import return_for_revision, submit
from shuangyong_core.supervision import actions
from shuangyong_core.supervision.actions.clerk import Clerk
from shuangyong_core.supervision.actions.notices import NoticeNotFound
from shuangyong_core.supervision.queries.notices import list_notices
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND
from tests.supervision.place import Office

PLACE = (PLAN, ROUND, COMMUNITY)


def send(office: Office, figures: dict[str, object]) -> int:
    """This function will send the community's report."""
    body = {"figures": figures}
    return int(office.do(submit, *PLACE, by="community", body=body, channel="form").report)


def test_a_returned_report_is_told_once_for_each_return(office: Office) -> None:
    clerk = Clerk(office.engine, Clock(office.at.date()))
    clerk.look()  # a day begins
    report = send(office, GOOD)
    back = {"reason": "请核对", "fields": {}, "by": "street_checker"}
    office.do(return_for_revision, report, no=1, **back)
    clerk.look()
    with db.write(office.engine) as session:
        actions.sweep(session, at=office.at)
    first = office.told(3, only_unread=True)
    send(office, GOOD | {"F10": {"date": "2026-07-04"}})
    clerk.look()
    sent_anew = office.told(3, only_unread=True)
    office.do(return_for_revision, report, no=2, **back)
    clerk.look()

    assert (first, sent_anew) == (["returned"], [])
    assert office.told(3) == ["returned", "returned"]
    assert office.told(3, only_unread=True) == ["returned"]
    with db.read(office.engine) as session:
        rows = list_notices(session, actor=office.people["community"])
    assert {(row.text, row.reference) for row in rows} == {
        ("上半年退回修改：请核对", "/".join(PLACE))
    }


def test_a_notice_is_its_units_alone(office: Office) -> None:
    office.issue()
    people = office.people
    with db.read(office.engine) as session:
        mine = list_notices(session, actor=people["street"])
        assert list_notices(session, actor=people["office"]) == []

    with pytest.raises(NoticeNotFound):
        office.do(actions.read_notice, mine[0].id, by="sibling")
    office.do(actions.read_notice, mine[0].id, by="street")
    office.do(actions.read_notice, mine[0].id, by="street_checker", days=1)

    with db.read(office.engine) as session:
        assert list_notices(session, actor=people["street"], only_unread=True) == []
        assert len(list_notices(session, actor=people["sibling"], only_unread=True)) == 1
        assert list_notices(session, actor=people["street"])[0].read_at == office.at
        assert session.scalar(select(func.count()).select_from(Mark)) == 0

    # What nobody read when a unit was merged is its heir's to read.
    office.issue()
    office.merge_street()
    with db.read(office.engine) as session:
        left = list_notices(session, actor=people["sibling"], only_unread=True)
        assert sorted(row.unit for row in left) == ["990106001", "990106002", "990106002"]
    (of_old,) = (row.id for row in left if row.unit == "990106001")
    office.do(actions.read_notice, of_old, by="sibling")
