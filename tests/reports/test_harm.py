"""What a non-secret system may not keep is refused, or held until its reviewer has looked."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from shuangyong_core import db
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.errors import Problems
from shuangyong_core.evidence.rules import NameUnusable, tidy_name
from shuangyong_core.guard.scanning import Policy, Way
from shuangyong_core.reports.actions import accept, return_for_revision, save_draft
from shuangyong_core.reports.models import Acceptance, Draft, Submission
from shuangyong_core.reports.rules.harmless import NotCleared
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, Street

SECRET = "慰问00000部队"
MOBILE = "130" + "0" * 8
HOLD = Policy(secrecy=Way.HOLD)
PLACES: list[dict[str, Any]] = [
    {"figures": GOOD, "note": SECRET},
    {"figures": GOOD | {"C01": {"keys": ["驻军单位A", SECRET]}}},
    {"figures": GOOD | {"B03": {"not_involved": SECRET}}},
    {"figures": GOOD | {"B03": {"value": SECRET}}},
    {"figures": GOOD | {"B03": {"value": "12", "parts": {SECRET: 12}}}},
    {"figures": GOOD | {"B03": {"value": int(MOBILE)}}},
]


@pytest.mark.parametrize("body", PLACES, ids=range(len(PLACES)))
def test_wherever_it_stands_nothing_is_written_and_nothing_is_repeated(
    street: Street, body: dict[str, Any]
) -> None:
    with pytest.raises(Problems) as refused:
        street.send(body=body)

    assert any(problem.code.startswith("guard_") for problem in refused.value.problems)
    said = repr(refused.value.problems)
    assert "00000" not in said
    assert MOBILE not in said
    with db.read(street.engine) as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 0


def test_it_is_said_together_with_all_else_that_is_wrong(street: Street) -> None:
    with pytest.raises(Problems) as refused:
        street.send(body={"figures": GOOD | {"F10": {"date": "2026-02-30"}}, "note": SECRET})

    fields = {problem.field for problem in refused.value.problems}
    assert fields == {"note", "F10"}


def test_a_draft_does_not_keep_it_either(street: Street) -> None:
    with pytest.raises(Problems), db.write(street.engine) as session:
        save_draft(
            session, PLAN, ROUND, COMMUNITY, body={"figures": {}, "note": MOBILE}, version=None,
            actor=street.clerk, at=street.at,
        )  # fmt: skip

    with db.read(street.engine) as session:
        assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_what_is_held_is_accepted_only_by_who_says_that_it_is_harmless(street: Street) -> None:
    report = street.send(body={"figures": GOOD, "note": SECRET}, policy=HOLD).report

    with (
        pytest.raises(NotCleared, match="备注里有待核查的内容"),
        db.write(street.engine) as session,
    ):
        accept(session, report, no=1, actor=street.reviewer, at=street.at)
    with db.write(street.engine) as session:
        accept(session, report, no=1, cleared=True, actor=street.reviewer, at=street.at)

    with db.read(street.engine) as session:
        assert session.scalars(select(Submission.held)).one() == ["note"]
        assert session.scalars(select(Acceptance.no)).one() == 1
        accepted = select(AuditEntry.detail).where(AuditEntry.act == "report.accept")
        assert session.scalars(accepted).one()["cleared"] == ["note"]


def test_a_reviewer_may_not_write_it_either(street: Street) -> None:
    report = street.send().report

    with pytest.raises(Problems) as refused, db.write(street.engine) as session:
        return_for_revision(
            session, report, no=1, reason=f"请与{MOBILE}联系", fields={"B03": SECRET},
            actor=street.reviewer, at=street.at,
        )  # fmt: skip

    assert refused.value.problems[0].code == "guard_mobile_number"


def test_nor_may_the_name_of_a_file() -> None:
    with pytest.raises(NameUnusable, match="像是部队番号或代号"):
        tidy_name("00000部队走访.jpg", media_type="image/jpeg")
