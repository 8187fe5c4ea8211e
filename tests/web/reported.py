"""A few reports in the district of the tests: accepted, waiting, returned; and their fold."""

from __future__ import annotations

from shuangyong_core import db
from shuangyong_core.reports.actions import accept, return_for_revision, submit
from shuangyong_core.rollups.actions.fold import fold
from tests.web.district import COMMUNITY, GOOD, OTHERS, PLAN, SECOND, District, on


def report_some(district: District) -> None:
    """This function will have one community accepted, one returned, one waiting; and fold."""
    first, second = _send(district, COMMUNITY), _send(district, SECOND)
    _send(district, OTHERS)
    reviewer = district.actor("second", at=on(7, 9))
    with db.write(district.engine) as session:
        accept(session, first, no=1, actor=reviewer, at=on(7, 9))
    with db.write(district.engine) as session:
        return_for_revision(
            session, second, no=1, reason="请核对后再报", fields={"D05": "与登记差 1 件"},
            actor=reviewer, at=on(7, 9),
        )  # fmt: skip
    with db.write(district.engine) as session:
        fold(session, at=on(7, 20, 9))


def _send(district: District, unit: str) -> int:
    logins = {COMMUNITY: "clerk", SECOND: "neighbour", OTHERS: "typist"}
    with db.write(district.engine) as session:
        receipt = submit(
            session, PLAN, "R2", unit, body={"figures": GOOD}, channel="form",
            on_behalf=unit == OTHERS, actor=district.actor(logins[unit], at=on(7, 8)), at=on(7, 8),
        )  # fmt: skip
    return receipt.report
