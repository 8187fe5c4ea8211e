"""Launches in processes of their own, that may die without warning at a commit."""

from __future__ import annotations

import hashlib
import os
import traceback
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, event, select

from shuangyong_core import db
from shuangyong_core.assignments.actions.launch import (
    cascade_branch,
    finish_launch,
    list_pending,
    prepare_launch,
)
from shuangyong_core.assignments.queries.branches import list_branches
from shuangyong_core.plans.models import Plan
from tests.assignments.year import LAUNCHED, OFFICE

DIED = 9
# Numbers that say in which order rows came, not what they say.
UNIMPORTANT = {("due_item", "id"), ("mark", "id"), ("step", "id"), ("audit_entry", "id")}


def send_down(engine: Engine, plan_id: int) -> None:
    """The whole launch as the flow does it: what is pending, one transaction a batch."""
    prepare(engine, plan_id)
    for branch in branches_of(engine, plan_id):
        for batch in pending(engine, plan_id, branch):
            send_batch(engine, plan_id, branch, batch)
    with db.write(engine) as session:
        finish_launch(session, session.get_one(Plan, plan_id), at=LAUNCHED, actor=OFFICE)


def prepare(engine: Engine, plan_id: int) -> None:
    """The first step of a launch of the whole plan."""
    with db.write(engine) as session:
        plan = session.get_one(Plan, plan_id)
        prepare_launch(session, plan, targets=None, at=LAUNCHED, actor=OFFICE)


def branches_of(engine: Engine, plan_id: int) -> Sequence[int]:
    """The units at the head of each branch."""
    with db.read(engine) as session:
        return [one.unit for one in list_branches(session, session.get_one(Plan, plan_id))]


def pending(engine: Engine, plan_id: int, branch: int) -> Sequence[Sequence[int]]:
    """The targets a branch still lacks, in batches."""
    with db.read(engine) as session:
        return list_pending(session, session.get_one(Plan, plan_id), branch=branch)


def send_batch(engine: Engine, plan_id: int, branch: int, batch: Sequence[int]) -> None:
    """One batch down one branch, in one transaction."""
    with db.write(engine) as session:
        plan = session.get_one(Plan, plan_id)
        cascade_branch(session, plan, branch=branch, targets=batch)


class Copies:
    """One engine for many copies of a database: what it has compiled serves every process."""

    def __init__(self, url: str) -> None:
        self.engine = db.make_engine(url)
        self._copied = ""
        event.listen(self.engine, "do_connect", self._connect)

    def turn_to(self, copied: str) -> None:
        """The file of SQLite or the name on the server to connect to from now on."""
        self.engine.dispose()
        self._copied = copied

    def _connect(self, dialect: Any, _record: object, places: Any, more: Any) -> Any:
        if dialect.name == "sqlite":
            return dialect.connect(self._copied, **more)
        return dialect.connect(*places, **more | {"dbname": self._copied})


def launch_at_once(
    engine: Engine, plan_id: int, *, times: int, dies_at: int = 0, is_after: bool = True
) -> Sequence[int]:
    """Launches in as many processes side by side; gives how each ended, DIED or 0 for well."""
    engine.dispose()
    children = [_begin(engine, plan_id, dies_at, is_after) for _ in range(times)]
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def _begin(engine: Engine, plan_id: int, dies_at: int, is_after: bool) -> int:
    child = os.fork()
    if child:
        return child
    try:
        count_commits(engine, dies_at=dies_at, is_after=is_after)
        send_down(engine, plan_id)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def count_commits(engine: Engine, *, dies_at: int = 0, is_after: bool = True) -> list[object]:
    """Notes every commit of an engine; the process dies before or after the one of that number."""
    seen: list[object] = []
    commit = engine.dialect.do_commit

    def counted(connection: object) -> None:
        seen.append(connection)
        if len(seen) == dies_at and not is_after:
            os._exit(DIED)
        commit(connection)  # type: ignore[arg-type]
        if len(seen) == dies_at:
            os._exit(DIED)

    engine.dialect.do_commit = counted  # type: ignore[method-assign]
    return seen


def hash_everything(engine: Engine) -> str:
    """One word for every row of every table, but for the numbers that only say an order."""
    state = hashlib.sha256()
    with db.read(engine) as session:
        for table in db.Base.metadata.sorted_tables:
            columns = [c for c in table.columns if (table.name, c.name) not in UNIMPORTANT]
            rows = sorted(map(repr, session.execute(select(*columns))))
            state.update(f"{table.name}{rows}".encode())
    return state.hexdigest()
