"""Launch, split, report by form, script and command, return, accept, roll up, explain, recount."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser

from shuangyong_core.client import Client
from tests.examples.recount import assignments_per_target, read_plan, read_units
from tests.journey import people
from tests.journey.house import House, wait_for
from tests.journey.recount import recount

PLAN = "linjiang-2026"
STREET = "990106001"
BY_FORM, BY_SCRIPT, BY_COMMAND = "990106001001", "990106001002", "990106001003"
LAUNCH, REPORT = "2026-01-12", "2026-03-04"


def tell(house: House, browser: Browser, examples: Path) -> dict[str, int]:
    """One number from the plan to the district and back; gives what a recount finds at the end."""
    one_time = _set_up(house, examples)
    house.furnish()

    house.run("plan", "launch", PLAN, "--wait", today=LAUNCH)

    issued = house.ask("plan", "show", PLAN, today=LAUNCH)
    units, plan = read_units(examples / "units.csv"), read_plan(examples / "plan.yaml")
    counted = assignments_per_target(units, plan)
    assert {each["code"]: each["assignments"] for each in issued["targets"]} == counted
    script = house.ask("token", "create", "--unit", BY_SCRIPT, "--role", "reporter", today=LAUNCH)
    with (
        house.open(today=LAUNCH),
        people.signed_in(browser, house, STREET, one_time=one_time[STREET]) as street,
    ):
        people.confirm_split(street, house, PLAN, STREET)
        assert "已确认" in street.content()
    with house.open(today=REPORT):
        _report(house, browser, one_time, token=script["token"])
        _decide(house, browser, one_time)
        return _look(house, browser, one_time)


def _set_up(house: House, examples: Path) -> dict[str, str]:
    house.run("init", today=LAUNCH)
    house.run("units", "import", str(examples / "units.csv"), today=LAUNCH)
    house.run("plan", "check", str(examples / "plan.yaml"), today=LAUNCH)
    house.run("plan", "import", str(examples / "plan.yaml"), today=LAUNCH)
    one_time = {}
    for login, name, role, unit in (
        ("qsyb", "区双拥办联络员", "issuer", "990106"),
        (STREET, "江滨街道联络员", "manager", STREET),
        (f"{STREET}-sh", "江滨街道审核岗", "reviewer", STREET),
        (BY_FORM, "望江社区联络员", "reporter", BY_FORM),
    ):
        words = ("users", "add", login, "--name", name, "--role", f"{role}@{unit}")
        one_time[login] = house.ask(*words, today=LAUNCH)["password"]
    return one_time


def _report(house: House, browser: Browser, one_time: dict[str, str], *, token: str) -> None:
    place = f"{PLAN}/{BY_FORM}/R1"
    with people.signed_in(browser, house, BY_FORM, one_time=one_time[BY_FORM], width=390) as clerk:
        people.report_visits(clerk, house, place, "１３")
        assert f"R1-{BY_FORM}-1" in clerk.content()
    figures = {"C03": {"value": "9"}}
    with Client(house.url, token) as script:
        script.submit(PLAN, "R1", BY_SCRIPT, figures, key="visits-2026")
        script.submit(PLAN, "R1", BY_SCRIPT, figures, key="visits-2026")
    body = {"plan": PLAN, "unit": BY_COMMAND, "round": "R1", "figures": {"C03": {"value": "8"}}}
    wrong = body | {"figures": {"C03": {"value": "1_000"}}}
    said = house.run("report", "submit", "-", given=json.dumps(wrong), today=REPORT, ends=2)
    assert "C03" in said
    house.run("report", "submit", "-", given=json.dumps(body), today=REPORT)


def _decide(house: House, browser: Browser, one_time: dict[str, str]) -> None:
    login, place = f"{STREET}-sh", f"{PLAN}/{BY_FORM}/R1"
    with people.signed_in(browser, house, login, one_time=one_time[login]) as reviewer:
        people.return_report(reviewer, house, place, "与走访登记差 1 户")
        for other in (BY_SCRIPT, BY_COMMAND):
            people.accept_report(reviewer, house, f"{PLAN}/{other}/R1")
        with people.signed_in(browser, house, BY_FORM, width=390) as clerk:
            clerk.goto(f"{house.url}/rounds/{place}")
            assert "与走访登记差 1 户" in clerk.content()
            people.report_visits(clerk, house, place, "12")
        people.accept_report(reviewer, house, place)


def _look(house: House, browser: Browser, one_time: dict[str, str]) -> dict[str, int]:
    shown = ("rollup", "show", "--plan", PLAN, "--unit", "990106", "--target", "C03")
    wait_for(lambda: house.ask(*shown, today=REPORT)["items"][0]["value"] == "29", seconds=120)
    url = house.database_url or f"sqlite:///{house.folder / 'shuangyong.db'}"
    assert recount(url, "C03") == {BY_FORM: 12, BY_SCRIPT: 9, BY_COMMAND: 8}
    why = ("rollup", "explain", "--plan", PLAN, "--unit", STREET, "--target", "C03")
    told = json.dumps(house.ask(*why, today=REPORT), ensure_ascii=False)
    assert BY_FORM in told
    assert house.ask("rollup", "verify", today=REPORT)["items"] == []
    with people.signed_in(browser, house, "qsyb", one_time=one_time["qsyb"]) as office:
        office.goto(f"{house.url}/source/{PLAN}/C03?unit={STREET}")
        assert "29" in office.content()
    return recount(url, "C03")
