"""The same report by form, script and workbook: the same rows but for who sent it, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.accounts.actions import create_token
from shuangyong_core.accounts.actor import Role
from shuangyong_core.api import create_api
from shuangyong_core.client import Client
from shuangyong_core.reports.actions import withdraw
from shuangyong_core.reports.actions.import_workbook import import_workbook
from shuangyong_core.reports.models import Figure, FigureKey, FigurePart, Submission
from shuangyong_core.reports.queries.template import get_template
from shuangyong_core.reports.rules.workbook.read import read_workbook
from shuangyong_core.reports.rules.workbook.write import write_workbook
from shuangyong_core.settings import Settings
from tests.api.wire import serving
from tests.reports.workbooks import SECRET, type_in
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, OFFICE, PLAN, District, on
from tests.web.test_fill_in import FORM

AT = on(7, 20)
WHY = "没有优抚对象提出困难"
BY_FORM = {
    "act": "confirm", "B03.value": "3", "B03.part.双拥": "2", "B03.part.征兵": "1",
    "D05.value": "６", "D06.ni": "1", "D06.reason": "other", "D06.other": WHY,
    "F10.value": "2026年6月26日", "note": "上半年",
}  # fmt: skip
BY_SCRIPT: dict[str, Any] = {
    "B03": {"value": 3, "parts": {"双拥": 2, "征兵": 1}}, "D05": {"value": "６"},
    "D06": {"not_involved": WHY}, "F10": {"date": "2026年6月26日"},
}  # fmt: skip
IN_CELLS: dict[str, Any] = {
    "B03.value": 3, "B03.part:双拥": 2, "B03.part:征兵": 1, "D05.value": "６",
    "D06.value": f"不涉及：{WHY}", "F10.date": "2026年6月26日", "#note": "上半年",
}  # fmt: skip
BESIDES = {"no", "at", "actor", "channel", "idempotency_key"}


def by_form(open_browser: Callable[..., Browser]) -> None:
    browser = open_browser("clerk")
    browser.get(FORM)
    assert browser.post_form(FORM, BY_FORM).status_code == 303


def by_script(engine: Engine, settings: Settings) -> None:
    with db.write(engine) as session:
        asked = {"unit": COMMUNITY, "role": Role.REPORTER, "label": "社区的程序"}
        secret = create_token(session, **asked, actor=OFFICE, at=AT)
    with serving(create_api(engine, settings)) as address, Client(address, secret) as client:
        client.submit(PLAN, "R2", COMMUNITY, BY_SCRIPT, note="上半年")


def by_workbook(district: District) -> None:
    actor = district.actor("clerk", at=AT)
    with db.read(district.engine) as session:
        facts = {"unit": COMMUNITY, "round_code": "R2", "below": False}
        template = get_template(session, PLAN, **facts, actor=actor, at=AT)
    data = type_in(write_workbook(template, secret=SECRET), {COMMUNITY: IN_CELLS})
    with db.write(district.engine) as session:
        filled = read_workbook(data, name="社区.xlsx", secret=SECRET)
        import_workbook(session, filled, actor=actor, at=AT)


def rows(engine: Engine, no: int) -> dict[str, list[dict[str, Any]]]:
    """This function will give all that a submission wrote, but for what tells channels apart."""
    with db.read(engine) as session:
        return {
            table.__tablename__: sorted(
                (
                    {name: value for name, value in row.items() if name not in BESIDES}
                    for row in session.execute(select(table.__table__).filter_by(no=no)).mappings()
                ),
                key=str,
            )
            for table in (Submission, Figure, FigurePart, FigureKey)
        }


def test_the_rows_are_the_same(
    open_browser: Callable[..., Browser], district: District, settings: Settings
) -> None:
    def take_back() -> None:
        actor = district.actor("clerk", at=AT)
        with db.write(district.engine) as session:
            withdraw(session, PLAN, "R2", COMMUNITY, actor=actor, at=AT)

    by_form(open_browser)
    take_back()
    by_script(district.engine, settings)
    take_back()
    by_workbook(district)

    form, script, workbook = (rows(district.engine, no) for no in (1, 2, 3))
    assert len(form["figure"]) == 4
    assert form == script == workbook
    with db.read(district.engine) as session:
        sent = session.execute(select(Submission.channel, Submission.actor)).all()
    assert [channel for channel, _ in sent] == ["form", "script", "workbook"]
    assert sent[0].actor == sent[2].actor != sent[1].actor
