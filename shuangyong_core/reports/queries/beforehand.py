"""Looks up for many submissions at once what each would look up for itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.orm import Session

from shuangyong_core.reports.queries.fields import required_figures_of
from shuangyong_core.reports.queries.known import KNOWN, Codes, Known
from shuangyong_core.reports.queries.place import Place, places_by_codes
from shuangyong_core.reports.queries.reach import lines_of
from shuangyong_core.reports.queries.sent import reports_at, submissions_of
from shuangyong_core.reports.rules.required import RequiredFigure

LONGEST_CODE = 60
Key = tuple[str, str] | None  # the actor and the key of a submission


def look_up(
    session: Session, wanted: Iterable[Codes], *, alone: Iterable[tuple[Codes, Key]] = ()
) -> None:
    """This function will keep what a batch shares, and what is of one act alone, in its session."""
    places: dict[Codes, Place] = {}
    for (plan, round_code), units in _by_round(wanted).items():
        for place in places_by_codes(session, plan, round_code, units):
            places[(plan, round_code, place.unit_code)] = place
    units_of_plan, units_of_round = defaultdict(list), defaultdict(list)
    for place in places.values():
        units_of_plan[place.plan].append(place.unit)
        units_of_round[place.round].append(place.unit)
    lines: dict[tuple[int, int], tuple[int, ...]] = {}
    for plan_id, ids in units_of_plan.items():
        lines |= {(plan_id, unit): line for unit, line in lines_of(session, plan_id, ids).items()}
    required: dict[tuple[int, int], tuple[RequiredFigure, ...]] = {}
    for round_id, ids in units_of_round.items():
        found = required_figures_of(session, ids, round_id)
        required |= {(unit, round_id): found.get(unit, ()) for unit in ids}
    here = [(places[codes], key) for codes, key in alone if codes in places]
    held = reports_at(session, [(place.unit, place.round) for place, _ in here])
    sent = submissions_of(session, [key for _, key in here if key is not None])
    session.info[KNOWN] = Known(places, lines, required, held, sent)


def _by_round(wanted: Iterable[Codes]) -> dict[tuple[str, str], list[str]]:
    """A code no database would take is left to the one who sent it, and fails him alone."""
    units: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for codes in wanted:
        if all(code.isascii() and "\0" not in code and len(code) <= LONGEST_CODE for code in codes):
            plan, round_code, unit = codes
            units[(plan, round_code)][unit] = None
    return {place: list(each) for place, each in units.items()}
