"""The closed lists of rules are those of the rooms that keep things, which rules may not import."""

from __future__ import annotations

from shuangyong_core.plans.models import PlanStatus
from shuangyong_core.plans.rules.status import NEXT_STATUS, WORDS
from shuangyong_core.plans.rules.words import KINDS_BY_WORD, UNIT_KINDS
from shuangyong_core.units.kinds import KIND_OF_WORD, WORD_OF_KIND


def test_the_kinds_of_unit_are_those_of_units() -> None:
    assert {str(kind): word for kind, word in WORD_OF_KIND.items()} == UNIT_KINDS
    assert KINDS_BY_WORD | {kind: kind for kind in UNIT_KINDS} == KIND_OF_WORD


def test_every_status_has_its_word_and_its_line_in_the_table() -> None:
    assert set(NEXT_STATUS) == set(WORDS) == set(PlanStatus)
