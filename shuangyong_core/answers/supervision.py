"""How hand-outs, problems and notices are answered."""

from __future__ import annotations

from collections.abc import Iterable

from shuangyong_core.answers.acts import instant
from shuangyong_core.answers.supervision_shapes import (
    HandoutAnswer,
    HandoutAnswerAnswer,
    HandoutFileAnswer,
    HandoutList,
    HandoutPartAnswer,
    NoticeList,
    ProblemAnswer,
    ProblemList,
)
from shuangyong_core.supervision.queries.notices import NoticeRow
from shuangyong_core.supervision.queries.problems import ProblemRow
from shuangyong_core.supervision.queries.register import AnswerRow, HandoutRow, PartRow
from shuangyong_core.supervision.rules.handouts import HANDOUT_WORDS, UNIT_WORDS
from shuangyong_core.supervision.rules.notices import RUNG_WORDS, Rung
from shuangyong_core.supervision.rules.problems import PROBLEM_WORDS


def handout(row: HandoutRow) -> HandoutAnswer:
    """This function will answer one hand-out."""
    return {
        "number": row.number,
        "reference": row.reference,
        "plan": row.plan,
        "title": row.title,
        "text": row.text,
        "giver": row.giver,
        "giver_name": row.giver_name,
        "due_date": row.due_date.isoformat(),
        "status": row.status.value,
        "status_name": HANDOUT_WORDS[row.status],
        "issued_at": instant(row.issued_at),
        "units": [_part(each) for each in row.parts],
        "may_cancel": row.may_cancel,
    }


def _part(row: PartRow) -> HandoutPartAnswer:
    part = row.part
    return {
        "unit": part.unit_code,
        "unit_name": part.unit_name,
        "giver_name": part.giver_name,
        "due_date": part.due_date.isoformat(),
        "answer_by": part.answer_by.isoformat(),
        "status": part.status.value,
        "status_name": UNIT_WORDS[part.status],
        "light": row.lamp.light.value,
        "light_words": row.lamp.words,
        "was_late": part.was_late,
        "answers": [_said(each) for each in row.answers],
        "may": sorted(row.may),
    }


def _said(row: AnswerRow) -> HandoutAnswerAnswer:
    files: list[HandoutFileAnswer] = [{"sha256": sha, "name": name} for sha, name in row.files]
    at = instant(row.at)
    return {"no": row.no, "at": at, "who": row.who, "text": row.text, "files": files}


def handouts(rows: Iterable[HandoutRow]) -> HandoutList:
    """This function will answer the register."""
    return {"items": [handout(row) for row in rows]}


def problem(row: ProblemRow) -> ProblemAnswer:
    """This function will answer one problem."""
    return {
        "number": row.number,
        "reference": row.reference,
        "plan": row.plan,
        "title": row.title,
        "text": row.text,
        "unit": row.unit,
        "unit_name": row.unit_name,
        "holder": row.holder,
        "holder_name": row.holder_name,
        "wished_by": row.wished_by.isoformat() if row.wished_by else None,
        "status": row.status.value,
        "status_name": PROBLEM_WORDS[row.status],
        "raised_at": instant(row.raised_at),
        "answer": row.answer,
        "answered_at": instant(row.answered_at) if row.answered_at else None,
        "may": sorted(row.may),
    }


def problems(rows: Iterable[ProblemRow]) -> ProblemList:
    """This function will answer the list of problems."""
    return {"items": [problem(row) for row in rows]}


def notices(rows: Iterable[NoticeRow]) -> NoticeList:
    """This function will answer the inbox."""
    return {
        "items": [
            {
                "id": row.id,
                "about": row.subject_kind,
                "rung": row.rung,
                "rung_name": RUNG_WORDS[Rung(row.rung)],
                "text": row.text,
                "reference": row.reference,
                "unit": row.unit,
                "unit_name": row.unit_name,
                "at": instant(row.at),
                "read_at": instant(row.read_at) if row.read_at else None,
            }
            for row in rows
        ]
    }
