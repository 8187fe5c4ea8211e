"""A year of seven units with something of everything: the roll-up's still life."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Engine, insert

from shuangyong_core import db
from shuangyong_core.assignments.models import Quota
from shuangyong_core.rollups import actions
from tests.rollups.planting import LAUNCHED
from tests.rollups.year import Year

NOW = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 7, 20)
# 1 over 2 and 3; 2 over 4 and 5; 3 over 6 and 7. By territory 3 lies in 2, and 5 under 1.
RESPONSIBILITY = [None, 1, 1, 2, 2, 3, 3]
TERRITORY = [None, 1, 2, 2, 1, 3, 3]


def play(engine: Engine) -> Year:
    """Accepts, returns, reopens and leaves out; then folds."""
    year = Year(engine, RESPONSIBILITY, TERRITORY)
    for unit in (2, 4, 5, 6):
        year.submit(unit, 1, body(unit), day=date(2026, 3, 2))
        year.accept(unit, 1)
    year.submit(4, 2, body(7), day=date(2026, 7, 9))
    year.accept(4, 2)
    year.submit(5, 2, {1: 3, 2: None, 9: frozenset({"驻军单位C"})}, day=date(2026, 7, 12))
    year.submit(6, 2, body(1))
    year.move(6, 2, "returned")
    year.submit(7, 2, body(2))
    year.accept(7, 2)
    year.reopen(7, 2)
    year.submit(1, 2, body(5))
    year.accept(1, 2)
    quotas(engine)
    fold(engine)
    return year


def body(n: int) -> dict[int, object]:
    """Figures for every indicator that a unit reports."""
    aliases = frozenset({"驻军单位A", f"驻军单位{'BC'[n % 2]}"})
    dates = 20600 + n
    return {
        1: n, 2: 10 * n, 3: (n, 10), 4: (n, 20), 5: n % 2, 6: dates, 7: n, 8: dates,
        9: aliases, 10: n, 11: "见附件",
    }  # fmt: skip


def quotas(engine: Engine) -> None:
    """Targets 1 and 2: every reporter owes 10; holders hold what is under them."""
    held = {1: 70, 2: 30, 3: 30, 4: 10, 5: 10, 6: 10, 7: 10}
    rows = [
        {"target": target, "unit": unit, "valid_from": LAUNCHED, "held": number, "own": 10}
        | {"state": "confirmed", "source": "default", "reason": ""}
        for target in (1, 2)
        for unit, number in held.items()
    ]
    with db.write(engine) as session:
        session.execute(insert(Quota), rows)


def fold(engine: Engine) -> actions.FoldDone:
    with db.write(engine) as session:
        return actions.fold(session, at=NOW)
