"""What a file is, told by its first bytes and never by its name; and what its name may be."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

import filetype

from shuangyong_core.errors import Refused
from shuangyong_core.guard.scanning import scan

LONGEST_NAME = 200
EXTENSIONS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


class FileUnusable(Refused):
    """The file is of a kind, size or build that is not kept."""

    message = "这个文件不能用：{why}"
    code = "file_unusable"


class NameUnusable(Refused):
    """The file's name cannot be shown safely."""

    message = "文件名不能用：{why}"
    code = "file_name_unusable"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it lies in the folder: its hash is its address."""

    sha256: str
    media_type: str
    size: int
    taken_date: date | None = None


def media_type_of(data: bytes, *, max_bytes: int) -> str:
    """This function will say what a file is by its bytes; raises FileUnusable for all but three."""
    if not data:
        raise FileUnusable(why="文件是空的，请重新选择。")
    if len(data) > max_bytes:
        limit, size = max_bytes / 1024**2, len(data) / 1024**2
        raise FileUnusable(why=f"最大 {limit:.0f} MB，这个有 {size:.1f} MB，请缩小后再传。")
    kind = filetype.guess(data)
    if kind is None or kind.mime not in EXTENSIONS:
        raise FileUnusable(why="只收 jpg、png 图片和 pdf，请另存为其中一种。")
    if kind.mime == "application/pdf":
        _check_pdf(data)
    return str(kind.mime)


def _check_pdf(data: bytes) -> None:
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise FileUnusable(why="这个 pdf 不完整，请重新导出后再传。")


def check_name(name: str) -> None:
    """This function will refuse a name that says what may not be kept; raises NameUnusable."""
    for hit in scan(name):
        raise NameUnusable(why=hit.sentence)


def tidy_name(name: str, *, media_type: str) -> str:
    """This function will give a name without its folders; raises NameUnusable."""
    bare = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1]).strip().strip(".")
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in bare):
        raise NameUnusable(why="里面有看不见的控制字符，请改名后再传。")
    check_name(bare)
    if len(bare) > LONGEST_NAME:
        raise NameUnusable(why=f"最多 {LONGEST_NAME} 个字，请改短后再传。")
    if not bare or RESERVED.fullmatch(bare):
        return f"附件{EXTENSIONS[media_type]}"
    return bare
