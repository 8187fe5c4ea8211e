"""What the rounds of a plan were used for, as it was told last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Round
from shuangyong_core.reports.models import RoundUse


@dataclass(frozen=True, slots=True)
class Use:
    """What a round was used for; `ref` is the number of the paper it went into."""

    round: int
    round_code: str
    round_title: str
    text: str
    ref: str
    at: datetime
    actor: str

    @property
    def sentence(self) -> str:
        """As it is printed: the use, then the paper's number."""
        return f"{self.text}（{self.ref}）" if self.ref else self.text


def latest_uses(session: Session, plan: int) -> list[Use]:
    """This function will give the latest telling of each round, in the order rounds are due."""
    latest = select(func.max(RoundUse.id)).group_by(RoundUse.round)
    columns = (Round.id, Round.code, Round.title, RoundUse.text, RoundUse.ref)
    rows = session.execute(
        select(*columns, RoundUse.at, RoundUse.actor)
        .join(RoundUse, RoundUse.round == Round.id)
        .where(Round.plan == plan, RoundUse.id.in_(latest))
        .order_by(Round.due_date, Round.code)
    )
    return [Use(*row) for row in rows]


def find_use(session: Session, plan: int, round: int) -> Use | None:
    """This function will give what a round was used for, if it was told."""
    return next((use for use in latest_uses(session, plan) if use.round == round), None)
