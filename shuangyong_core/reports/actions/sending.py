"""A submission that waits for its turn, and what a batch of them looks up together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from shuangyong_core.reports.actions.submit import Receipt, submit
from shuangyong_core.reports.queries.beforehand import look_up


@dataclass(frozen=True, slots=True)
class Sending:
    """The call of `submit`, not made yet."""

    plan: str
    round_code: str
    unit: str
    how: Mapping[str, Any]

    def __call__(self, session: Session) -> Receipt:
        """This method will make the call."""
        return submit(session, self.plan, self.round_code, self.unit, **self.how)


def prepare(session: Session, acts: Sequence[object]) -> None:
    """This function will look up what a batch shares, if it consists of submissions alone."""
    sendings = [act for act in acts if isinstance(act, Sending)]
    # Another act might change what was looked up; one alone looks for itself.
    if len(sendings) == len(acts) > 1:
        look_up(session, [(each.plan, each.round_code, each.unit) for each in sendings])
