"""A submission that waits for its turn, and what a batch of them looks up together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from shuangyong_core.reports.actions.submit import Receipt, submit
from shuangyong_core.reports.queries.beforehand import Key, look_up
from shuangyong_core.reports.queries.known import Codes
from shuangyong_core.reports.rules.keys import is_usable


@dataclass(frozen=True, slots=True)
class Sending:
    """The call of `submit`, not made yet."""

    plan: str
    round_code: str
    unit: str
    how: Mapping[str, Any]

    @property
    def codes(self) -> tuple[str, str, str]:
        """Where it goes."""
        return self.plan, self.round_code, self.unit

    @property
    def key(self) -> tuple[str, str] | None:
        """What it is told apart by: who sends it, with which key."""
        key: str | None = self.how.get("key")
        return None if key is None or not is_usable(key) else (self.how["actor"].key, key)

    def __call__(self, session: Session) -> Receipt:
        """This method will make the call."""
        return submit(session, self.plan, self.round_code, self.unit, **self.how)


def prepare(session: Session, acts: Sequence[object]) -> None:
    """This function will look up what a batch shares, if it consists of submissions alone."""
    sendings = [act for act in acts if isinstance(act, Sending)]
    # Another act might change what was looked up; one alone looks for itself.
    if len(sendings) == len(acts) > 1:
        look_up(session, [each.codes for each in sendings], alone=_alone(sendings))


def _alone(sendings: Sequence[Sending]) -> list[tuple[Codes, Key]]:
    """Those whose place and key no other of the batch has: what they write can wait."""
    times = Counter(each.codes for each in sendings)
    uses = Counter(each.key for each in sendings)
    return [
        (each.codes, each.key)
        for each in sendings
        # What a person types may count at once, and is then read again.
        if each.how["actor"].kind == "token"
        and times[each.codes] == 1
        and (each.key is None or uses[each.key] == 1)
    ]
