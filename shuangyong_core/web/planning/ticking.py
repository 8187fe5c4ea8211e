"""Step 3: the catalogue by the eight headings, ticked, with a goal and rounds; read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from shuangyong_core.plans.actions.drafts import Change
from shuangyong_core.plans.catalogue import catalogue, indicators_of
from shuangyong_core.plans.rules.drafting import GroupPick, Pick, with_indicators, with_targets
from shuangyong_core.plans.rules.words import UNIT_KINDS
from shuangyong_core.web.pages.plan_steps_view import HeadingRows, TargetRow, TargetsView
from shuangyong_core.web.pages.shell import Choice
from shuangyong_core.web.planning.opened import Opened
from shuangyong_core.web.planning.rows import entry_row, target_rows
from shuangyong_core.web.rendering import monthday
from shuangyong_core.words import words

NUMERALS = "一二三四五六七八"
SHOWS = (("", "全部"), ("on", "已选"), ("off", "未选"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is asked for."""

    show: str = ""
    search: str = ""
    kind: str = ""

    def takes(self, row: TargetRow, who: Iterable[str]) -> bool:
        """This function will say whether a row is asked for."""
        found = self.search.lower() in f"{row.code} {row.title} {row.source}".lower()
        fits = {"on": row.is_on, "off": not row.is_on}.get(self.show, True)
        return fits and found and (not self.kind or self.kind in who)

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.show or self.search or self.kind)


def wanted_of(asked: Mapping[str, Any]) -> Wanted:
    """This function will read the filter from an address or a form."""
    show, kind = str(asked.get("show", "")), str(asked.get("kind", ""))
    return Wanted(
        show if show in dict(SHOWS) else "",
        str(asked.get("q", "")).strip()[:40],
        kind if kind in UNIT_KINDS else "",
    )


def targets_view(opened: Opened, wanted: Wanted) -> TargetsView:
    """This function will lay the catalogue and the plan's own targets under the headings."""
    chosen = {str(one["code"]): one for one in opened.targets}
    rest = [one for one in catalogue() if one.code not in chosen]
    headings = []
    for number in range(1, len(NUMERALS) + 1):
        mine = [one for one in opened.targets if str(one.get("heading")) == str(number)]
        others = [one for one in rest if one.heading == number]
        rows = [row for one in mine for row in _wanted_rows(opened, one, wanted)]
        entries = [entry_row(opened, one) for one in others]
        shown = [row for row, who in entries if wanted.takes(row, who)]
        headings.append(
            HeadingRows(
                number,
                f"{NUMERALS[number - 1]}、{words()['headings'][number - 1]}",
                tuple(rows),
                tuple(shown),
                f"已选 {len(mine)}/{len(mine) + len(others)}",
                wanted.is_narrow,
            )
        )
    return TargetsView(
        headings=tuple(one for one in headings if one.chosen or one.rest),
        shows=_shows(wanted, len(chosen), len(rest)),
        kinds=_kinds(opened, wanted),
        search=wanted.search,
        show=wanted.show,
        rounds=" · ".join(f"{one.code} {monthday(one.due_date)}" for one in opened.found.rounds),
        own_href=f"{opened.here}/targets/new",
    )


def _wanted_rows(opened: Opened, target: Mapping[str, Any], wanted: Wanted) -> list[TargetRow]:
    """All groups of a target or none: the first one's row carries its tick."""
    rows = target_rows(opened, target)
    return [row for row, _ in rows] if any(wanted.takes(*each) for each in rows) else []


def change_targets(opened: Opened, form: FormData) -> Change:
    """This function will read the rows that were shown back: ticks, goals and rounds."""
    before = {str(one["code"]) for one in opened.targets}
    picks = {str(code): _pick(form, str(code)) for code in form.getlist("seen")}
    fresh = {
        one.code: one.as_target(offices=opened.offices)
        for one in catalogue()
        if one.code in picks and picks[one.code].is_on and one.code not in before
    }
    body = with_targets(opened.body, picks, fresh=fresh)
    # What the installation counts already is not described a second time.
    added = [one for one in indicators_of(fresh.values()) if one["code"] not in opened.known]
    body = with_indicators(body, added)
    after = {str(one["code"]) for one in body["targets"]}
    detail = {"chosen": sorted(after - before), "dropped": sorted(before - after)}
    return Change("plan.draft_targets", body, detail)


def _pick(form: FormData, code: str) -> Pick:
    numbers = [int(str(no)) for no in form.getlist(f"group.{code}") if str(no).isdecimal()]
    groups = {
        number: GroupPick(
            goal=_text(form, f"goal.{code}.{number}"),
            rounds=tuple(map(str, form.getlist(f"round.{code}.{number}"))),
        )
        for number in numbers
    }
    return Pick(f"on.{code}" in form, groups)


def _text(form: FormData, name: str) -> str | None:
    value = form.get(name)
    return value.strip()[:40] if isinstance(value, str) else None


def _shows(wanted: Wanted, on: int, off: int) -> tuple[Choice, ...]:
    counts = {"": on + off, "on": on, "off": off}
    return tuple(Choice(key, f"{label} {counts[key]}", key == wanted.show) for key, label in SHOWS)


def _kinds(opened: Opened, wanted: Wanted) -> tuple[Choice, ...]:
    kinds: Sequence[str] = opened.kinds
    return (
        Choice("", "全部单位", not wanted.kind),
        *(Choice(kind, UNIT_KINDS[kind], kind == wanted.kind) for kind in kinds),
    )
