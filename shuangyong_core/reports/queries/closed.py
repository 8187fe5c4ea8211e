"""What of a unit's report in a round rests under 办结确认: those figures stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.queries.closed import closed_by, list_closed
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.reports.models import Acceptance
from shuangyong_core.reports.queries.figures import figures_of
from shuangyong_core.reports.queries.place import Place
from shuangyong_core.reports.queries.required import DueFigure
from shuangyong_core.reports.rules.required import FigureValue, RequiredFigure

STANDS = (
    "已由{who}于{when}办结确认（{unit}），数不能改。"
    "确需更正的，请办结的上级退回复核，办结同时撤销，再报新数。"
)


class ClosedFigures(Problems):
    """A correction would change what a 办结确认 rests on."""

    message = "有 {count} 项已经办结确认，不能更正，什么都没有写入；没有办结的照常可以更正。"
    code = "closed_figures"


def closed_here(session: Session, place: Place, *, line: Sequence[int] = ()) -> Mapping[str, str]:
    """This function will say by code of a target that is closed who closed it and what to do.

    `line` is the unit and all above it, nearest first, where it is known already.
    """
    where = {"unit": place.unit, "round": place.round}
    closed = list_closed(session, place.plan, **where, line=line[::-1])
    moves = closed_by(session, closed)
    # The highest last: only from there can it be undone.
    return {
        one.code: STANDS.format(who=moves[one].who, when=moves[one].when, unit=one.unit_name)
        for one in reversed(closed)
    }


def why_closed(item: DueFigure, closed: Mapping[str, str]) -> str:
    """This function will say why a figure stays as it is, of its own target or of another one of
    its indicator; nothing while it may be changed."""
    return next((closed[code] for code in (item.required.code, *item.also) if code in closed), "")


def all_closed(due: Sequence[DueFigure], closed: Mapping[str, str]) -> str:
    """This function will say the same where nothing else is left to change."""
    said = [why_closed(item, closed) for item in due]
    return said[0] if said and all(said) else ""


def require_unclosed(
    session: Session,
    place: Place,
    report: int,
    values: Sequence[FigureValue],
    due: Sequence[RequiredFigure],
) -> None:
    """This function will refuse a submission over an accepted one that changes what is closed,
    or where all is closed. Raises ClosedFigures."""
    counting = select(Acceptance.no).where(
        Acceptance.report == report, Acceptance.revoked_at.is_(None)
    )
    no = session.scalar(counting)
    closed = closed_here(session, place) if no is not None else {}
    if no is None or not closed:
        return
    kept, sent = figures_of(session, report, [no])[no], {each.indicator: each for each in values}
    is_all = all(item.code in closed for item in due)
    problems = [
        Problem("closed_figure", closed[item.code], field=item.code)
        for item in due
        if item.code in closed and (is_all or not _same(kept, sent, item.indicator))
    ]
    if problems:
        raise ClosedFigures(problems)


def _same(kept: Mapping[int, FigureValue], sent: Mapping[int, FigureValue], indicator: int) -> bool:
    new = sent.get(indicator)
    if new is None:
        return indicator not in kept
    sorted_new = replace(new, parts=tuple(sorted(new.parts)), keys=tuple(sorted(new.keys)))
    return sorted_new == kept.get(indicator)
