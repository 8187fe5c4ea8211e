"""Nothing is lost and nothing made: Σ held = own + Σ children, over random trees and goals."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update

from shuangyong_core import db
from shuangyong_core.assignments.actions.change_split import SplitWrong, Wish, change_split
from shuangyong_core.assignments.actions.propose_split import propose_split
from shuangyong_core.assignments.models import Quota
from shuangyong_core.assignments.queries.splits import SplitProposal, list_splits
from shuangyong_core.assignments.rules.shares import Party, WeightsUnusable, share, share_same
from shuangyong_core.assignments.rules.splits import Held, Split, check_split
from shuangyong_core.plans.models import Plan
from tests.assignments.acts import target_id, unit_id
from tests.assignments.state import broken_sums
from tests.assignments.year import LAUNCHED, OFFICE

GOALS = st.integers(0, 10**12)


@dataclass
class Place:
    """A unit of a random tree, with its weight where it reports."""

    weight: int = 0
    reports: bool = True
    below: list[Place] = field(default_factory=list)
    held: int = 0
    own: int = 0

    def weigh(self) -> int:
        """Its own weight and all below."""
        return (self.weight if self.reports else 0) + sum(one.weigh() for one in self.below)


WEIGHTS = st.one_of(st.integers(0, 10**6), st.just(0))
LEAF = st.builds(Place, WEIGHTS)
TREES = st.recursive(
    LEAF,
    lambda below: st.builds(Place, WEIGHTS, st.booleans(), st.lists(below, min_size=1, max_size=5)),
    max_leaves=40,
)


def split_down(place: Place, held: int) -> None:
    """The default split of a whole tree by the rules: a holder that reports is one party more."""
    place.held = held
    if not place.below:
        place.own = held
        return
    parties = [Party(f"{number:03}", one.weigh()) for number, one in enumerate(place.below)]
    own = Party("own", place.weight if place.reports else 0)
    # Who weighs nothing got nothing, and has nothing to share out.
    shares = share(held, [*parties, own]) if held else [0] * (len(parties) + 1)
    place.own = shares.pop()
    for one, given_ in zip(place.below, shares, strict=True):
        split_down(one, given_)


def all_of(place: Place) -> list[Place]:
    """A place and every one below it."""
    return [place, *(each for one in place.below for each in all_of(one))]


@given(goal=GOALS, tree=TREES)
def test_every_level_of_a_random_tree_adds_up_to_the_last_unit(goal: int, tree: Place) -> None:
    if tree.weigh() == 0 and tree.below:
        if goal:
            with pytest.raises(WeightsUnusable):
                split_down(tree, goal)
        return

    split_down(tree, goal)

    for one in all_of(tree):
        assert one.held == one.own + sum(each.held for each in one.below)
        assert one.held >= 0
        assert one.reports or not one.below or one.own == 0
    assert sum(one.own for one in all_of(tree)) == goal


@given(held=GOALS, parties=st.integers(1, 300))
def test_the_same_for_all_is_enough_and_less_than_one_too_much_each(
    held: int, parties: int
) -> None:
    each = share_same(held, parties)

    assert 0 <= each * parties - held < parties


NUMBERS = st.one_of(GOALS, st.integers(-(10**12), -1), st.floats(allow_nan=True), st.just("7"))


@given(held=GOALS, wanted=st.dictionaries(st.sampled_from("abcdx"), NUMBERS), own=NUMBERS,
       reason=st.sampled_from(["", " ", "留有余地"]))  # fmt: skip
def test_a_split_that_passes_adds_up_or_states_its_excess(
    held: int, wanted: dict[str, object], own: object, reason: str
) -> None:
    first, *rest = share(held, [Party(code, 1) for code in "oabcd"])
    now = Held(held, True, first, dict(zip("abcd", rest, strict=True)), 10_500)

    checked = check_split(now, Split(wanted, own, reason))

    total = sum(checked.children.values()) + checked.own
    values = [*wanted.values(), own]
    if "x" in wanted or any(not isinstance(one, int) or one < 0 for one in values):
        assert checked.problems
    elif not checked.problems:
        assert total >= held
        assert total * 10_000 <= held * 10_500 or reason.strip()
        assert checked.children.keys() == now.children.keys()
    else:
        assert total < held or total * 10_000 > held * 10_500


STREET, TARGETS = "990106001", ("C03", "D06")


@pytest.fixture
def year(engine: Engine, launched: int) -> tuple[Engine, int]:
    """The launched example; each example of a property changes it again."""
    return engine, launched


@settings(
    max_examples=6, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(data=st.data())
def test_the_database_splits_as_the_rules_do(year: tuple[Engine, int], data: st.DataObject) -> None:
    engine, plan_id = year
    goal, code = data.draw(GOALS), data.draw(st.sampled_from(TARGETS))
    holder = data.draw(st.sampled_from(["990106", STREET, "990106002"]))
    method = data.draw(
        st.sampled_from(["default", "same", "equal", "base:households", "base:beneficiaries"])
    )
    give(engine, holder, code, goal)

    split = split_by(engine, plan_id, holder, code, method)

    if method == "same":
        assert 0 <= split.excess <= len(split.children)
    else:
        assert split.excess == 0
    assert split.held == goal
    broken = broken_sums(engine)
    # The holder itself may state an excess, and above it nobody gave it what it was given here.
    assert {row[1] for row in broken} <= top_of(engine, holder)


def give(engine: Engine, unit: str, code: str, goal: int) -> None:
    """A total as its superior might have given it, however unlikely."""
    with db.write(engine) as session:
        session.execute(
            update(Quota)
            .where(Quota.target == target_id(session, code), Quota.valid_to.is_(None))
            .where(Quota.unit == unit_id(session, unit))
            .values(held=goal, own=0)
        )


def split_by(engine: Engine, plan_id: int, unit: str, code: str, method: str) -> SplitProposal:
    """The total shared out by a method and kept."""
    with db.write(engine) as session:
        plan, here = session.get_one(Plan, plan_id), unit_id(session, unit)
        target = target_id(session, code)
        found = propose_split(session, plan, unit=here, target=target, method=method, actor=OFFICE)
        wish = Wish(found.children, found.own, "各单位一样多")
        return change_split(
            session, plan, unit=here, target=target, wish=wish, version=None,
            actor=OFFICE, at=LAUNCHED,
        )  # fmt: skip


def top_of(engine: Engine, unit: str) -> set[object]:
    """The units whose sums an example may have set apart: the district and its two streets."""
    with db.read(engine) as session:
        return {unit_id(session, code) for code in {"990106", STREET, "990106002", unit}}


@pytest.mark.databases("sqlite")
def test_a_base_that_units_lack_splits_nothing(engine: Engine, launched: int) -> None:
    with pytest.raises(SplitWrong) as refused:
        split_by(engine, launched, STREET, "C03", "base:fleet")

    assert {one.code for one in refused.value.problems} == {"base_missing"}
    with db.read(engine) as session:
        plan = session.get_one(Plan, launched)
        (split,) = list_splits(
            session, plan, unit=unit_id(session, STREET), target=target_id(session, "C03")
        )
        assert split.excess == 0
        assert session.scalar(select(Quota.source).where(Quota.source == "split")) is None
