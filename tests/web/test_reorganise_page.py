"""组织调整 as a page: looked at, asked once, carried out; and what moved in between is said."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable

from openpyxl import Workbook
from sqlalchemy import text

from shuangyong_core import db
from shuangyong_core.amendments.actions import reorganise
from shuangyong_core.amendments.reading import read_acts
from shuangyong_core.rollups.actions.fold import fold
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, OTHER_STREET, OTHERS, PLAN, SECOND, STREET, District, on

Open = Callable[..., Browser]
HERE = "/reorganise"
HEAD = ("调整方式", "单位编码", "去向编码", "新名称", "生效日期")
MERGE = {"act": "one", "kind": "合并", "code": COMMUNITY, "to": SECOND, "effective": "2026-07-01"}
TABLES = ("node", "edition", "quota", "due_item", "unit_succession", "unit_link", "audit_entry")


def book(*rows: tuple[str, ...]) -> dict[str, tuple[str, bytes]]:
    """A workbook of acts, as a form uploads it."""
    made, out = Workbook(), io.BytesIO()
    for row in (HEAD, *rows):
        made.active.append(row)
    made.save(out)
    return {"file": ("调整.xlsx", out.getvalue())}


def hidden(page: str) -> dict[str, str]:
    """What the page carries to its confirmation."""
    return {name: re.findall(f'name="{name}" value="([^"]+)"', page)[0] for name in ("key", "seal")}


def counts(district: District) -> list[int]:
    with db.read(district.engine) as session:
        return [session.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in TABLES]


def heirs(district: District) -> list[tuple[str, str | None]]:
    with db.read(district.engine) as session:
        query = """SELECT a.code, b.code FROM unit_succession s JOIN unit a ON a.id = s.old
            LEFT JOIN unit b ON b.id = s.new ORDER BY a.code"""
        return [(row[0], row[1]) for row in session.execute(text(query))]


def test_a_typed_merger_is_looked_at_asked_and_carried_out(
    reported: District, open_browser: Open
) -> None:
    office = open_browser("office")
    assert HERE in office.get("/people").text
    assert office.get(HERE).status_code == 200
    before = counts(reported)

    looked = office.post(HERE, **MERGE)

    assert looked.status_code == 200
    told = html.unescape(looked.text)
    assert f"滨河社区（{SECOND}）" in told
    assert "项移交滨河社区" in told
    assert "已结束，按当时单位" in told
    assert 'value="apply"' not in looked.text
    asked = office.post(HERE, act="ask", **hidden(looked.text))
    assert asked.text.count('value="apply"') == 1
    assert counts(reported) == before

    done = office.post(HERE, act="apply", **hidden(asked.text))

    assert (done.status_code, done.headers["location"]) == (303, f"{HERE}?done=1")
    assert "组织调整已办完" in office.get(f"{HERE}?done=1").text
    assert heirs(reported) == [(COMMUNITY, SECOND)]
    assert "以前都办过了" in office.post(HERE, **MERGE).text


def test_a_workbook_says_all_its_problems_with_row_and_column(
    district: District, open_browser: Open
) -> None:
    office = open_browser("office")
    office.get(HERE)
    before = counts(district)
    wrong = book(("合拢", COMMUNITY, SECOND, "", "2026-07-01"), ("更名", SECOND, "", "", "七月"))

    refused = office.post_form(HERE, {"act": "upload"}, files=wrong)

    assert refused.status_code == 422
    told = html.unescape(refused.text)
    for place in ("第 2 行 “调整方式”列", "第 3 行 “新名称”列", "第 3 行 “生效日期”列"):
        assert f"调整.xlsx {place}" in told
    assert office.post(HERE, act="upload").status_code == 422
    typed = office.post(HERE, **(MERGE | {"kind": "更名", "to": "", "code": "99-99"}))
    assert "新名称：请写新名称" in typed.text
    assert "csv 第" not in typed.text
    assert 'value="99-99"' in typed.text
    assert counts(district) == before


def test_what_moved_since_the_preview_is_said_and_nothing_is_written(
    district: District, open_browser: Open
) -> None:
    office = open_browser("office")
    office.get(HERE)
    file = book(
        ("合并", COMMUNITY, SECOND, "", "2026-07-01"), ("更名", OTHERS, "", "新名", "2026-07-01")
    )
    looked = office.post_form(HERE, {"act": "upload"}, files=file)
    first = ("划转", COMMUNITY, OTHER_STREET, "2026-07-01")
    with db.write(district.engine) as session:
        rows = "调整方式,单位编码,去向编码,生效日期\n" + ",".join(first)
        listed = read_acts(rows.encode(), "another.csv")
        office_of = district.actor("office", at=on(7, 20))
        reorganise(session, listed, actor=office_of, at=on(7, 20))
    before = counts(district)

    for act in ("ask", "apply"):
        moved = office.post(HERE, act=act, **hidden(looked.text))
        assert moved.status_code == 409
        assert "预览之后" in moved.text
        assert "又有变化，什么都没有写入" in moved.text
        assert 'value="apply"' not in moved.text
    assert heirs(district) == []
    forged = office.post(HERE, act="apply", key=hidden(moved.text)["key"], seal="")
    assert forged.status_code == 409
    again = hidden(moved.text)
    assert again["seal"] != hidden(looked.text)["seal"]
    assert counts(district)[:-1] == before[:-1]  # the refusals are in the audit
    assert office.post(HERE, act="apply", **again).status_code == 303
    assert heirs(district) == [(COMMUNITY, SECOND)]


def test_who_sends_no_plan_down_finds_no_such_page(district: District, open_browser: Open) -> None:
    key = "0" * 64
    for login in ("street", "clerk", "sysadmin"):
        browser = open_browser(login)
        assert HERE not in browser.get("/people").text
        assert browser.get(HERE).status_code == 404
        browser.get("/account")
        assert browser.post(HERE, **MERGE).status_code == 404
        assert browser.post(HERE, act="apply", key=key, seal="x").status_code == 404
    office = open_browser("office")
    office.get(HERE)
    assert "已经不在了" in office.post(HERE, act="apply", key=key, seal="x").text
    office.html = ""
    assert office.post(HERE, **MERGE).status_code == 422
    assert heirs(district) == []


def test_a_round_that_is_over_is_seen_by_its_units_of_then_or_of_today(
    district: District, open_browser: Open
) -> None:
    office, street = open_browser("office"), open_browser("street")
    over = f"/progress?unit={STREET}&round=R1"
    folded(district)
    before = office.get(over).text
    assert 'name="as"' not in before
    office.get(HERE)
    looked = office.post(HERE, **(MERGE | {"kind": "划转", "to": OTHER_STREET}))
    assert office.post(HERE, act="apply", **hidden(looked.text)).status_code == 303
    folded(district)

    then, now = office.get(over).text, office.get(f"{over}&as=now").text

    assert matrix(then)[1:] == matrix(before)[1:]
    assert "望江社区" in matrix(then)[0]
    assert "望江社区" not in matrix(now)[0]
    assert sums(now) < sums(then) == sums(before)
    assert '<option value="then" selected>按当时单位' in then
    assert '<option value="now" selected>按现在单位' in now
    assert 'name="as"' not in office.get(f"/progress?unit={STREET}&round=R2").text
    # What the street may no longer open is counted there, and not named.
    mine = street.get(over).text
    assert "后来划出的单位" in matrix(mine)[0]
    assert "望江社区" not in mine
    assert sums(mine) == sums(then)
    assert sums(office.get("/progress?round=R1").text) == sums(
        office.get("/progress?round=R1&as=now").text
    )
    # The pages behind the number follow the same switch.
    one = f"/targets/{PLAN}/C03?unit={STREET}&round=R1"
    for page, has_it in ((office.get(one).text, True), (office.get(f"{one}&as=now").text, False)):
        assert (f"unit={COMMUNITY}" in page) is has_it
        assert ("as=now" in page) is not has_it
        assert 'name="as"' in page
    source = one.replace("/targets/", "/source/")
    assert f"at={COMMUNITY}" in office.get(source).text
    assert f"at={COMMUNITY}" not in office.get(f"{source}&as=now").text
    assert f"at={COMMUNITY}" in office.get(f"{source}&at={COMMUNITY}").text
    for mine in (street.get(one).text, street.get(source).text):
        assert "后来划出的单位" in mine
        assert "望江社区" not in mine
    assert street.get(f"{source}&at={COMMUNITY}").status_code == 404
    tasks = f"/targets/{PLAN}?unit={STREET}&round=R1"
    assert due(office.get(tasks).text) > due(office.get(f"{tasks}&as=now").text)
    assert 'name="as"' not in office.get(f"/targets/{PLAN}?unit={STREET}").text


def due(page: str) -> int:
    """All that is due by the lines of a page of tasks."""
    counts = re.findall(r'data-l="已报/应报">[\d,]+/([\d,]+)<', page)
    return sum(int(one.replace(",", "")) for one in counts)


def folded(district: District) -> None:
    with db.write(district.engine) as session:
        fold(session, at=on(7, 20))


def matrix(page: str) -> tuple[str, str]:
    """The table 单位 × 类别: its rows, and the sums under it."""
    body, _, foot = page.partition('<table class="tb mx">')[2].partition("<tfoot")
    return body, foot.partition("</tfoot>")[0]


def sums(page: str) -> int:
    """What is due by the last sum under the table."""
    return int(re.findall(r">[\d,]+/([\d,]+)<", matrix(page)[1])[-1].replace(",", ""))
