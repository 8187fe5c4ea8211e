"""The review queue: what waits for this reviewer, and nothing else."""

from __future__ import annotations

from typing import Any

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.reports.actions import accept, return_for_revision
from shuangyong_core.reports.queries.review_queue import ReviewQueue, review_queue
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, Street


def queue_of(street: Street, actor: Actor, **how: Any) -> ReviewQueue:
    with db.read(street.engine) as session:
        return review_queue(session, actor=actor, **how)


def test_the_street_sees_what_its_communities_sent(street: Street) -> None:
    street.send({**GOOD, "F10": {"not_involved": "本季无此类"}})
    street.send({"B03": {"value": 1}}, place=(PLAN, ROUND, "990106001002"),
                actor=street.street_clerk)  # fmt: skip

    queue = queue_of(street, street.reviewer)

    assert [line.unit_code for line in queue.lines] == [COMMUNITY, "990106001002"]
    assert (queue.waiting, queue.lines[0].not_involved) == (2, 1)
    assert (queue.lines[1].on_behalf, queue.lines[1].acting_unit) == (True, "江滨街道")


def test_a_decided_report_leaves_the_queue(street: Street) -> None:
    report = street.send().report
    with db.write(street.engine) as session:
        accept(session, report, no=1, actor=street.reviewer, at=street.at)

    queue = queue_of(street, street.reviewer)

    assert (queue.lines, queue.waiting, queue.accepted) == ((), 0, 1)


def test_a_report_that_came_back_says_how_often_it_was_returned(street: Street) -> None:
    report = street.send().report
    with db.write(street.engine) as session:
        return_for_revision(
            session, report, no=1, reason="重报", fields={}, actor=street.reviewer, at=street.at
        )
    street.send()

    assert queue_of(street, street.reviewer).lines[0].returns == 1


def test_the_issuer_is_not_flooded_but_may_look_further_down(street: Street) -> None:
    street.send()

    assert queue_of(street, street.issuer).lines == ()
    assert len(queue_of(street, street.issuer, is_deep=True).lines) == 1


def test_nobody_elses_queue_shows_it(street: Street) -> None:
    street.send()

    for actor in (street.stranger, street.clerk, street.viewer):
        assert queue_of(street, actor, is_deep=True).lines == ()


def test_ones_own_submission_is_marked(street: Street) -> None:
    both = Actor("user", 2, "望江社区", (Grant(3, Role.REPORTER), Grant(2, Role.REVIEWER)))
    street.send(actor=both)

    assert queue_of(street, both).lines[0].is_own
    assert not queue_of(street, street.reviewer).lines[0].is_own
