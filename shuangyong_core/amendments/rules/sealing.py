"""The seal of a preview: what stands now and what would follow; moved, it says what moved."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

from shuangyong_core.amendments.rules.preview import Preview, SetAside, UnitChange


def seal_of(
    version: int, units: Iterable[UnitChange], aside: Iterable[SetAside], *, wanted: str
) -> str:
    """This function will write the version, what is wanted, and a mark for each target."""
    parts: dict[str, list[str]] = {}
    for unit in units:
        for quota in unit.quotas:
            told = (quota.held, quota.own, quota.new_held, quota.new_own)
            parts.setdefault(quota.target, []).append(f"{unit.code}={told}")
        for item in unit.items:
            told_of = (item.added, item.withdrawn, item.redated)
            parts.setdefault(item.target, []).append(f"{unit.code}:{told_of}")
        for code in unit.confirms:
            parts.setdefault(code, []).append(f"{unit.code}!")
    for one in aside:
        parts.setdefault(one.target, []).append(f"{one.unit}/{one.round}~{one.value}")
    marks = [f"{code}:{_mark(told)}" for code, told in sorted(parts.items())]
    return ".".join([f"v{version}", _mark([wanted]), *marks])


def targets_moved(seal: str, now: Preview) -> list[str]:
    """This function will name the targets whose numbers are no longer those of the seal."""
    read, stands = _marks(seal), _marks(now.seal)
    return sorted(
        code for code in read.keys() | stands.keys() if read.get(code) != stands.get(code)
    )


def version_of(seal: str) -> str:
    """This function will give the version a seal was made at, as text."""
    return seal.split(".")[0].removeprefix("v")


def is_of_other_text(seal: str, now: Preview) -> bool:
    """This function will say that the seal is of another amendment altogether."""
    return seal.split(".")[1:2] != now.seal.split(".")[1:2]


def _marks(seal: str) -> Mapping[str, str]:
    pairs = (part.partition(":") for part in seal.split(".")[2:])
    return {code: mark for code, _, mark in pairs}


def _mark(told: Iterable[str]) -> str:
    return f"{zlib.crc32(chr(10).join(told).encode()):08x}"
