"""配合 as a script does it: seen in 待办 and the list, handed in and taken back; others get 404."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from shuangyong_core import db
from shuangyong_core.client import Client, Refused
from shuangyong_core.plans.models import TargetVersion
from tests.api.conftest import Door
from tests.api.district import COMMUNITY, PLAN, ROUND, SIBLING
from tests.api.wire import serving

pytestmark = pytest.mark.databases("sqlite")
PLACE = (PLAN, ROUND, SIBLING, "B06")


def test_a_supporting_unit_hands_in_and_takes_back_by_script(door: Door, tmp_path: Path) -> None:
    with db.write(door.engine) as session:
        session.execute(
            update(TargetVersion).where(TargetVersion.target == 2).values(supporting=[SIBLING])
        )
    paper = tmp_path / "学习签到.pdf"
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    with serving(door.app) as url:
        sibling, street = (Client(url, door.tokens[name]) for name in ("sibling", "street"))
        before = [(each["act"], each["target"], each["lead"]) for each in sibling.todo()]
        with pytest.raises(Refused) as secret:
            sibling.hand_in(*PLACE, paper, note="电话 13812345678")
        kept = sibling.hand_in(*PLACE, paper, note="第二季度")["sha256"]
        after = sibling.todo()
        (row,) = sibling.supports(PLAN, SIBLING)
        refused = []
        for other in (street, sibling):
            with pytest.raises(Refused) as no:
                other.hand_in(PLAN, ROUND, SIBLING, "B06" if other is street else "C06", paper)
            refused.append(no.value.status)
        (back,) = sibling.take_back_file(*PLACE, kept)

    assert before == [("support", "B06", COMMUNITY)]
    assert after == []
    assert (secret.value.status, "138" in str(secret.value)) == (422, False)
    shown = row["rounds"][1]
    assert (row["lead"], shown["round"], shown["is_open"]) == (COMMUNITY, ROUND, True)
    assert [(each["name"], each["note"]) for each in shown["files"]] == [
        ("学习签到.pdf", "第二季度")
    ]
    assert refused == [404, 404]
    assert back["rounds"][1]["files"] == []
