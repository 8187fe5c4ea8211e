"""Reads what people write in hand-outs and problems: tidy, not empty, and nothing harmful in it."""

from __future__ import annotations

from collections.abc import Mapping

from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.scanning import harm_in
from shuangyong_core.reports.rules.texts import tidy_text
from shuangyong_core.reports.rules.wrong import Wrong

LONGEST = {"title": 80, "text": 2000, "reason": 1000}
ASKED = {"title": "请写事项名称。", "text": "请写明内容。", "reason": "请写明原因。"}


def read_texts(given: Mapping[str, object]) -> tuple[dict[str, str], list[Problem]]:
    """This function will give texts as they are kept, and every problem in them."""
    kept: dict[str, str] = {}
    problems: list[Problem] = []
    for field, text in given.items():
        try:
            kept[field] = tidy_text(text, [], longest=LONGEST[field])
        except Wrong as wrong:
            problems += [Problem(code, said, field=field) for code, said, _ in wrong.faults]
            continue
        if field == "title":
            kept[field] = " ".join(kept[field].split())
        if not kept[field]:
            problems.append(Problem("missing", ASKED[field], field=field))
        problems += harm_in(kept[field], field=field)
    return kept, problems


def check_text(given: object, *, field: str) -> str:
    """This function will give one text as it is kept; raises Problems."""
    kept, problems = read_texts({field: given})
    if problems:
        raise Problems(problems)
    return kept[field]
