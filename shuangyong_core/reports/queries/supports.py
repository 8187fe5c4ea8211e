"""配合任务: what a unit supports, whom, how far the lead is, and what was handed in for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.evidence.models import File
from shuangyong_core.plans.models import LEVEL, Node, Plan
from shuangyong_core.plans.queries import TargetRow, list_targets
from shuangyong_core.reports.models import SupportFile
from shuangyong_core.reports.queries.files import AttachedFile
from shuangyong_core.reports.queries.year_pages import YearItem, YearPage, YearRound, year_pages
from shuangyong_core.units.models import Tree, Unit


@dataclass(frozen=True, slots=True)
class SupportedFile:
    """A file handed in, by which supporting unit and with which words."""

    file: AttachedFile
    target: int
    round: int
    unit: str  # name
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SupportRound:
    """One round of the lead in which the target is due."""

    round: YearRound
    item: YearItem
    files: tuple[SupportedFile, ...]  # the supporting unit's own

    def is_open(self, today: date) -> bool:
        """This function will say whether files are taken: until the lead's round locks, or 补录."""
        standing = self.round.standing
        return today <= standing.locks_on or standing.backfilled > 0


@dataclass(frozen=True, slots=True)
class Support:
    """A target that a unit supports, and the unit that leads it."""

    target: TargetRow
    lead: YearPage
    rounds: tuple[SupportRound, ...]


def list_supports(session: Session, plan: Plan, *, unit: int) -> list[Support]:
    """This function will list what a unit supports, by position; the lead is who reports it."""
    leads = find_leads(session, plan, unit=unit)
    if not leads:
        return []
    pages = {page.unit: page for page in year_pages(session, plan, sorted(set(leads.values())))}
    files: dict[tuple[int, int], list[SupportedFile]] = defaultdict(list)
    for file in _files(session, SupportFile.unit == unit):
        files[file.target, file.round].append(file)
    return [
        Support(target, pages[leads[target.id]], _rounds(pages[leads[target.id]], target, files))
        for target in list_targets(session, plan.id)
        if leads.get(target.id) in pages
    ]


def find_leads(session: Session, plan: Plan, *, unit: int) -> dict[int, int]:
    """This function will give the lead of each target that a unit supports, by target.

    The only reporter, else the nearest above by responsibility, else by territory
    (plans/rules/leads.py says the same of a plan that is not sent down yet).
    """
    code, kind = session.execute(select(Unit.code, Unit.kind).where(Unit.id == unit)).one()
    targets = [
        one.id for one in list_targets(session, plan.id) if {code, kind} & set(one.supporting)
    ]
    if not targets:
        return {}
    due = (DueItem.target.in_(targets), DueItem.valid_to.is_(None))
    only = session.execute(
        select(DueItem.target, func.min(DueItem.unit), func.count(distinct(DueItem.unit)))
        .where(*due)
        .group_by(DueItem.target)
    )
    leads = {target: lead for target, lead, count in only if count == 1 and lead != unit}
    above = [*_above(session, plan, unit, Tree.RESPONSIBILITY)]
    above += _above(session, plan, unit, Tree.TERRITORY)
    rows = session.execute(
        select(DueItem.target, DueItem.unit).where(*due, DueItem.unit.in_(above)).distinct()
    )
    reporters: dict[int, set[int]] = defaultdict(set)
    for target, reporter in rows:
        reporters[target].add(reporter)
    nearest = {
        target: next(one for one in above if one in found) for target, found in reporters.items()
    }
    return nearest | leads


def _above(session: Session, plan: Plan, unit: int, tree: Tree) -> Sequence[int]:
    """The units above one, nearest first."""
    here = (Node.plan == plan.id, Node.tree == tree.value, Node.to_edition.is_(None))
    path = session.scalar(select(Node.path).where(*here, Node.unit == unit)) or ""
    paths = [path[:end] for end in range(len(path) - LEVEL, 0, -LEVEL)]
    found = select(Node.unit).where(*here, Node.path.in_(paths)).order_by(Node.depth.desc())
    return session.scalars(found).all()


def handed_in(session: Session, *, lead: int, round: int) -> list[SupportedFile]:
    """This function will list what supporting units handed to a lead for a round."""
    return list(_files(session, SupportFile.lead == lead, SupportFile.round == round))


def _files(session: Session, *which: Any) -> Iterable[SupportedFile]:
    rows = session.execute(
        select(
            SupportFile.sha256, SupportFile.name, File.media_type, File.size, File.taken_date,
            SupportFile.target, SupportFile.round, Unit.name, SupportFile.note, SupportFile.at,
        )
        .join(File, File.sha256 == SupportFile.sha256)
        .join(Unit, Unit.id == SupportFile.unit)
        .where(*which)
        .order_by(Unit.code, SupportFile.at, SupportFile.sha256)
    )  # fmt: skip
    return (SupportedFile(AttachedFile(*row[:5]), *row[5:]) for row in rows)


def _rounds(
    lead: YearPage, target: TargetRow, files: Mapping[tuple[int, int], list[SupportedFile]]
) -> tuple[SupportRound, ...]:
    # A form asks an indicator once: the item may bear the code of another target that shares it.
    return tuple(
        SupportRound(one, item, tuple(files[target.id, one.standing.round]))
        for one in lead.rounds
        for item in one.items
        if item.required.indicator == target.indicator
    )
