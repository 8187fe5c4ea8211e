"""The world of a storm before a deadline: 2,000 communities, a token each, ten rounds open."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Engine, insert, text

from shuangyong_core import db, migrations
from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.models import Token
from shuangyong_core.accounts.passwords import hash_secret
from shuangyong_core.rollups.actions import rebuild
from tests.reports.place import DISTRICT, PLAN, ROUND, build_street

TODAY = date(2026, 7, 8)  # the round is open
AT = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
UNITS, STREETS, ROUNDS = 2_000, 40, 10
REPORTS = UNITS * ROUNDS
VIEWER = "storm-viewer"
FIRST_STREET, FIRST_UNIT = 101, 1001
# Written by statements, as a launch writes: i counts the communities, s their streets.
N = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {UNITS} - 1)"
S = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {STREETS} - 1)"
R = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {ROUNDS} - 1)"
STREET_CODE = f"'{DISTRICT}' || (100 + i)"
STREET_PATH = "'00001' || printf('%05d', 100 + i)"
UNIT_CODE = f"'{DISTRICT}' || (100 + i % {STREETS}) || printf('%03d', i / {STREETS})"
UNIT_PATH = f"'00001' || printf('%05d', 100 + i % {STREETS}) || printf('%05d', 1 + i / {STREETS})"
TREES = "(SELECT 'responsibility' AS tree UNION ALL SELECT 'territory')"
WORLD = (
    f"INSERT INTO unit (id, code, kind, name) {S} "
    f"SELECT {FIRST_STREET} + i, {STREET_CODE}, 'street', '街道' || i FROM n",
    f"INSERT INTO unit (id, code, kind, name) {N} "
    f"SELECT {FIRST_UNIT} + i, {UNIT_CODE}, 'community', '社区' || i FROM n",
    "INSERT INTO round (id, plan, code, title, opens_on, due_date, locks_on, opens_rule, due_rule, "
    f"locks_rule, done_rule, is_provisional) {R} SELECT 100 + i, plan, 'S' || i, title, opens_on, "
    "due_date, locks_on, opens_rule, due_rule, locks_rule, done_rule, is_provisional "
    f"FROM n, round WHERE code = '{ROUND}'",
    f"INSERT INTO node (plan, tree, unit, from_edition, parent, depth, path) {S} "
    f"SELECT 1, tree, {FIRST_STREET} + i, 1, 1, 1, {STREET_PATH} FROM n, {TREES}",
    f"INSERT INTO node (plan, tree, unit, from_edition, parent, depth, path) {N} "
    f"SELECT 1, tree, {FIRST_UNIT} + i, 1, {FIRST_STREET} + i % {STREETS}, 2, {UNIT_PATH} "
    f"FROM n, {TREES}",
    "INSERT INTO assignment (target, unit, role, report_status, version) "
    f"SELECT t.id, u.id, 'report', 'issued', 1 FROM target t, unit u WHERE u.id >= {FIRST_UNIT}",
    "INSERT INTO due_item (target, unit, round, done_by, first_due, due, due_version, valid_from) "
    "SELECT t.id, u.id, r.id, r.due_date, r.due_date, r.due_date, 1, '2026-01-12 01:00:00.000000' "
    f"FROM target t, unit u, round r WHERE u.id >= {FIRST_UNIT} AND r.id >= 100",
)


def secret_of(number: int) -> str:
    """This function will give the secret of the token that sends a report: one for each unit."""
    return f"storm-{number % UNITS:05}"


def path_of(number: int) -> str:
    """This function will give the address of a report: of all units the first round, and so on."""
    unit = number % UNITS
    code = f"{DISTRICT}{100 + unit % STREETS}{unit // STREETS:03}"
    return f"/api/v1/reports/{PLAN}/S{number // UNITS}/{code}/submit"


def build(url: str) -> Engine:
    """This function will build the world in an empty database and add it up once."""
    engine = db.make_engine(url)
    migrations.upgrade(engine)
    build_street(engine, AT)
    with db.write(engine) as session:
        for statement in WORLD:
            session.execute(text(statement))
        head = {"role": Role.REPORTER, "created_at": AT}
        tokens = [
            {"hash": hash_secret(secret_of(i)), "label": f"社区{i}", "unit": FIRST_UNIT + i, **head}
            for i in range(UNITS)
        ]
        viewer = {"hash": hash_secret(VIEWER), "label": "查看", "unit": 1, **head}
        session.execute(insert(Token), [*tokens, viewer | {"role": Role.VIEWER}])
    with db.write(engine) as session:
        rebuild(session, at=AT)
    return engine
