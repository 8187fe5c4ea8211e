"""What is wrong with one figure: every fault at once, for the caller to say where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Given = Mapping[str, Any]
Fault = tuple[str, str, object]  # code, sentence, the value or nothing


class Wrong(Exception):
    """One figure that cannot be used; caught where the target's code is known."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(faults[0][0])
        self.faults = faults


def named_parts(given: object, names: tuple[str, ...]) -> Given:
    """This function will give the parts by name; raises Wrong for a name nobody asked for."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise Wrong(("parts", f"分项要逐个写明：{'、'.join(names)}。", given))
    unknown = [name for name in given if name not in names]
    if unknown:
        sentence = f"没有这个分项。分项有：{'、'.join(names)}。"
        raise Wrong(*(("unknown_part", sentence, name) for name in unknown))
    return given
