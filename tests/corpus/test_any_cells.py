"""Whatever is typed into a street's workbook, it gets a verdict with a place; nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuangyong_core import db
from shuangyong_core.reports.queries.check_workbook import check_workbook
from shuangyong_core.reports.queries.template import get_template
from shuangyong_core.reports.rules.workbook.write import write_workbook
from tests.corpus.world import AT, PLAN, ROUND, STREET_CLERK, World, build, kept, unit_of
from tests.reports.place import STREET
from tests.reports.workbooks import SECRET, read, type_in

KEYS = ("C03.value", "B06.numerator", "B06.denominator", "C06.value", "A16.tick:安排", "C01.keys",
        "F10.date", "G09.text", "S01.score", "B03.part:双拥")  # fmt: skip
# What an .xlsx cannot hold at all never arrives.
WRITABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=30
)
USUAL = st.sampled_from(
    ["１２", "约50", "12万", "=1+1", "#REF!", "不涉及", "不涉及：", "—", "2026.7.1"]
)
VALUES = (
    WRITABLE
    | USUAL
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.dates(date(1900, 3, 1), date(2200, 1, 1))
    | st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1))
)


@pytest.fixture(scope="module")
def given_out(new_database: Callable[[str], str]) -> Iterator[tuple[World, bytes]]:
    """One community and the workbook its street downloaded."""
    engine = db.make_engine(new_database("sqlite"))
    world = build(engine, units=1)
    with db.read(engine) as session:
        template = get_template(session, PLAN, ROUND, STREET, below=True, actor=STREET_CLERK, at=AT)
    yield world, write_workbook(template, secret=SECRET)
    engine.dispose()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(typed=st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1))
def test_whatever_is_typed_gets_a_verdict(
    given_out: tuple[World, bytes], typed: dict[str, Any]
) -> None:
    world, data = given_out

    filled = read(type_in(data, {unit_of(0): typed}))
    with db.read(world.engine) as session:
        verdict = check_workbook(session, filled, actor=STREET_CLERK, at=AT)

    assert all(fault.place and fault.message for fault in verdict.faults)
    assert all(len(fault.value or "") <= 40 for fault in verdict.faults)
    assert kept(world.engine) == {}
