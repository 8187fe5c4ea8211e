"""A kept plan's body: read again it is the same plan; taken into another year its dates move."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.plans.actions import import_plan
from shuangyong_core.plans.queries import get_plan
from shuangyong_core.plans.queries.body import plan_body
from shuangyong_core.plans.rules.next_year import into_year, next_code
from shuangyong_core.plans.rules.read_plan import read_body
from tests.plans.conftest import OPERATOR


def test_the_body_of_a_kept_plan_is_the_same_plan(imported: Engine, at: datetime) -> None:
    with db.write(imported) as session:
        body = plan_body(session, get_plan(session, "linjiang-2026"))

        import_plan(session, read_body(body), actor=OPERATOR, at=at)

        acts = session.scalars(select(AuditEntry.act).where(AuditEntry.act == "plan.import")).all()
    # One import only: the second found nothing to change, so it wrote nothing.
    assert len(acts) == 1
    groups = next(one for one in body["targets"] if one["code"] == "B03")["reported_by"]
    assert [group["who"] for group in groups] == [
        ["street", "community", "union_federation"],
        ["grassroots_union"],
    ]


def test_a_copy_for_next_year_can_be_imported_beside_it(imported: Engine, at: datetime) -> None:
    with db.write(imported) as session:
        body = plan_body(session, get_plan(session, "linjiang-2026"))

        code = next_code("linjiang-2026", year=2026, next_year=2027)
        copied = into_year(body, code=code, year=2027)
        plan = import_plan(session, read_body(copied), actor=OPERATOR, at=at)

    assert (plan.code, plan.year, plan.title) == ("linjiang-2027", 2027, "2027年度双拥工作计划")
    assert plan.approved_by == ""
    rounds = {one["code"]: one for one in copied["rounds"]}
    assert rounds["R2"]["due_date"] == "2027-07-10"
    assert rounds["R1"]["done_by"] == "春节-1wd"
    assert body["plan"]["year"] == "2026"


def test_a_leap_day_moves_to_the_last_day_of_february() -> None:
    body = {
        "plan": {"code": "p", "year": "2028", "title": "2028年"},
        "rounds": [{"code": "R1", "due_date": "2028-02-29"}],
        "targets": [{"code": "C03", "reported_by": [{"who": ["street"], "done_by": "2028-02-20"}]}],
    }

    copied = into_year(body, code=next_code("p", year=2028, next_year=2029), year=2029)

    assert copied["plan"]["code"] == "p-2029"
    assert copied["rounds"][0]["due_date"] == "2029-02-28"
    assert copied["targets"][0]["reported_by"][0]["done_by"] == ["2029-02-20"]
