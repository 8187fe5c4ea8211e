"""The version of a thing on its way out (ETag) and on its way back (If-Match)."""

from __future__ import annotations

import re

from shuangyong_core.errors import Problem, Problems

TAG = re.compile(r'(?:W/)?"?([0-9]{1,9})"?')


def etag(version: int) -> str:
    """This function will write a version as an entity tag."""
    return f'"{version}"'


def version_of(if_match: str | None) -> int | None:
    """This function will read `If-Match`; `*` or none asks for no version. Raises Problems."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = TAG.fullmatch(if_match.strip())
    if found is None:
        sentence = '要写上次读到的 ETag，例如 "7"。'
        raise Problems([Problem("if_match", sentence, field="If-Match")])
    return int(found[1])
