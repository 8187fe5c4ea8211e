"""What was sent: a file that is uploaded, the one act that is typed, or what was looked at."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from starlette.datastructures import FormData, UploadFile

from shuangyong_core.amendments.reading import HEADERS
from shuangyong_core.amendments.rules.acts import ACT_WORDS
from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.sheets import LIMITS
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.pages.reorganise_view import Typed
from shuangyong_core.web.pages.shell import Choice
from shuangyong_core.web.workbook.kept import Kept, NotKept, keep, take

TYPED = "本页填写.csv"
# One act that is typed shares no base out among several.
COLUMNS = {key: names[0] for key, names in HEADERS.items() if key != "bases"}
NO_FILE = Problem("no_file", "请先选文件，再看影响。", field="文件")
LONGEST = 200
KIND = "kind"  # `act` is what the button says


class ActsGone(Refused):
    """What was looked at is gone, or is another's."""

    message = "预览过的内容已经不在了，请重新上传或填写，再看影响。"
    code = "acts_gone"


def sent_of(desk: Desk, form: FormData) -> Kept:
    """This function will give the acts of a form, kept for its confirmation; raises Refused."""
    act = str(form.get("act", ""))
    if act in ("ask", "apply"):
        try:
            return take(desk.settings, str(form.get("key", "")), actor=desk.actor)
        except NotKept:
            raise ActsGone from None
    name, data = (TYPED, _written(form)) if act == "one" else _uploaded(desk, form)
    return keep(desk.settings, data, name=name, actor=desk.actor, at=desk.at)


def _uploaded(desk: Desk, form: FormData) -> tuple[str, bytes]:
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Problems([NO_FILE])
    limit = min(desk.settings.upload_bytes, LIMITS.upload)
    return file.filename[:LONGEST], file.file.read(limit + 1)


def _written(form: FormData) -> bytes:
    """One typed act is a file of one row: it is read and judged as every other."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS.values())
    rows.writerow([_text(form, key) for key in COLUMNS])
    return out.getvalue().encode()


def _text(form: FormData, key: str) -> str:
    field = KIND if key == "act" else key
    return str(form.get(field, "")).strip()[:LONGEST]


def typed_of(form: FormData | None, *, today: date) -> Typed:
    """This function will keep what was typed in the small form; else it begins with today."""
    said = {key: _text(form, key) if form is not None else "" for key in COLUMNS}
    act = said.pop("act")
    kinds = tuple(Choice(word, word, word == act) for word in ACT_WORDS.values())
    is_typed = form is not None and str(form.get("act", "")) == "one"
    return Typed(kinds, **said) if is_typed else Typed(kinds, effective=today.isoformat())


def said_of(problems: Sequence[Problem]) -> tuple[str, ...]:
    """This function will say every problem; what was typed has no row, only a field."""
    return tuple(
        str(replace(one, file=None, row=None, column=None, field=one.column))
        if one.file == TYPED
        else str(one)
        for one in problems
    )
