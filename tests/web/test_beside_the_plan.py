"""交办, 需协调事项 and 通知 as pages: who sees what, what a wrong form says, where K01 moves."""

from __future__ import annotations

import re
from collections.abc import Callable

from shuangyong_core import db
from shuangyong_core.rollups.actions import fold
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, FEDERATION, OTHERS, PLAN, PRETEND, STREET, District, on

Open = Callable[..., Browser]
TASK = {
    "act": "issue",
    "title": "慰问参加抢险救灾的民兵",
    "text": "逐户走访。",
    "due_date": "2026-07-31",
}
HERE = "/handouts/990106-2026-1"


def issued(office: Browser) -> None:
    """This function will hand a task out to a street and the federation."""
    page = office.get("/handouts").text
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    form = TASK | {"key": key[1], "unit": [STREET, FEDERATION]}
    first = office.post_form("/handouts", form)  # type: ignore[arg-type]
    again = office.post_form("/handouts", form)  # type: ignore[arg-type]
    assert first.headers["location"] == again.headers["location"] == f"{HERE}?done=1"


def test_a_handout_is_seen_through_on_the_pages(district: District, open_browser: Open) -> None:
    office, street, clerk = (open_browser(name) for name in ("office", "street", "clerk"))
    issued(office)
    todo = street.get("/todo").text
    street.get(HERE)
    street.post(HERE, unit=STREET, act="acknowledge")
    street.get(HERE)
    street.post(HERE, unit=STREET, act="pass_on", to=COMMUNITY, due_date="2026-07-28")
    clerk.get(HERE)
    clerk.post(HERE, unit=COMMUNITY, act="acknowledge")
    clerk.get(HERE)
    paper = {"file": ("走访记录.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")}
    said = {"unit": COMMUNITY, "act": "answer", "text": "走访 3 户。"}
    clerk.post_form(HERE, said, files=paper)
    street.get(HERE)
    street.post(HERE, unit=COMMUNITY, act="return", reason="请写明日期")
    seen = clerk.get(HERE).text
    file = re.search(rf'href="({HERE}/files/[0-9a-f]{{64}})"', seen)
    assert file is not None

    assert "签收：慰问参加抢险救灾的民兵" in todo
    assert "望江社区" in seen
    assert "区总工会" not in seen
    assert clerk.get(file[1]).content == paper["file"][1]
    assert open_browser("other").get(file[1]).status_code == 404
    assert open_browser("other").get(HERE).status_code == 404
    assert "请写明日期" in clerk.get("/notices").text


def test_k01_moves_when_the_office_strikes_off(district: District, open_browser: Open) -> None:
    office, federation = open_browser("office"), open_browser("federation")
    issued(office)
    before = office.get(f"/targets/{PLAN}?unit=990106").text
    for act in ({"act": "acknowledge"}, {"act": "answer", "text": "慰问 6 人。"}):
        federation.get(HERE)
        federation.post(HERE, unit=FEDERATION, **act)
    office.get(HERE)
    office.post(HERE, unit=FEDERATION, act="close")
    with db.write(district.engine) as session:
        fold(session, at=on(PRETEND.month, PRETEND.day))

    row = re.compile(r"K01</span>.*?data-l=\"完成\"><b>(.*?)</b>", re.S)
    found = [row.search(page) for page in (before, office.get(f"/targets/{PLAN}?unit=990106").text)]
    assert [each and each[1] for each in found] == ["—", "100.0%"]


def test_a_wrong_form_says_all_at_once_and_keeps_what_was_typed(open_browser: Open) -> None:
    office = open_browser("office")
    office.get("/handouts")

    wrong = office.post_form("/handouts", TASK | {"due_date": "2026-07-01"})
    direct = office.post_form("/handouts", TASK | {"unit": COMMUNITY})

    assert wrong.status_code == 422
    assert "办结时限不能早于今天" in wrong.text
    assert "请至少选一个承办单位" in wrong.text
    assert 'value="慰问参加抢险救灾的民兵"' in wrong.text
    assert "由它转办" in direct.text


def test_a_problem_goes_up_on_the_pages(open_browser: Open) -> None:
    clerk, street = open_browser("clerk"), open_browser("street")
    clerk.get("/problems")
    raised = clerk.post("/problems", title="住房漏雨", text="请协调经费。", wished_by="2026-07-30")
    here = raised.headers["location"].partition("?")[0]
    todo = street.get("/todo").text
    street.get(here)
    street.post(here, act="answer", said="已列入八月计划。")
    answered = clerk.get(here).text
    inbox = clerk.get("/notices")
    read = re.findall(r'name="read" value="(\d+)"', inbox.text)
    clerk.post("/notices", read=read[0])
    after = clerk.get("/notices").text
    clerk.post(here, act="close")

    assert "需协调：住房漏雨" in todo
    assert "已列入八月计划。" in answered
    assert "已办结" in clerk.get("/problems").text
    assert open_browser("neighbour").get(here).status_code == 404
    assert "已答复" in inbox.text
    assert "0 条没看过" in after
    assert OTHERS not in inbox.text
