"""Reads a plan from a workbook or from yaml: what it is, its bytes say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.rules.read_plan import read_body, read_plan
from shuangyong_core.plans.rules.text import IndicatorText, PlanText
from shuangyong_core.plans.workbook import layout
from shuangyong_core.plans.workbook.places import Places, item
from shuangyong_core.plans.workbook.read_sections import read_head, read_indicators, read_rounds
from shuangyong_core.plans.workbook.read_tasks import read_targets
from shuangyong_core.plans.workbook.reading import Reading
from shuangyong_core.plans.workbook.words import TICK
from shuangyong_core.sheets import Book, open_book

BOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
SECTIONS = (layout.HEAD, layout.ROUNDS, layout.INDICATORS, layout.TARGETS)
Body = dict[str, Any]


def read_plan_file(
    data: bytes, *, file: str, known: Mapping[str, IndicatorText] | None = None
) -> tuple[PlanText, Places]:
    """This function will read a plan file; Problems name its lines, or its sheets and cells."""
    if not data.startswith(BOOKS):
        return read_plan(data, file=file, known=known), Places()
    body, reading = read_book(open_book(data, name=file))
    places = reading.places
    found: list[Problem] = list(_unnamed(body, reading, known or {}))
    try:
        text = read_body(body, file=file, known=known)
    except Problems as wrong:
        # Of what a cell was refused for already, the reader of bodies only sees that it is absent.
        told = {problem.field for problem in (*reading.problems, *found)}
        found += [one for one in places.name(wrong.problems) if one.field not in told]
    if reading.problems or found:
        raise Problems([*reading.problems, *found])
    notes = (*reading.notes, *places.say(text.notes))
    return replace(text, notes=notes), places


def read_book(book: Book) -> tuple[Body, Reading]:
    """This function will read the body of a workbook, with where each field of it stands."""
    reading = Reading(book.name)
    missing = [title for title in SECTIONS if book.sheet(title) is None]
    if missing:
        why = f"没有“{'”“'.join(missing)}”表，请用 plan template 写出的工作簿，不要改表名。"
        raise Problems([Problem("no_sheet", why, file=book.name)])
    found = {sheet.title: sheet for sheet in book.sheets}
    head, rounds, indicators, targets = (found[title] for title in SECTIONS)
    body: Body = {"plan": read_head(reading, head), "rounds": read_rounds(reading, rounds)}
    codes = [str(one.get("code", "")) for one in body["rounds"]]
    # A tick under a code that is no round is read too, so that it can be refused.
    read = read_targets(reading, targets, rounds=layout.with_spare_rounds(codes))
    used = {str(one.get("indicator", "")) for one in read}
    body["indicators"] = read_indicators(reading, indicators, used=used)
    body["targets"] = read
    return body, reading


def _unnamed(body: Body, reading: Reading, known: Mapping[str, IndicatorText]) -> Iterator[Problem]:
    """Nothing ticked, and indicators that stand nowhere, in the words of the sheets."""
    if not body["targets"]:
        why = f"“{layout.TARGETS}”表里没有打 {TICK} 的任务，请在“选”一栏打 {TICK}。"
        yield Problem("blank", why, file=reading.file, field="targets")
    listed = {one.get("code") for one in body["indicators"]} | set(known)
    for number, target in enumerate(body["targets"], 1):
        code = target.get("indicator", "")
        if code and code not in listed:
            why = f"“{layout.INDICATORS}”表里没有这个指标，请先加一行，或改成已有的编码。"
            field = f"{item('targets', target.get('code'), number)}.indicator"
            problem = Problem("unknown_indicator", why, file=reading.file, field=field)
            yield from reading.places.name([problem])
