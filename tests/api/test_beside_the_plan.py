"""Hand-outs, problems and notices as a script handles them; each call once, whatever is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert

from shuangyong_core import db
from shuangyong_core.accounts.actions import create_token
from shuangyong_core.accounts.actor import Role
from shuangyong_core.client import Client, Refused
from shuangyong_core.plans.models import Plan
from tests.api.conftest import Door
from tests.api.district import COMMUNITY, LAUNCHED_AT, OPERATOR, PLAN, SIBLING, STREET
from tests.api.wire import serving

pytestmark = pytest.mark.databases("sqlite")
TASK = {"title": "慰问抢险民兵", "text": "逐户走访。", "due_date": "2026-07-20"}


def test_a_script_sees_a_handout_through(door: Door, tmp_path: Path) -> None:
    paper = tmp_path / "走访记录.pdf"
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    with serving(door.app) as url:
        office, street, community = (
            Client(url, door.tokens[name]) for name in ("issuer", "street", "community")
        )
        number = office.hand_out(**TASK, units=[STREET, SIBLING], key="1")["number"]
        again = office.hand_out(**TASK, units=[STREET, SIBLING], key="1")["reference"]
        street.sign_for(number, STREET)
        street.pass_on(number, STREET, [COMMUNITY])
        community.sign_for(number, COMMUNITY)
        community.attach_to_answer(number, COMMUNITY, paper)
        seen = community.answer(number, COMMUNITY, "走访 3 户。")
        street.return_answer(number, COMMUNITY, "请写明日期")
        community.answer(number, COMMUNITY, "7月10日走访 3 户。")
        street.strike_off(number, COMMUNITY)
        street.answer(number, STREET, "已办结。")
        office.strike_off(number, STREET)
        office.withdraw_handout(number, SIBLING, "已由江滨街道一并办理")
        done = office.handout(number)
        told = [each["rung"] for each in community.notices()]
        unread = [each["rung"] for each in community.notices(unread=True)]

    assert (number, again) == ("双拥交办〔2026〕1号", "990106-2026-1")
    (part,) = seen["units"]  # a community sees its own part alone
    assert part["answers"][0]["files"][0]["name"] == "走访记录.pdf"
    assert (done["status"], len(done["units"])) == ("closed", 3)
    assert told == ["struck_off", "returned", "handed_out"]
    assert unread == ["struck_off"]  # what asked for an act ended with it


def test_a_problem_goes_up_by_script(door: Door) -> None:
    with serving(door.app) as url:
        community, street = (Client(url, door.tokens[name]) for name in ("community", "street"))
        number = community.raise_problem("住房漏雨", "请协调经费。", wished_by="2026-07-20")[
            "number"
        ]
        waits = street.notices()
        street.read_notice(waits[0]["id"])
        answered = street.answer_problem(number, "已列入八月计划。")
        closed = community.close_problem(number)
        listed = [each["status"] for each in street.problems(plan=PLAN)]

    assert [each["rung"] for each in waits] == ["raised"]
    assert (answered["status"], closed["status"], listed) == ("answered", "closed", ["closed"])


def test_bad_input_names_its_field(quiet_door: Door) -> None:
    office, street = quiet_door.client("issuer"), quiet_door.client("street")

    over = office.post("/handouts", json=TASK | {"due_date": "2026-07-01", "units": []})
    past = office.post("/handouts", json=TASK | {"units": [COMMUNITY]})
    foreign = street.post("/handouts", json=TASK | {"units": [SIBLING]})
    secret = street.post("/problems", json={"title": "a", "text": "电话 13812345678"})
    unsaid = office.post("/handouts", json=TASK | {"units": [STREET], "urgent": True})

    assert {each["field"] for each in over.json()["problems"]} == {"due_date", "units"}
    assert "由它转办" in past.json()["problems"][0]["message"]
    assert [answer.status_code for answer in (over, past, foreign, secret, unsaid)] == [
        422, 422, 404, 422, 422,
    ]  # fmt: skip
    assert secret.json()["problems"][0]["field"] == "text"


def test_who_has_two_plans_says_which(door: Door) -> None:
    with db.write(door.engine) as session:
        head = session.get_one(Plan, 1)
        columns = {each.name: getattr(head, each.name) for each in Plan.__table__.columns}
        columns |= {"id": 2, "code": "linjiang-2027", "year": 2027}
        session.execute(insert(Plan).values(columns))
        mine = create_token(session, unit="990106", role=Role.MANAGER, label="区", actor=OPERATOR,
                            at=LAUNCHED_AT)  # fmt: skip
    with serving(door.app) as url, Client(url, mine) as office:
        with pytest.raises(Refused, match="linjiang-2027"):
            office.hand_out(**TASK, units=[STREET])
        named = office.hand_out(**TASK, units=[STREET], plan=PLAN)

    assert named["plan"] == PLAN
