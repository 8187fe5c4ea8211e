"""What a page of splits was made from, written down as a mark a target, for compare-and-swap."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from shuangyong_core.assignments.queries.splits import SplitProposal


def seal_of(splits: Sequence[SplitProposal]) -> str:
    """This function will write down what was read, a mark a target."""
    return ".".join(f"{split.target}:{mark_of(split)}" for split in splits)


def read_seal(seal: str) -> dict[str, str]:
    """This function will give the marks again, by the target's number."""
    return dict(part.partition(":")[::2] for part in seal.split(".") if part)


def mark_of(split: SplitProposal) -> str:
    """This function will give the mark of what stands: what is held, its own, each child's."""
    values = [split.held, split.own, *(f"{child.code}={child.held}" for child in split.children)]
    return f"{zlib.crc32(','.join(map(str, values)).encode()):08x}"
