"""One report of the demo: sent, returned, sent again, accepted, reopened, as its course says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from shuangyong_core.clock import at_shanghai
from shuangyong_core.demo.people import VETERANS, Cast
from shuangyong_core.demo.script import Course, Ending
from shuangyong_core.demo.setting import PLAN
from shuangyong_core.reports.actions import accept, reopen, return_for_revision, submit
from shuangyong_core.reports.queries.place import find_report, latest_no


@dataclass(frozen=True, slots=True)
class Event:
    """One act of the year: when, and what to do in a write transaction."""

    at: datetime
    act: Callable[[Session], Any]


@dataclass(frozen=True, slots=True)
class Conversation:
    """One report from first sending to where it stands on the pretend day."""

    unit: str
    round: str
    figures: dict[str, Any]
    course: Course
    cast: Cast

    def events(self) -> Iterator[Event]:
        """This function will give the report's events."""
        sent_at, decided_at = self.course.sent_at, self.course.decided_at
        if self.course.returned_first:
            yield Event(
                sent_at - timedelta(hours=20), self._submit(sent_at - timedelta(hours=20), 1)
            )
            yield Event(sent_at - timedelta(hours=3), self._return(sent_at - timedelta(hours=3), 1))
        yield Event(sent_at, self._submit(sent_at, 0))
        match self.course.ending:
            case Ending.ACCEPTED:
                yield Event(decided_at, self._accept(decided_at))
            case Ending.RETURNED:
                yield Event(decided_at, self._return(decided_at, 0))
            case Ending.REOPENED:
                yield Event(decided_at, self._accept(decided_at))
                again = at_shanghai(date(2026, 7, 17), 10, 20)
                yield Event(again, self._reopen(again))

    def _submit(self, at: datetime, wrong: int) -> Callable[[Session], Any]:
        figures = self.figures
        if wrong:
            # The first sending counted one visit too many; the street saw it.
            figures = figures | {"C03": {"value": str(int(figures["C03"]["value"]) + wrong)}}
        channel = "script" if self.unit == VETERANS else "form"

        def act(session: Session) -> Any:
            body = {"figures": figures}
            writer = self.cast.writer(self.unit)
            return submit(
                session,
                PLAN,
                self.round,
                self.unit,
                body=body,
                channel=channel,
                actor=writer,
                at=at,
            )

        return act

    def _accept(self, at: datetime) -> Callable[[Session], Any]:
        def act(session: Session) -> Any:
            report, no = _latest(session, self.unit, self.round)
            return accept(session, report, no=no, actor=self.cast.reviewer(self.unit), at=at)

        return act

    def _return(self, at: datetime, wrong: int) -> Callable[[Session], Any]:
        fields = (
            {"C03": "与走访登记差 1 户，请核对"}
            if wrong
            else {"D05": "请与服务登记核对，只计上半年"}
        )

        def act(session: Session) -> Any:
            report, no = _latest(session, self.unit, self.round)
            return return_for_revision(
                session,
                report,
                no=no,
                reason="请核对后再报",
                fields=fields,
                actor=self.cast.reviewer(self.unit),
                at=at,
            )

        return act

    def _reopen(self, at: datetime) -> Callable[[Session], Any]:
        def act(session: Session) -> Any:
            report, no = _latest(session, self.unit, self.round)
            reviewer = self.cast.reviewer(self.unit)
            reason = "经常性服务件数与街道登记不一致，请复核"
            return reopen(session, report, no=no, reason=reason, actor=reviewer, at=at)

        return act


def _latest(session: Session, unit: str, round_: str) -> tuple[int, int]:
    report = find_report(session, PLAN, round_, unit)
    return report, latest_no(session, report)
