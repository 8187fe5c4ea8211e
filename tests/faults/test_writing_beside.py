"""The process that writes: the same answers and rows, and a killed one loses nothing it said."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from shuangyong_core import db
from shuangyong_core.errors import Away, Problems, Refused
from shuangyong_core.reports.actions.sending import Sending
from shuangyong_core.reports.actions.submit import KeyReused, Receipt
from shuangyong_core.serving.writer import Writer
from shuangyong_core.settings import Settings
from tests.faults.lively import until
from tests.faults.test_one_commit import NEIGHBOUR, OTHER
from tests.reports.conftest import street, world
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, Street

__all__ = ["street", "world"]
pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def writer(street: Street, tmp_path: Path) -> Iterator[Writer]:
    """The writer of a server over the street, its process up."""
    url = street.engine.url.render_as_string(hide_password=False)
    made = Writer(street.engine, Settings(data=tmp_path, database_url=url))
    # Before it is there the server writes by itself.
    assert isinstance(made.write([_sending(street, key="0", B03="x")])[0], Problems)
    made.child.start()
    assert until(made.is_beside)
    yield made
    made.child.stop()


def _sending(street: Street, unit: str = COMMUNITY, *, key: str, **figures: object) -> Sending:
    script = replace(street.street_clerk, kind="token")
    body = {"figures": (GOOD if unit == COMMUNITY else OTHER) | figures}
    how = {"channel": "script", "key": key, "body": body, "actor": script, "at": street.at}
    return Sending(PLAN, ROUND, unit, how)


def _keys(engine: Engine) -> list[str]:
    with db.read(engine) as session:
        return list(session.scalars(text("SELECT idempotency_key FROM submission ORDER BY 1")))


def test_what_is_written_beside_is_answered_as_here(street: Street, writer: Writer) -> None:
    good, other = _sending(street, key="a"), _sending(street, NEIGHBOUR, key="b")
    wrong = _sending(street, key="w", B03={"value": "约12"})
    faulty = replace(other, how={**other.how, "key": "f", "at": None})

    with pytest.raises(Problems) as here, db.write(street.engine) as session:
        wrong(session)
    refused, sent, reused, fault = writer.write([wrong, good, replace(other, how=good.how), faulty])
    again = writer.write([good, other])

    assert isinstance(sent, Receipt)
    assert again[0] == sent
    assert isinstance(again[1], Receipt)
    assert _keys(street.engine) == ["a", "b"]
    # A refusal is whole: its sentence, its facts and each problem.
    assert (str(refused), refused.facts, refused.problems) == (
        str(here.value), here.value.facts, here.value.problems,
    )  # fmt: skip
    assert type(refused) is Problems
    assert type(reused) is KeyReused
    assert not isinstance(fault, Refused)
    assert "submit.py" in "".join(fault.__notes__)

    # The server has let go of it: who comes after that comes again, and is no fault.
    writer.child.stop()
    with pytest.raises(Away):
        writer.write([good])


def test_one_killed_at_work_has_told_nobody_and_the_next_ask_is_done(
    street: Street, writer: Writer
) -> None:
    answers: list[object] = []

    def ask() -> None:
        try:
            answers.extend(writer.write([_sending(street, key="a")]))
        except Away as away:
            answers.append(away)

    asking = threading.Thread(target=ask)
    with db.write(street.engine) as session:
        session.execute(text("UPDATE unit SET name = name"))
        asking.start()  # it waits for its turn, which is ours
        asking.join(0.3)
        assert asking.is_alive()
        writer.child.process.kill()
        asking.join(30)

    assert [type(answer) for answer in answers] == [Away]
    assert _keys(street.engine) == []
    assert not writer.is_beside()
    assert isinstance(writer.write([_sending(street, key="a")])[0], Receipt)
    assert _keys(street.engine) == ["a"]
