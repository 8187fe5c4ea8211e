"""The four ways a report comes in; each is given all cases at once and says its verdicts."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.api import create_api
from shuangyong_core.cli.app import run
from shuangyong_core.guard.corrections import kind_of
from shuangyong_core.reports.actions.import_workbook import import_workbook
from shuangyong_core.reports.queries.check_workbook import check_workbook
from shuangyong_core.reports.queries.template import get_template
from shuangyong_core.reports.rules.workbook.read import read_workbook
from shuangyong_core.reports.rules.workbook.write import write_workbook
from shuangyong_core.settings import Settings
from shuangyong_core.web.app import create_web
from tests.corpus.cases import Case, Verdict
from tests.corpus.world import AT, GOOD, LOGIN, PASSWORD, PLAN, ROUND, STREET_CLERK, World, unit_of
from tests.reports.place import STREET
from tests.reports.workbooks import columns, row_of

Cases = Mapping[int, Case]  # by the number of the community that reports it
Verdicts = dict[int, Verdict]
RATIO = ("numerator", "denominator")
SECRET = b"s" * 32
CSRF = re.compile(r'name="csrf" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"')
NUMBER_OF_REPORT = re.compile(r"第 (\d+) 份")


def refused(problems: Sequence[Mapping[str, Any]]) -> Verdict:
    """This function will give the verdict that a list of problems means."""
    codes = tuple(str(each["code"]) for each in problems)
    return Verdict(False, codes, tuple(str(each["message"]) for each in problems))


def taken(notes: Sequence[str]) -> Verdict:
    """This function will give the verdict of a receipt."""
    return Verdict(True, kinds=tuple(sorted(kind_of(note) for note in notes)))


def by_api(world: World, cases: Cases, folder: Path) -> Verdicts:
    """This function will post each case as a script does."""
    app = create_api(world.engine, _settings(world.engine, folder))
    client = TestClient(app, headers={"Authorization": f"Bearer {world.token}"})
    said = {}
    for number, case in cases.items():
        body = json.dumps({"figures": GOOD | case.figures})
        answer = client.post(f"/reports/{PLAN}/{ROUND}/{unit_of(number)}/submit", content=body,
                             headers={"Content-Type": "application/json"})  # fmt: skip
        assert answer.status_code in (200, 422), answer.text
        found = answer.json()
        is_taken = answer.status_code == 200
        said[number] = taken(found["normalised"]) if is_taken else refused(_problems(found))
    return said


def _problems(found: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return found["problems"] or [found]


def by_command(world: World, cases: Cases, folder: Path) -> Verdicts:
    """This function will send all good ones in one command, all bad ones in another."""
    said: Verdicts = {}
    # What breaks a whole file hides what is wrong with the others in it.
    alone = [{n: case} for n, case in cases.items() if case.expected.get("alone")]
    others = [
        {n: case for n, case in cases.items()
         if case.is_accepted is wanted and not case.expected.get("alone")}
        for wanted in (True, False)
    ]  # fmt: skip
    for chosen in (*others, *alone):
        bodies = [
            {"plan": PLAN, "round": ROUND, "unit": unit_of(n), "figures": GOOD | case.figures}
            for n, case in chosen.items()
        ]
        file = folder / "reports.json"
        file.write_text(json.dumps(bodies), encoding="utf-8")
        found = command_of(world, folder, "report", "submit", str(file), "--json")
        said |= _of_command(found, list(chosen))
    return said


def _of_command(found: Mapping[str, Any], numbers: list[int]) -> Verdicts:
    if "items" in found:
        notes = [receipt["normalised"] for receipt in found["items"]]
        return {n: taken(each) for n, each in zip(numbers, notes, strict=True)}
    problems: dict[int, list[Mapping[str, Any]]] = {}
    for each in found["problems"]:
        place = NUMBER_OF_REPORT.search(each["file"])
        number = numbers[int(place[1]) - 1 if place else 0]
        problems.setdefault(number, []).append(each)
    return {n: refused(problems[n]) if n in problems else Verdict(True) for n in numbers}


def command_of(world: World, folder: Path, *words: str) -> Mapping[str, Any]:
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(out):
        for name, value in {"DATA": str(folder), "TODAY": f"{AT:%Y-%m-%d}",
                            "DATABASE_URL": str(world.engine.url)}.items():  # fmt: skip
            patch.setenv(f"SHUANGYONG_{name}", value)
        with pytest.raises(SystemExit):
            run(list(words))
    answer = out.getvalue()
    found: Mapping[str, Any] = json.loads(
        answer[answer.index("\n{") + 1 if answer[0] != "{" else 0 :]
    )
    return found


def by_form(world: World, cases: Cases, folder: Path) -> Verdicts:
    """This function will type each case into the form; a refusal is read off the page."""
    app = create_web(world.engine, _settings(world.engine, folder))
    browser = TestClient(app, follow_redirects=False)
    page = browser.get("/login").text
    browser.post("/login", data={"csrf": CSRF.findall(page)[0], "login": LOGIN,
                                 "password": PASSWORD, "next": "/todo"})  # fmt: skip
    path = "/rounds/{}/{}/{}"
    page = browser.get(path.format(PLAN, unit_of(min(cases)), ROUND)).text
    hidden = {"csrf": CSRF.findall(page)[0], "version": VERSION.findall(page)[0], "act": "confirm"}
    said = {}
    for together in _side_by_side(cases):
        figures = GOOD | {
            code: each for case in together.values() for code, each in case.figures.items()
        }
        typed = dict(field for code, figure in figures.items() for field in _typed(code, figure))
        where = path.format(PLAN, unit_of(min(together)), ROUND)
        answer = browser.post(where, data=hidden | typed)
        assert answer.status_code in (303, 422), answer.text
        text = html.unescape(answer.text)
        for number, case in together.items():
            is_wrong = f'id="e-{case.target}"' in text or len(together) == 1
            said[number] = Verdict(answer.status_code == 303 or not is_wrong, messages=(text,))
    return said


def _side_by_side(cases: Cases) -> list[dict[int, Case]]:
    """Wrong figures of several targets fit into one form: each is said at its own field."""
    forms: list[dict[int, Case]] = []
    for number, case in cases.items():
        is_alone = case.is_accepted or case.expected.get("alone")
        fitting = (form for form in forms if not is_alone and _fits(case, form))
        form = next(fitting, None)
        if form is None:
            forms.append({number: case})
        else:
            form[number] = case
    return forms


def _fits(case: Case, form: Mapping[int, Case]) -> bool:
    targets = {each.target for each in form.values()}
    is_alone = any(each.is_accepted or each.expected.get("alone") for each in form.values())
    return not is_alone and case.target not in targets


def _typed(code: str, figure: Mapping[str, Any]) -> list[tuple[str, str]]:
    if "not_involved" in figure:
        other = {"ni": "1", "reason": "other", "other": figure["not_involved"]}
        return [(f"{code}.{name}", value) for name, value in other.items()]
    fields = []
    for name, value in figure.items():
        if name == "parts":
            fields += [(f"part.{part}", "1" if each is True else str(each))
                       for part, each in value.items()]  # fmt: skip
        elif name == "keys":
            fields.append(("keys", "\n".join(value)))
        elif not isinstance(value, bool):
            fields.append((name if name in RATIO else "value", str(value)))
    return [(f"{code}.{name}", value) for name, value in fields]


def by_workbook(world: World, cases: Cases, folder: Path) -> Verdicts:
    """This function will type all cases into the street's workbook: judged once, then taken in."""
    how: dict[str, Any] = {"actor": STREET_CLERK, "at": AT}
    with db.read(world.engine) as session:
        template = get_template(session, PLAN, ROUND, STREET, below=True, **how)
    data = write_workbook(template, secret=SECRET)
    with db.read(world.engine) as session:
        judged = check_workbook(session, _filled(data, cases), **how)
    faults: dict[str, list[dict[str, Any]]] = {}
    for fault in judged.faults:
        problem = {"code": fault.code, "message": fault.message}
        faults.setdefault(fault.unit, []).append(problem)
    assert not judged.problems, judged.problems
    good = {n: case for n, case in cases.items() if case.is_accepted}
    with db.write(world.engine) as session:
        done = import_workbook(session, _filled(data, good), **how)
    receipts = {each.number.split("-")[1]: each.normalised for each in done.receipts}
    return {
        n: taken(receipts[unit_of(n)]) if unit_of(n) in receipts
        else refused(faults.get(unit_of(n), []))
        for n in cases
    }  # fmt: skip


def _filled(data: bytes, cases: Cases) -> Any:
    book = load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        if sheet["A1"].value and str(sheet["A1"].value).startswith("#"):
            _fill(sheet, cases)
    page = io.BytesIO()
    book.save(page)
    return read_workbook(page.getvalue(), name="江滨街道.xlsx", secret=SECRET)


def _fill(sheet: Any, cases: Cases) -> None:
    at, rows = columns(sheet), {cell.value: cell.row for cell in sheet["A"]}
    assert row_of(sheet, unit_of(min(cases)))
    for number, case in cases.items():
        for code, figure in (GOOD | case.figures).items():
            for field, value in _cells(figure):
                cell = sheet.cell(rows[unit_of(number)], at[f"{code}.{field}"])
                cell.value = value
                cell.data_type = "s"  # typed as text, whatever it looks like


def _cells(figure: Mapping[str, Any]) -> list[tuple[str, str]]:
    cells = []
    for name, value in figure.items():
        if name == "not_involved":
            cells.append(("value", f"不涉及：{value}"))
        elif name == "parts":
            kind = "tick" if any(isinstance(each, bool) for each in value.values()) else "part"
            cells += [(f"{kind}:{part}", "是" if each is True else str(each))
                      for part, each in value.items()]  # fmt: skip
        elif name == "keys":
            cells.append(("keys", "、".join(value)))
        elif not isinstance(value, bool):
            cells.append((name, str(value)))
    return cells


def _settings(engine: Engine, folder: Path) -> Settings:
    return Settings(data=folder, database_url=str(engine.url), today=AT.date())


CHANNELS: dict[str, Callable[[World, Cases, Path], Verdicts]] = {
    "form": by_form,
    "api": by_api,
    "command": by_command,
    "workbook": by_workbook,
}
