"""Many hand out at once: every number once, none left out, one for each key."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.errors import Problems
from shuangyong_core.supervision.models import Handout
from tests.supervision.place import STREET, Office


def test_twelve_at_once_get_twelve_numbers_in_a_row(office: Office) -> None:
    def hand_out(number: int) -> str:
        if number % 4 == 3:
            try:
                return office.issue([], key=f"{number}")
            except Problems:
                return ""
        return office.issue([STREET], key=f"{number % 10}")

    work: Callable[[int], str] = hand_out
    with ThreadPoolExecutor(6) as pool:
        names = list(pool.map(work, range(16)))

    with db.read(office.engine) as session:
        kept = session.scalars(select(Handout.number).order_by(Handout.id)).all()
    asked = {number % 10 for number in range(16) if number % 4 != 3}
    assert sorted(kept) == sorted(f"双拥交办〔2026〕{no + 1}号" for no in range(len(asked)))
    assert len({name for name in names if name}) == len(asked)
