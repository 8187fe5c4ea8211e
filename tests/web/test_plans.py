"""计划: begun from last year's, ticked and set without a script, checked as it goes, sent down."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.assignments.queries.launching import count_assignments_by_target
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.plans.models import PlanStatus
from shuangyong_core.plans.queries import get_plan
from shuangyong_core.settings import Settings
from tests.web.conftest import Browser
from tests.web.district import PLAN, District

Open = Callable[..., Browser]
NEXT = "linjiang-2027"
HERE = f"/plans/{NEXT}"
FIELD = re.compile(r'<input (?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")[^>]*>')


def typed(html: str) -> dict[str, list[str]]:
    """What a browser would send of a page's form: boxes only where they are ticked."""
    found: dict[str, list[str]] = {}
    for match in FIELD.finditer(html):
        if 'type="checkbox"' not in match[0] or " checked" in match[0]:
            found.setdefault(unescape(match[1]), []).append(unescape(match[2]))
    return found


def save(browser: Browser, path: str, form: dict[str, list[str]], act: str = "save") -> str:
    """Posts a step as its page would, and gives the page after it."""
    answer = browser.client.post(path, data={**form, "act": [act]})
    assert answer.status_code == 303, answer.text[:500]
    return browser.get(answer.headers["location"]).text


@pytest.fixture
def office(open_browser: Open) -> Browser:
    """The office, with last year's plan copied into a draft."""
    browser = open_browser("office")
    assert "复制为 2027年计划" in browser.get("/plans").text
    begun = browser.post("/plans", act="copy", code=PLAN)
    assert begun.headers["location"].startswith(f"{HERE}/basis?said=started")
    return browser


def test_a_copy_opens_with_its_check_and_burden(office: Browser) -> None:
    page = office.get(f"{HERE}/targets").text

    assert "<title>3 选任务、定目标 · 2027年度双拥工作计划" in page
    head = office.get(f"{HERE}/basis").text
    assert '<option value="issuer" selected>下达计划的单位</option>' in head
    assert "下达计划的单位" in office.get(f"/plans/{PLAN}/basis").text
    read = office.get(f"/plans/{PLAN}/targets/A04").text
    assert "<title>A04 调整充实双拥工作领导小组" in read
    assert 'name="title"' not in read
    assert "没有错误" in page
    assert "已选 25" in page
    assert "未选 63" in page
    assert "129 个社区 1,419 个数" in page
    assert office.post("/plans", act="copy", code=PLAN).status_code == 422
    assert "复制为 2027年计划" not in office.get("/plans").text


def test_without_a_script_targets_are_ticked_and_set_by_one_form(office: Browser) -> None:
    form = typed(office.get(f"{HERE}/targets").text)
    form |= {"on.C08": ["1"], "goal.A05.0": ["3"], "round.A05.0": ["R2", "R3", "R5"]}
    del form["on.K01"]

    page = save(office, f"{HERE}/targets", form)
    after = typed(page)

    assert after["goal.A05.0"] == ["3"]
    assert after["round.A05.0"] == ["R2", "R3", "R5"]
    assert "on.C08" in after
    assert "on.K01" not in after
    # The entry brought its indicator along, so the plan can be read.
    assert "没有错误" in page


def test_a_filter_leaves_what_it_does_not_show_as_it_was(office: Browser) -> None:
    page = office.get(f"{HERE}/targets?kind=grassroots_union&show=on").text
    form = typed(page)
    assert sorted(set(form["seen"])) == ["B03", "B06"]
    assert form["show"] == ["on"]

    wish = {"goal.B03.1": ["2"], "q": ["宣传"], "kind": ["grassroots_union"]}
    page = save(office, f"{HERE}/targets", form | wish)

    assert typed(page)["goal.B03.1"] == ["2"]
    assert typed(page)["seen"] == ["B03"]
    everything = typed(office.get(f"{HERE}/targets").text)
    assert (everything["goal.B03.0"], everything["goal.A05.0"]) == (["4"], ["2"])
    assert len([name for name in everything if name.startswith("on.")]) == 25


def test_a_wrong_goal_is_kept_as_typed_named_and_mended(office: Browser) -> None:
    form = typed(office.get(f"{HERE}/targets").text)

    wrong = save(office, f"{HERE}/targets", form | {"goal.C03.0": ["十二点五"]})
    assert "1 处错误" in wrong
    assert "任务 C03" in wrong
    assert 'value="十二点五"' in wrong
    assert "1 处要改" in office.get(f"{HERE}/launch").text.replace("有 1 处", "1 处")
    refused = office.post(f"{HERE}/launch", act="launch", target="A04")
    assert refused.status_code == 422

    form = typed(office.get(f"{HERE}/targets").text)
    mended = save(office, f"{HERE}/targets", form | {"goal.C03.0": ["1300"]})
    assert "没有错误" in mended


def test_rounds_are_added_and_dropped_with_what_named_them(office: Browser) -> None:
    form = typed(office.get(f"{HERE}/rounds").text)
    added = {
        "code.5": ["R6"], "title.5": ["年终补报"], "due_date.5": ["年末"], "drop.2": ["1"],
    }  # fmt: skip

    page = save(office, f"{HERE}/rounds", form | added)

    assert "年终补报" in page
    assert "八一-1d" not in typed(page)["done_by.2"]
    # C04 was reported in R3 only: now it is told that it has no round.
    assert "任务 C04" in page
    assert "12月31日前报送" in page


def test_the_head_is_kept_and_a_wrong_limit_is_shown_at_its_field(office: Browser) -> None:
    form = typed(office.get(f"{HERE}/basis").text)

    page = save(office, f"{HERE}/basis", form | {"approved_by": ["示例：区委常委会"]}, act="next")
    assert "2 报送次数" in page
    wrong = save(office, f"{HERE}/basis", typed(office.get(f"{HERE}/basis").text)
                 | {"max_rounds": ["六百"]})  # fmt: skip

    assert 'aria-describedby="e-max_rounds"' in wrong
    assert 'value="示例：区委常委会"' in wrong


def test_the_office_adds_a_target_of_its_own(office: Browser) -> None:
    form = typed(office.get(f"{HERE}/targets/new").text)
    own = {
        "title": ["双拥歌咏活动"], "source": ["领导小组会议纪要"], "heading": ["2"],
        "measure": ["count"], "unit": ["场"], "who.0": ["street"], "round.0": ["R3"],
        "kind.0": ["each"], "goal.0": ["1"],
    }  # fmt: skip

    page = save(office, f"{HERE}/targets/new", form | own)
    assert "没有错误" in page
    listed = office.get(f"{HERE}/targets?q=歌咏").text

    assert "双拥歌咏活动" in listed
    assert "场/单位" in listed
    assert "春节走访" not in listed
    # Its groups change on its own page: another unit, another round, another goal.
    form = typed(office.get(f"{HERE}/targets/Z01").text)
    more = {"who.1": ["community"], "round.1": ["R5"], "kind.1": ["each"], "goal.1": ["2"],
            "kind.0": ["each"], "heading": ["2"], "measure": ["count"]}  # fmt: skip
    page = save(office, f"{HERE}/targets/Z01", form | more)
    assert "没有错误" in page
    assert "另一组单位" in office.get(f"{HERE}/targets?q=Z01").text


def test_of_two_pages_the_second_is_told(office: Browser) -> None:
    first = typed(office.get(f"{HERE}/targets").text)
    save(office, f"{HERE}/targets", first | {"goal.A05.0": ["3"]})

    late = {**first, "goal.A05.0": ["9"], "act": ["save"]}
    page = office.client.post(f"{HERE}/targets", data=late)
    script = office.client.post(
        f"{HERE}/targets", data=late, headers={"Accept": "application/json"}
    )

    assert (page.status_code, script.status_code) == (409, 409)
    assert "请先看新的内容" in script.json()["message"]
    assert typed(office.get(f"{HERE}/targets").text)["goal.A05.0"] == ["3"]


def test_a_part_is_asked_once_and_recorded_even_when_no_flow_runs(
    district: District, office: Browser, settings: Settings
) -> None:
    page = office.get(f"{HERE}/launch").text
    assert page.count('name="target"') == len(typed(page)["target"]) == 25
    assert "target" not in typed(office.post(f"{HERE}/launch", act="none").text)
    asked = office.post(f"{HERE}/launch", act="ask", target="A04")
    assert "先行下达 1 项（A04），其余 24 项以后再下达" in asked.text
    assert "没有勾选要下达的任务" in office.post(f"{HERE}/launch", act="launch").text

    sent = office.post(f"{HERE}/launch", act="launch", target="A04")
    assert sent.headers["location"] == f"{HERE}/launch?said=down"
    page = office.get(sent.headers["location"]).text

    assert "流程服务没有开" in page
    assert "正在下达 1 项" in page
    assert "接着下达" in page
    with db.read(district.engine) as session:
        plan = get_plan(session, NEXT)
        counts = count_assignments_by_target(session, plan)
        acts = session.scalars(select(AuditEntry.act).where(AuditEntry.subject == NEXT)).all()
    assert plan.status == PlanStatus.LAUNCHING
    assert [code for code, count in counts.items() if count] == ["A04"]
    assert acts == ["plan.draft", "plan.import", "plan.launching", "plan.launch"]
    # From here on the draft is only looked at.
    assert 'name="goal.A05.0"' not in office.get(f"{HERE}/targets").text
    assert office.post(f"{HERE}/basis", act="save", title="x").status_code == 422


def test_an_empty_plan_begins_with_the_usual_rounds(open_browser: Open) -> None:
    office = open_browser("office")
    office.get("/plans")

    assert office.post("/plans", act="empty", year="二〇二八").status_code == 422
    begun = office.post("/plans", act="empty", year="2028")
    page = office.get("/plans/linjiang-2028/rounds").text

    assert begun.status_code == 303
    assert page.count('name="title.') == 6
    assert f"{date(2028, 7, 10)}" in page
    form = typed(office.get("/plans/linjiang-2028/targets").text)
    page = save(office, "/plans/linjiang-2028/targets", form | {"on.C03": ["1"]})
    assert "没有错误" in page


def test_plans_are_the_issuers_own(office: Browser, open_browser: Open) -> None:
    office.get("/plans")
    for login in ("street", "clerk", "viewer"):
        other = open_browser(login)
        assert "/plans" not in other.get("/todo").text
        for path in ("/plans", f"{HERE}/targets", f"/plans/{PLAN}/launch", "/plans/none/basis"):
            assert other.get(path).status_code == 404, (login, path)
        other.get("/help")
        assert other.post("/plans", act="copy", code=PLAN).status_code == 404
        assert other.post(f"{HERE}/targets", act="save", version="1").status_code == 404
        assert other.post(f"{HERE}/launch", act="launch", target="A04").status_code == 404
    assert "/plans" in office.get("/todo").text
    assert office.get(f"{HERE}/nowhere").status_code == 404
    # A plan that came by command and is down already is looked at.
    assert "计划已经下达" in office.get(f"/plans/{PLAN}/targets").text
