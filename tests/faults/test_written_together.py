"""What a batch of scripts' reports writes at its end is what each would have written by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from shuangyong_core import db
from shuangyong_core.batches import write_each
from shuangyong_core.errors import Refused
from shuangyong_core.reports.actions.sending import Sending, prepare
from shuangyong_core.reports.actions.submit import Receipt
from tests.faults.test_one_commit import MOST_SHARED, NEIGHBOUR, OTHER
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, Street, build_street

# The report's row, and a savepoint around it: everything else is looked up and written together.
MOST_OF_ITS_OWN = 1
# Batches are SQLite's: on PostgreSQL every act has a transaction of its own.
pytestmark = pytest.mark.databases("sqlite")
KEPT = (
    "SELECT u.code, r.status, r.version, r.latest_no FROM report r JOIN unit u ON u.id = r.unit",
    "SELECT idempotency_key, no, actor, channel, body_hash FROM submission",
    "SELECT no, indicator, state, numerator FROM figure",
    "SELECT body FROM draft",
    "SELECT from_status, to_status, actor FROM step",
    "SELECT act, subject, result, detail FROM audit_entry",
    "SELECT unit, target, round FROM mark",
)


@pytest.fixture
def street(engine: Engine, at) -> Street:  # type: ignore[no-untyped-def]
    """A street with its people, one round open, nothing reported."""
    return build_street(engine, at)


def _batch(street: Street, *, keys: Sequence[str] = ("a", "b")) -> list[Sending]:
    script = replace(street.street_clerk, kind="token")
    how = {"channel": "script", "actor": script, "at": street.at}
    return [
        Sending(PLAN, ROUND, unit, how | {"key": key, "body": {"figures": figures}})
        for unit, figures, key in zip((COMMUNITY, NEIGHBOUR), (GOOD, OTHER), keys, strict=True)
    ]


def _kept(engine: Engine) -> list[list[Any]]:
    with db.read(engine) as session:
        return [sorted(map(tuple, session.execute(text(asked))), key=repr) for asked in KEPT]


def test_together_is_the_same_as_one_by_one(street: Street) -> None:
    alone = [write_each(street.engine, [each])[0] for each in _batch(street)]
    wanted = _kept(street.engine)
    with db.write(street.engine) as session:
        for table in ("step", "audit_entry", "mark", "draft", "figure_part", "figure_key",
                      "figure", "submission", "report"):  # fmt: skip
            session.execute(text(f"DELETE FROM {table}"))
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(street.engine, "before_cursor_execute", note)
    together = write_each(street.engine, _batch(street), prepare=prepare)
    event.remove(street.engine, "before_cursor_execute", note)

    assert [replace(each, report=0) for each in together] == [
        replace(each, report=0) for each in alone
    ]
    assert _kept(street.engine) == wanted
    spoken = [one for one in said if not one.startswith("BEGIN")]
    assert len(spoken) <= MOST_SHARED + 5 + 2 * MOST_OF_ITS_OWN, "\n".join(spoken)


def test_a_repeat_in_a_later_batch_has_the_first_answer(street: Street) -> None:
    first = write_each(street.engine, _batch(street), prepare=prepare)
    before = _kept(street.engine)

    assert write_each(street.engine, _batch(street), prepare=prepare) == first
    assert _kept(street.engine) == before


def test_one_key_for_two_places_of_a_batch_is_refused_once(street: Street) -> None:
    sent, refused = write_each(street.engine, _batch(street, keys=("a", "a")), prepare=prepare)

    assert isinstance(sent, Receipt)
    assert isinstance(refused, Refused)
    assert refused.code == "key_reused"


def test_the_same_place_twice_in_a_batch_is_sent_once(street: Street) -> None:
    first = _batch(street)[0]
    other = replace(first, how=dict(first.how) | {"key": "c"})

    sent, waits = write_each(street.engine, [first, other], prepare=prepare)

    assert isinstance(sent, Receipt)
    assert isinstance(waits, Refused)
    assert _kept(street.engine)[0] == [(COMMUNITY, "submitted", 1, 1)]


def test_a_person_and_a_script_go_in_one_batch(street: Street) -> None:
    person, script = _batch(street)
    person = replace(person, how=dict(person.how) | {"actor": street.street_clerk})

    done = write_each(street.engine, [person, script], prepare=prepare)

    assert [type(each) for each in done] == [Receipt, Receipt]
    assert len(_kept(street.engine)[1]) == 2
