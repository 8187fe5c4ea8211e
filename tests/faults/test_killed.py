"""kill -9 of the server in a loop under load: what was acknowledged is there, once.

Calibrated: the same loop over a build that answers before it commits finds reports lost.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, insert, text

from shuangyong_core import db
from shuangyong_core.assignments.models import Assignment, DueItem
from shuangyong_core.client import Client
from shuangyong_core.plans.models import Node
from shuangyong_core.units.models import Kind, Tree, Unit
from tests.api import district
from tests.api.district import LAUNCHED_AT, PLAN, ROUND, STREET
from tests.faults.server import Server
from tests.reports.place import ROUNDS

CODES = [f"{STREET}{100 + number}" for number in range(240)]
FIGURES = {"B03": {"value": "12"}}
WRITERS, KILLS, BETWEEN = 8, 5, 34  # a kill after so many answers


@dataclass
class Journal:
    """What the clients know: what they sent, what was acknowledged, how often they asked again."""

    to_send: list[str]
    acked: dict[str, str] = field(default_factory=dict)
    asked_again: int = 0
    under_way: set[str] = field(default_factory=set)

    def pause(self, _seconds: float) -> None:
        """This method will note that nobody answered, and wait a moment."""
        self.asked_again += 1
        time.sleep(0.03)


def build(url: str) -> tuple[Engine, str]:
    """This function will hang many communities below the street; gives its token too."""
    engine = db.make_engine(url)
    tokens = district.build(engine)
    units = dict(enumerate(CODES, start=100))
    due = ROUNDS[2][3]
    item = {"target": 1, "round": 2, "done_by": due, "first_due": due, "due": due}
    item |= {"due_version": 1, "valid_from": LAUNCHED_AT}
    with db.write(engine) as session:
        rows = [{"id": n, "code": code, "name": code, "kind": Kind.COMMUNITY}
                for n, code in units.items()]  # fmt: skip
        session.execute(insert(Unit), rows)
        node = {"plan": 1, "from_edition": 1, "parent": 2, "depth": 2}
        nodes = [node | {"tree": tree, "unit": n, "path": f"0000100001{n:05}"}
                 for n in units for tree in Tree]  # fmt: skip
        session.execute(insert(Node), nodes)
        given = {"target": 1, "role": "report", "report_status": "issued", "version": 1}
        session.execute(insert(Assignment), [given | {"unit": n} for n in units])
        session.execute(insert(DueItem), [item | {"unit": n} for n in units])
    return engine, tokens["street"]


@contextmanager
def sending(server: Server, token: str, journal: Journal) -> Iterator[None]:
    """This function will let clients send all reports, each until it is acknowledged."""

    def work() -> None:
        with Client(server.url, token, tries=500, timeout=10, sleep=journal.pause) as client:
            while journal.to_send:
                code = journal.to_send.pop()
                journal.under_way.add(code)
                answer = client.submit(PLAN, ROUND, code, FIGURES, key=f"k-{code}")
                journal.acked[code] = answer["number"]
                journal.under_way.discard(code)

    threads = [threading.Thread(target=work) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join(60)


def kill_in_a_loop(server: Server, journal: Journal, *, kills: int) -> int:
    """This function will kill and restart after every few answers; gives how often work was hit."""
    hits = 0
    for turn in range(1, kills + 1):
        while len(journal.acked) < turn * BETWEEN:
            time.sleep(0.002)
        time.sleep(random.uniform(0, 0.03))
        hits += bool(journal.under_way)
        server.kill()
        server.start()
    return hits


def storm(
    url: str, folder: Path, *, kills: int, is_broken: bool = False
) -> tuple[Engine, Journal, int]:
    """This function will run the whole loop; gives the database as the kills have left it."""
    engine, token = build(url)
    journal = Journal(CODES[: BETWEEN * (kills + 1)])
    server = Server(url, folder, is_broken=is_broken)
    try:
        server.start()
        with sending(server, token, journal):
            hits = kill_in_a_loop(server, journal, kills=kills)
    finally:
        server.close()
    return engine, journal, hits


def rows(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    """This function will read plain rows."""
    with db.read(engine) as session:
        return [tuple(row) for row in session.execute(text(statement))]


def test_what_was_acknowledged_is_there_once(
    new_database: Callable[[str], str], tmp_path: Path
) -> None:
    engine, journal, hits = storm(new_database("sqlite"), tmp_path, kills=KILLS)

    # A run in which no kill hit anything would prove nothing.
    assert hits >= KILLS - 1
    assert journal.asked_again >= KILLS
    assert len(journal.acked) == BETWEEN * (KILLS + 1)
    kept = rows(engine, "SELECT u.code, s.no FROM submission s JOIN report r ON r.id = s.report "
                        "JOIN unit u ON u.id = r.unit")  # fmt: skip
    assert sorted(kept) == [(code, 1) for code in sorted(journal.acked)]
    for table in ("figure", "audit_entry WHERE act = 'report.submit'", "mark", "draft"):
        assert rows(engine, f"SELECT count(*) FROM {table}") == [(len(journal.acked),)]
    assert rows(engine, "PRAGMA integrity_check") == [("ok",)]
    engine.dispose()


def test_the_loop_catches_a_build_that_answers_before_it_commits(
    new_database: Callable[[str], str], tmp_path: Path
) -> None:
    engine, journal, _ = storm(new_database("sqlite"), tmp_path, kills=1, is_broken=True)

    kept = rows(engine, "SELECT idempotency_key FROM submission")
    lost = {f"k-{code}" for code in journal.acked} - {str(row[0]) for row in kept}
    engine.dispose()

    assert lost
