"""What was looked up for a whole batch of submissions; it lives as long as their transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from shuangyong_core.reports.rules.required import RequiredFigure

if TYPE_CHECKING:
    from shuangyong_core.reports.queries.place import Place

KNOWN = "reports_known"
Codes = tuple[str, str, str]  # plan, round, unit


@dataclass(frozen=True, slots=True)
class Known:
    """Nothing here is changed by a submission; what is absent is looked up as ever."""

    places: Mapping[Codes, Place] = field(default_factory=dict)
    lines: Mapping[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    required: Mapping[tuple[int, int], tuple[RequiredFigure, ...]] = field(default_factory=dict)
    # Only where one act of the batch comes alone: what another does would be unknown here.
    held: Mapping[tuple[int, int], Row[Any] | None] = field(default_factory=dict)
    sent: Mapping[tuple[str, str], Row[Any] | None] = field(default_factory=dict)


NOTHING = Known()


def known_in(session: Session) -> Known:
    """This function will give what is known in this transaction already."""
    known: Known = session.info.get(KNOWN, NOTHING)
    return known
