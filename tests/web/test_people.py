"""单位与人员: those below, looked after in two clicks; delegation; nobody beside or above."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.accounts import actions
from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.models import User
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.reports.actions import accept, submit
from shuangyong_core.reports.models import Report
from shuangyong_core.reports.queries.review_page import list_happenings
from shuangyong_core.reports.rules.review import GiversReport, OwnReport
from shuangyong_core.units.names import names_at
from shuangyong_core.units.queries import get_unit
from tests.web.conftest import Browser
from tests.web.district import (
    COMMUNITY,
    FEDERATION,
    GOOD,
    OFFICE,
    OTHERS,
    PLAN,
    SECOND,
    STREET,
    District,
    on,
)

Open = Callable[..., Browser]
THIRD = "990106001003"
HERE = f"/people/{COMMUNITY}"
SEEN = re.compile(r'name="seen" value="([^"]*)"')
PASSWORD = re.compile(r'id="password"><b>([^<]+)</b>')


def asked(browser: Browser, act: str, login: str = "clerk", unit: str = COMMUNITY) -> str:
    """Opens the page that asks for an act, and gives what the form would send back."""
    answer = browser.get(f"/people/{unit}?act={act}&login={login}")
    assert answer.status_code == 200
    found = SEEN.search(answer.text)
    return found[1] if found else ""


def test_a_street_sees_its_own_and_finds_only_those(open_browser: Open) -> None:
    browser = open_browser("street")

    listed = browser.get("/people").text
    found = browser.get("/people?q=望江").text
    by_login = browser.get("/people?q=clerk").text
    elsewhere = browser.get(f"/people?q={OTHERS}").text

    assert COMMUNITY in listed
    assert OTHERS not in listed
    assert "没有账号" in listed
    for text in (found, by_login):
        assert COMMUNITY in text
        assert SECOND not in text
    assert "没有找到" in elsewhere
    assert "单位与人员" not in open_browser("clerk").get("/todo").text


def test_a_unit_is_renamed_in_two_clicks_and_its_former_name_stays(
    open_browser: Open, web_engine: Engine
) -> None:
    browser = open_browser("street")
    assert f"{HERE}?act=rename" in browser.get("/people").text
    browser.get(f"{HERE}?act=rename")

    done = browser.post(HERE, act="rename", name="望江新社区", was="望江社区")
    shown = browser.get(done.headers["location"]).text
    late = browser.post(HERE, act="rename", name="望江三社区", was="望江社区")
    bad = browser.post(HERE, act="rename", name="电话 13000000000", was="望江新社区")

    assert "曾用名：望江社区" in shown
    assert (late.status_code, bad.status_code) == (409, 422)
    assert "望江新社区" in browser.get("/people").text
    with db.read(web_engine) as session:
        unit = get_unit(session, COMMUNITY).id
        assert names_at(session, [unit], at=on(7, 1)) == {unit: "望江社区"}
        assert names_at(session, [unit], at=on(7, 30)) == {unit: "望江新社区"}


def test_the_next_liaison_gets_a_password_once_and_the_last_is_out(
    open_browser: Open, web_engine: Engine
) -> None:
    street, leaving = open_browser("street"), open_browser("clerk")
    seen = asked(street, "hand_over")

    done = street.post(HERE, act="hand_over", login="clerk", seen=seen)
    again = street.post(HERE, act="hand_over", login="clerk", seen=seen)

    password = PASSWORD.search(done.text)
    assert password
    assert done.headers["cache-control"] == "no-store"
    assert "<svg" in done.text
    assert again.status_code == 409
    assert leaving.get("/todo").headers["location"].startswith("/login")
    coming = open_browser()
    assert coming.sign_in("clerk", password[1]).headers["location"] == "/password"
    assert coming.get("/todo").headers["location"] == "/password"
    with db.read(web_engine) as session:
        entries = session.execute(select(AuditEntry.act, AuditEntry.detail)).all()
    assert "users.hand_over" in [act for act, _ in entries]
    assert password[1] not in str(entries)


def test_a_password_is_reset_and_an_account_opened(open_browser: Open) -> None:
    street = open_browser("street")
    seen = asked(street, "reset")
    reset = street.post(HERE, act="reset", login="clerk", seen=seen)
    assert PASSWORD.search(reset.text)

    third = f"/people/{THIRD}"
    asked(street, "open", login="", unit=THIRD)
    empty = street.post(third, act="open", name="码头社区联络员", new_login=THIRD)
    taken = street.post_form(third, {"act": "open", "name": "码头社区联络员",
                                     "new_login": "clerk", "role": "reporter"})  # fmt: skip
    issuer = street.post_form(third, {"act": "open", "name": "码头社区联络员",
                                      "new_login": "mt", "role": "issuer"})  # fmt: skip
    opened = street.post_form(third, {"act": "open", "name": "码头社区联络员",
                                      "new_login": "mt", "role": "reporter"})  # fmt: skip

    assert [each.status_code for each in (empty, taken, issuer, opened)] == [422, 422, 422, 200]
    assert "已经有了" in taken.text
    password = PASSWORD.search(opened.text)
    assert password
    assert open_browser().sign_in("mt", password[1]).status_code == 303


def test_an_old_slip_opens_nothing(open_browser: Open, web_engine: Engine) -> None:
    street = open_browser("street")
    done = street.post(HERE, act="reset", login="clerk", seen=asked(street, "reset"))
    password = PASSWORD.search(done.text)
    assert password
    with db.write(web_engine) as session:
        user = session.scalars(select(User).where(User.login == "clerk")).one()
        user.one_time_until = on(7, 19)

    late = open_browser().sign_in("clerk", password[1])

    assert late.status_code == 422
    assert "已过有效期" in late.text
    assert "口令条已过期" in street.get("/people").text


@pytest.mark.parametrize("act", ["rename", "hand_over", "reset", "open"])
def test_no_act_reaches_beside_or_above(open_browser: Open, web_engine: Engine, act: str) -> None:
    street, clerk = open_browser("street"), open_browser("clerk")
    asked(street, "rename")
    clerk.get("/account")
    with db.read(web_engine) as session:
        before = session.execute(select(User.login, User.password_hash)).all()

    for browser, unit, login in (
        (street, OTHERS, "other"), (street, STREET, "second"), (street, FEDERATION, "federation"),
        (street, COMMUNITY, "other"), (street, COMMUNITY, "office"), (clerk, COMMUNITY, "clerk"),
    ):  # fmt: skip
        if unit == COMMUNITY and act in ("rename", "open") and browser is street:
            continue
        done = browser.post(f"/people/{unit}", act=act, login=login, name="某社区",
                            new_login="x1", role="reporter", was="")  # fmt: skip
        assert done.status_code == 404, (act, unit, login)

    with db.read(web_engine) as session:
        assert session.execute(select(User.login, User.password_hash)).all() == before


def test_who_also_stands_at_the_street_is_left_to_the_office(open_browser: Open) -> None:
    street, office = open_browser("street"), open_browser("office")
    here = f"/people/{SECOND}"

    seen = asked(street, "reset", "both", SECOND)
    mine = street.post(here, act="reset", login="both", seen=seen)
    asked(office, "reset", "both", SECOND)
    theirs = office.post(here, act="reset", login="both", seen=seen)

    assert mine.status_code == 422
    assert "在别处也有权限" in mine.text
    assert PASSWORD.search(theirs.text)


def test_roles_are_handed_over_for_some_days_and_taken_back(open_browser: Open) -> None:
    clerk, viewer = open_browser("clerk"), open_browser("viewer")
    assert "viewer" in clerk.get("/account").text
    wrong = clerk.post("/account", act="delegate", taker="other", first="2026-07-20",
                       last="2026-07-25")  # fmt: skip
    assert "只能委托本单位或上级单位" in wrong.text
    form = f"/rounds/{PLAN}/{COMMUNITY}/R2"

    unclear = clerk.post("/account", act="delegate", taker="viewer", first="7/8/2026",
                         last="八月初")  # fmt: skip
    assert "从哪天起填的“7/8/2026”不能用：分不清哪个是月、哪个是日" in unclear.text
    assert "到哪天为止填的“八月初”不能用" in unclear.text

    done = clerk.post("/account", act="delegate", taker="viewer", first="2026年7月20日",
                      last="２０２６－０７－２５")  # fmt: skip
    during = viewer.get(form)
    said = clerk.get(done.headers["location"]).text
    assert "已自动更正 2 处：日期写法。" in said
    assert "2026-07-25" in said
    number = re.search(r'name="number" value="(\d+)"', clerk.html)
    assert number
    strange = viewer.post("/account", act="revoke", number=number[1])
    clerk.post("/account", act="revoke", number=number[1])
    over = viewer.post_form(form, {"act": "submit", "D05.value": "1"})

    assert "受 望江社区联络员 委托" in during.text
    assert "存草稿" in during.text
    assert strange.status_code == 404
    assert over.status_code == 404
    assert "受“望江社区联络员”委托办理的期限到" in over.text
    assert "这次没有办成" in over.text


def test_a_delegate_reviews_neither_their_own_nor_the_givers_report(district: District) -> None:
    first = on(7, 8)
    with db.write(district.engine) as session:
        actions.add_user(session, "spare", name="江滨街道备岗", roles=[(STREET, Role.REPORTER)],
                         password="jun-min-yi-jia-qin", actor=OFFICE, at=first)  # fmt: skip
        actions.add_user(session, "third", name="码头社区联络员", roles=[(THIRD, Role.REPORTER)],
                         password="jun-min-yi-jia-qin", actor=OFFICE, at=first)  # fmt: skip
        actions.delegate(session, giver="both", taker="spare", first_date=first.date(),
                         last_date=on(7, 20).date(), actor=OFFICE, at=first)  # fmt: skip
    reports = {}
    for unit, login in ((COMMUNITY, "spare"), (SECOND, "both"), (THIRD, "third")):
        with db.write(district.engine) as session:
            who = district.actor(login, at=on(7, 9))
            submit(session, PLAN, "R2", unit, body={"figures": GOOD}, channel="form",
                   key=None, actor=who, at=on(7, 9))  # fmt: skip
            unit_id = get_unit(session, unit).id
            reports[login] = session.scalars(select(Report.id).where(Report.unit == unit_id)).one()
    spare = district.actor("spare", at=on(7, 10))

    for login, refused in (("both", GiversReport), ("spare", OwnReport)):
        with db.write(district.engine) as session, pytest.raises(refused):
            accept(session, reports[login], no=1, actor=spare, at=on(7, 10))
    with db.write(district.engine) as session:
        accept(session, reports["third"], no=1, actor=spare, at=on(7, 10))

    with db.read(district.engine) as session:
        said = [each.who for each in list_happenings(session, reports["third"])]
    assert said[-1] == "江滨街道备岗 受 滨河社区联络员兼街道审核岗 委托"
    assert said[0] == "码头社区联络员"
