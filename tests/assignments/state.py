"""The whole result of a launch as plain rows by code, to compare one launch with another."""

from __future__ import annotations

import hashlib

from sqlalchemy import Engine, text

from shuangyong_core import db

STATE = {
    "assignment": """SELECT t.code, u.code, a.role, a.hold_status, a.report_status, a.version
        FROM assignment a JOIN target t ON t.id = a.target JOIN unit u ON u.id = a.unit""",
    "quota": """SELECT t.code, u.code, q.held, q.own, q.state, q.source, q.valid_to
        FROM quota q JOIN target t ON t.id = q.target JOIN unit u ON u.id = q.unit""",
    "due_item": """SELECT t.code, u.code, r.code, d.done_by, d.first_due, d.due, d.due_version
        FROM due_item d JOIN target t ON t.id = d.target JOIN unit u ON u.id = d.unit
        JOIN round r ON r.id = d.round""",
}


def read_state(engine: Engine) -> dict[str, list[tuple[str, ...]]]:
    """Assignments, quotas and due items, sorted, every value as text."""
    with db.read(engine) as session:
        return {
            name: sorted(tuple(map(str, row)) for row in session.execute(text(query)))
            for name, query in STATE.items()
        }


def state_hash(engine: Engine) -> str:
    """One short word for the whole result."""
    return hashlib.sha256(repr(read_state(engine)).encode()).hexdigest()


def count(engine: Engine, table: str) -> int:
    """How many rows a table has."""
    with db.read(engine) as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def broken_sums(engine: Engine) -> list[tuple[object, ...]]:
    """Every holder whose held is not own + the children's, counted without the product."""
    query = """SELECT q.target, q.unit, q.held, q.own, COALESCE(SUM(c.held), 0)
        FROM quota q
        LEFT JOIN node n ON n.parent = q.unit AND n.tree = 'responsibility'
        LEFT JOIN quota c ON c.unit = n.unit AND c.target = q.target AND c.valid_to IS NULL
        WHERE q.valid_to IS NULL
        GROUP BY q.target, q.unit, q.held, q.own
        HAVING q.held <> q.own + COALESCE(SUM(c.held), 0)"""
    with db.read(engine) as session:
        return [tuple(row) for row in session.execute(text(query))]
