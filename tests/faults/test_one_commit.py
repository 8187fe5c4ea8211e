"""Many acts under one commit: each kept or undone for itself, none answered before the commit."""

from __future__ import annotations

import threading
import time
from functools import partial

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.batches import write_each
from shuangyong_core.errors import Problems, Refused
from shuangyong_core.reports.actions import accept, submit
from shuangyong_core.reports.actions.sending import Sending, prepare
from shuangyong_core.reports.actions.submit import Receipt
from shuangyong_core.reports.models import Report, Submission
from shuangyong_core.reports.queries import find_report
from shuangyong_core.turns import Turns
from tests.reports.conftest import street, world
from tests.reports.place import COMMUNITY, DISTRICT, GOOD, PLAN, ROUND, Street

__all__ = ["street", "world"]

NEIGHBOUR = "990106001002"
# The budget of one report: its lookups, its rows, its audit entry, its marks. Whoever adds a
# statement adds it 300 times a second.
MOST_STATEMENTS = 20
# In a batch: what all share, looked up and written down together, and what each does by itself.
MOST_SHARED, MOST_OF_ITS_OWN = 14, 6


OTHER = {"B03": GOOD["B03"]}


def _sending(street: Street, *, unit: str = COMMUNITY, key: str = "a", **figures: object):  # type: ignore[no-untyped-def]
    given = GOOD if unit == COMMUNITY else OTHER
    return partial(
        submit, plan=PLAN, round_code=ROUND, unit=unit, body={"figures": given | figures},
        channel="script", key=key, actor=street.street_clerk, at=street.at,
    )  # fmt: skip


def _count(engine: Engine, table: type[db.Base]) -> int:
    with db.read(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_refused_one_leaves_nothing_and_takes_nobody_along(street: Street) -> None:
    wrong = _sending(street, B03={"value": "约12"})
    broken: list[object] = []

    def fails(session: Session) -> Receipt:
        _sending(street, key="c")(session)
        raise RuntimeError(broken)

    acts = [wrong, fails, _sending(street, key="b"), _sending(street, unit=NEIGHBOUR, key="n")]
    refused, failed, sent, other = write_each(street.engine, acts)

    assert isinstance(refused, Problems)
    assert isinstance(failed, RuntimeError)
    assert isinstance(sent, Receipt)
    assert isinstance(other, Receipt)
    assert (sent.no, other.no) == (1, 1)
    assert _count(street.engine, Submission) == 2
    assert _count(street.engine, Report) == 2


def test_the_same_key_twice_in_one_commit_is_one_submission(street: Street) -> None:
    changed = _sending(street, F10={"date": "2026-07-04"})

    first, again, other = write_each(street.engine, [_sending(street), _sending(street), changed])

    assert again == first
    assert isinstance(other, Refused)
    assert other.code == "key_reused"
    assert _count(street.engine, Submission) == 1


def test_a_commit_that_fails_answers_nobody(street: Street) -> None:
    def fails(_connection: object) -> None:
        raise OSError("no space left")

    event.listen(street.engine, "commit", fails)
    with pytest.raises(OSError, match="no space"):
        write_each(street.engine, [_sending(street)])
    event.remove(street.engine, "commit", fails)

    assert _count(street.engine, Submission) == 0


def test_a_report_costs_no_more_statements_than_it_may(street: Street) -> None:
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(street.engine, "before_cursor_execute", note)
    with db.write(street.engine) as session:
        _sending(street)(session)
    event.remove(street.engine, "before_cursor_execute", note)

    spoken = [one for one in said if not one.startswith("BEGIN")]
    assert len(spoken) <= MOST_STATEMENTS, "\n".join(spoken)


def test_a_batch_costs_fewer_statements_for_each_report(street: Street) -> None:
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    how = {"channel": "script", "actor": street.street_clerk, "at": street.at}
    batch = [
        Sending(PLAN, ROUND, COMMUNITY, how | {"key": "a", "body": {"figures": GOOD}}),
        Sending(PLAN, ROUND, NEIGHBOUR, how | {"key": "b", "body": {"figures": OTHER}}),
    ]
    event.listen(street.engine, "before_cursor_execute", note)
    done = write_each(street.engine, batch, prepare=prepare)
    event.remove(street.engine, "before_cursor_execute", note)

    assert [type(each) for each in done] == [Receipt, Receipt]
    spoken = [one for one in said if not one.startswith("BEGIN")]
    assert len(spoken) <= MOST_SHARED + 2 * MOST_OF_ITS_OWN, "\n".join(spoken)


def test_a_batch_that_looks_together_says_and_keeps_what_each_would_alone(street: Street) -> None:
    how = {"channel": "script", "key": None, "at": street.at}
    good = how | {"body": {"figures": GOOD}}
    wrong = how | {"body": {"figures": GOOD | {"B03": {"value": "约12"}}}}
    refused = [
        (PLAN, ROUND, COMMUNITY, wrong | {"actor": street.clerk}),
        (PLAN, ROUND, NEIGHBOUR, good | {"actor": street.clerk}),
        (PLAN, ROUND, COMMUNITY, good | {"actor": street.viewer}),
        (PLAN, ROUND, COMMUNITY, good | {"actor": street.stranger}),
        (PLAN, ROUND, "\ud800", good | {"actor": street.clerk}),
        (PLAN, "R9", COMMUNITY, good | {"actor": street.clerk}),
        (PLAN, ROUND, DISTRICT, good | {"actor": street.issuer}),
    ]
    acts = [Sending(*each) for each in refused]
    alone = write_each(street.engine, acts)

    acts.append(Sending(PLAN, ROUND, COMMUNITY, good | {"actor": street.clerk}))
    *together, sent = write_each(street.engine, acts, prepare=prepare)

    assert all(isinstance(each, Exception) for each in alone)
    assert [(type(each), str(each)) for each in together] == [
        (type(each), str(each)) for each in alone
    ]
    assert isinstance(sent, Receipt)


def test_who_comes_second_in_a_batch_is_told_what_the_first_did(street: Street) -> None:
    def decide(session: Session) -> object:
        report = find_report(session, PLAN, ROUND, COMMUNITY)
        return accept(session, report, no=1, actor=street.reviewer, at=street.at)

    def decide_too(session: Session) -> object:
        report = find_report(session, PLAN, ROUND, COMMUNITY)
        return accept(session, report, no=1, actor=street.second_reviewer, at=street.at)

    sent, accepted, late = write_each(street.engine, [_sending(street), decide, decide_too])

    assert isinstance(sent, Receipt)
    assert not isinstance(accepted, Exception), accepted
    assert isinstance(late, Refused)
    assert late.code == "decided_by_another"
    assert "审核通过" in str(late)


def test_turns_go_to_whoever_waits_longest() -> None:
    turns, order = Turns(), []

    def take(name: int) -> None:
        with turns.mine(patience=5):
            order.append(name)

    with turns.mine(patience=5):
        threads = []
        for name in range(5):
            threads.append(threading.Thread(target=take, args=(name,)))
            threads[-1].start()
            while len(turns._line) <= name:
                time.sleep(0.001)
    for thread in threads:
        thread.join(5)

    assert order == [0, 1, 2, 3, 4]


def test_who_loses_patience_goes_on_and_spoils_nobodys_turn() -> None:
    turns = Turns()

    with turns.mine(patience=1), turns.mine(patience=0.01):
        pass
    with turns.mine(patience=1):
        pass

    assert not turns._is_taken
