"""`handout`, `problem`, `notices`: from a number to its end at the terminal; refusals in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import update

from shuangyong_core import db
from shuangyong_core.plans.models import TargetVersion
from tests.cli.conftest import Operator
from tests.reports.place import COMMUNITY, PLAN, ROUND, STREET, Street

SIBLING = "990106002"
ISSUE = ("handout", "issue", "--title", "八一走访", "--text", "逐户走访。", "--due")


@pytest.fixture
def desk(operator: Operator, street: Street) -> Operator:
    """An operator over a plan under way."""
    return operator


def test_a_handout_is_signed_for_passed_on_and_struck_off(desk: Operator, tmp_path: Path) -> None:
    photo, text = tmp_path / "走访.png", tmp_path / "走访.txt"
    Image.new("RGB", (8, 8)).save(photo)
    text.write_text("走访 2 户。")
    late = desk.refused(*ISSUE, "2026-07-01", "--to", COMMUNITY)
    name = desk.done(*ISSUE, "2026-07-31", "--to", STREET, "--to", SIBLING, "--json").json
    (name, number), at = (name["reference"], name["number"]), ("--unit", STREET)
    desk.done("handout", "acknowledge", number, *at)
    below = ("--unit", COMMUNITY)
    on = desk.done("handout", "pass-on", name, *at, "--to", COMMUNITY, "--due", "2026-07-20").out
    desk.done("handout", "acknowledge", name, *below)
    early = desk.refused("handout", "answer", name, *at, "--text", "已办。")
    said = ("handout", "answer", name, *below, "--text", "走访 2 户。", "--file", str(photo))
    wrong = desk.refused(*said, "--file", str(text))
    desk.done(*said)
    parts = {
        each["unit"]: each for each in desk.done("handout", "show", name, "--json").json["units"]
    }
    files = [each["name"] for each in parts[COMMUNITY]["answers"][0]["files"]]
    own = desk.refused("handout", "close", name, *below)
    desk.done("handout", "withdraw", name, *at, "--reason", "改由渡口街道办")
    ended = desk.done("handout", "cancel", name, "--reason", "并入另一件").out

    assert "办结时限不能早于今天" in late
    assert "由它转办" in late
    assert "走访.txt" in wrong
    assert files == ["走访.png"]
    assert (name, number) == ("990106-2026-1", "双拥交办〔2026〕1号")
    assert f"{COMMUNITY} 望江社区 待签收" in on
    assert "望江社区还没有销号" in early
    assert "另一个人核对" in own
    assert ended.count("已收回") == 3
    assert "双拥交办〔2026〕1号 八一走访" in desk.done("handout", "list").out
    told = desk.done("notices", "--unit", STREET).out.splitlines()
    assert [line.startswith("● ") for line in told] == [True, False, False]
    assert "已收回" in desk.done("notices", "--unit", STREET, "--unread").out


def test_a_problem_is_raised_passed_up_answered_and_closed(desk: Operator) -> None:
    raising = ("problem", "raise", "--unit", COMMUNITY, "--title", "住房漏雨", "--text")
    secret = desk.refused(*raising, "电话 13812345678")
    name = desk.done(*raising, "请协调经费。", "--by", "2026-07-30", "--json").json["reference"]

    up = desk.done("problem", "pass-up", name, "--reason", "街道没有经费").out
    top = desk.refused("problem", "pass-up", name)
    desk.done("problem", "answer", name, "--text", "已列入八月计划。")
    again = desk.done("problem", "reopen", name, "--reason", "还差一户").out
    desk.done("problem", "answer", name, "--text", "第二户也已列入。")
    closed = desk.done("problem", "close", name).out

    assert "138" not in secret
    assert "由临江区协调" in up
    assert "没有上级" in top
    assert "待协调" in again
    assert "已办结，由临江区协调，答复：第二户也已列入。" in closed.replace("\n", "")
    (row,) = desk.done("problem", "list", "--json").json["items"]
    assert (row["status"], row["may"]) == ("closed", [])
    assert "没有通知。" in desk.done("notices", "--unit", COMMUNITY, "--unread").out


def test_a_supporting_unit_hands_a_file_to_its_lead(
    desk: Operator, street: Street, tmp_path: Path
) -> None:
    with db.write(street.engine) as session:
        session.execute(
            update(TargetVersion).where(TargetVersion.target == 2).values(supporting=[SIBLING])
        )
    photo = tmp_path / "学习.png"
    Image.new("RGB", (8, 8)).save(photo)
    place = ("--plan", PLAN, "--unit", SIBLING)
    here = (*place, "--round", ROUND, "--target", "B06")

    secret = desk.refused("support", "attach", str(photo), *here, "--note", "电话 13812345678")
    foreign = desk.refused("support", "attach", str(photo), *here[:-1], "C06")
    said = desk.done("support", "attach", str(photo), *here, "--note", "第二季度").out
    (row,) = desk.done("support", "list", *place, "--json").json["items"]
    (file,) = row["rounds"][1]["files"]
    back = desk.done("support", "withdraw", file["sha256"], *here).out
    nothing = desk.done("todo").out

    assert "138" not in secret
    assert "没有" in foreign
    assert "学习.png，第二季度" in said.replace("\n", "")
    assert (row["target"], row["lead"], row["rounds"][1]["is_open"]) == ("B06", COMMUNITY, True)
    assert "学习.png" not in back
    assert "--as" in nothing
