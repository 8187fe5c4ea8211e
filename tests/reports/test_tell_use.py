"""The office tells what a round was used for: one sentence, kept for good, harmless to repeat."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from shuangyong_core import db
from shuangyong_core.errors import Problems
from shuangyong_core.plans.queries import NotAllowed, PlanNotFound
from shuangyong_core.reports.actions import tell_use
from shuangyong_core.reports.actions.tell_use import LONGEST_USE, NotYetReported
from shuangyong_core.reports.models import RoundUse
from shuangyong_core.reports.queries.uses import Use, latest_uses
from tests.reports.place import PLAN, ROUND, Street


def tell(street: Street, text: str, ref: str = "", **how: Any) -> Use:
    """Tells as the issuer would."""
    facts = {"actor": street.issuer, "at": street.at} | how
    round_ = str(facts.pop("round_", ROUND))
    with db.write(street.engine) as session:
        return tell_use(session, PLAN, round_, text=text, ref=ref, **facts)


def test_the_latest_telling_is_shown_and_the_earlier_stays(street: Street) -> None:
    tell(street, "已报市双拥办。", "临双拥报〔2026〕5 号")
    tell(street, "已报市双拥办。", "临双拥报〔2026〕5 号", at=street.at + timedelta(hours=1))
    tell(street, "已报市双拥办，并写进半年总结", at=street.at + timedelta(hours=2))

    with db.read(street.engine) as session:
        (use,) = latest_uses(session, 1)
        assert session.scalar(select(func.count()).select_from(RoundUse)) == 2
    assert (use.round_code, use.sentence) == (ROUND, "已报市双拥办，并写进半年总结")
    assert use.actor == street.issuer.key


def test_everything_wrong_is_said_at_once(street: Street) -> None:
    with pytest.raises(Problems) as refused:
        tell(street, " ", "号" * 41)
    assert [problem.field for problem in refused.value.problems] == ["ref", "text"]

    with pytest.raises(Problems, match="1 处"):
        tell(street, "数" * (LONGEST_USE + 1))
    with pytest.raises(Problems) as harmful:
        tell(street, "联系人 13000000000")
    assert "13000000000" not in str(harmful.value.problems)
    assert [problem.field for problem in harmful.value.problems] == ["text"]


def test_only_the_issuer_tells_and_only_of_what_has_opened(street: Street) -> None:
    with pytest.raises(NotAllowed):
        tell(street, "已用", actor=street.reviewer)
    with pytest.raises(NotYetReported, match="八一"):
        tell(street, "已用", round_="R3")
    with pytest.raises(PlanNotFound):
        tell(street, "已用", round_="R9")
