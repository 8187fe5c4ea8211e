"""The sheet nobody sees: what the workbook was made for, signed, so that a changed one is known."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shuangyong_core.errors import Refused
from shuangyong_core.reports.rules.workbook.columns import LAYOUT
from shuangyong_core.reports.rules.workbook.layout import Template

META_TITLE = "_meta"
PURPOSE = b"shuangyong workbook"
CHUNK = 8000  # characters a cell: old files hold no more than 32,767


class NotOurs(Refused):
    """No signature, or a wrong one: nothing is read."""

    message = "这不是本系统下载的工作簿，或者隐藏的校验信息被改动了，请重新下载工作簿再填。"
    code = "not_signed"


class OldTemplate(Refused):
    """Another year's, another round's or an older workbook: nothing is read."""

    message = "这个工作簿不能用于这一期：{why}请重新下载这一期的工作簿。"
    code = "template_version"


@dataclass(frozen=True, slots=True)
class Meta:
    """What the signature covers."""

    layout: int
    plan: str
    round: str
    unit: str
    below: bool
    made_at: str
    sheets: Mapping[str, Sequence[str]]  # sheet key: the keys of its columns
    rows: Mapping[str, Sequence[Any]]  # unit code: name, version of its report


def meta_of(template: Template, columns: Mapping[str, Sequence[str]]) -> Meta:
    """This function will give what is to be signed for a template."""
    return Meta(
        layout=LAYOUT,
        plan=template.plan,
        round=template.round,
        unit=template.unit,
        below=template.below,
        made_at=template.made_at.isoformat(),
        sheets=columns,
        rows={row.unit: [row.name, row.version] for row in template.rows},
    )


def seal(meta: Meta, *, secret: bytes) -> list[str]:
    """This function will give the cells of the hidden sheet: the signature, then the content."""
    text = json.dumps(asdict(meta), ensure_ascii=True, sort_keys=True)
    return [_sign(text, secret), *(text[n : n + CHUNK] for n in range(0, len(text), CHUNK))]


def unseal(cells: Sequence[str], *, secret: bytes) -> Meta:
    """This function will read the hidden sheet; raises NotOurs or OldTemplate."""
    signature, text = (cells[0], "".join(cells[1:])) if cells else ("", "")
    if not hmac.compare_digest(_bytes(signature), _bytes(_sign(text, secret))):
        raise NotOurs
    content = json.loads(text)
    if content["layout"] != LAYOUT:
        raise OldTemplate(why="格式已经更新。")
    return Meta(**content)


def _sign(text: str, secret: bytes) -> str:
    key = hmac.digest(secret, PURPOSE, hashlib.sha256)
    return hmac.digest(key, _bytes(text), hashlib.sha256).hex()


def _bytes(text: str) -> bytes:
    # An altered cell may hold half a letter (_xD800_): it is compared, not stumbled over.
    return text.encode("utf-8", "surrogatepass")
