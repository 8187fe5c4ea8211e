"""What every step of the page does with a workbook: read it, judge it, write down that it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from shuangyong_core.errors import Refused
from shuangyong_core.keys import get_key
from shuangyong_core.reports.actions.note_workbook import note_workbook
from shuangyong_core.reports.queries.check_workbook import check_workbook
from shuangyong_core.reports.queries.template import get_template
from shuangyong_core.reports.rules.workbook.course import WorkbookStep
from shuangyong_core.reports.rules.workbook.layout import Template
from shuangyong_core.reports.rules.workbook.read import Filled, read_workbook
from shuangyong_core.reports.rules.workbook.verdict import Verdict
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.workbook.kept import Kept


def read(desk: Desk, kept: Kept) -> Filled:
    """This function will read a workbook of ours; raises Problems, NotOurs, OldTemplate."""
    return read_workbook(kept.data, name=kept.name, secret=get_key(desk.settings.data))


def verdict_of(desk: Desk, address: Address, filled: Filled) -> Verdict:
    """This function will judge a workbook against what is due today; nothing is written."""
    with desk.reading() as session:
        return check_workbook(
            session, filled, expected=address.codes, policy=desk.policy,
            actor=desk.actor, at=desk.at,
        )  # fmt: skip


def template_of(session: Session, desk: Desk, address: Address) -> Template:
    """This function will give what the workbook of a unit and all below it is made of."""
    return get_template(session, *address.codes, below=True, actor=desk.actor, at=desk.at)


def note(desk: Desk, address: Address, step: WorkbookStep, *, count: int = 0) -> None:
    """This function will write down one step of the workbook."""
    with desk.writing() as session:
        note_workbook(session, *address.codes, step=step, count=count, actor=desk.actor, at=desk.at)


@contextmanager
def recording(desk: Desk) -> Iterator[None]:
    """This function will record a refusal made outside any transaction, as every refusal is."""
    try:
        yield
    except Refused as refused:
        with desk.writing():
            raise refused
