"""One tree while acts are played on it: who hangs where, who is new, who only keeps figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence


class Cycle(Exception):
    """A unit would hang under itself."""


class Forest:
    """A part of a tree: the units concerned with all above them, and what lies under some."""

    def __init__(
        self,
        parents: Mapping[int, int | None],
        children: Mapping[int, Sequence[int]],
        silent: Collection[int] = (),
    ) -> None:
        self.parent = dict(parents)
        self.before = dict(parents)
        self.silent = set(silent)
        self._was_silent = frozenset(silent)
        self._children = {unit: list(below) for unit, below in children.items()}
        for below in children.values():
            for unit in below:
                self.parent.setdefault(unit, None)
        for unit, listed in children.items():
            for child in listed:
                self.parent[child] = self.before[child] = unit

    def __contains__(self, unit: int) -> bool:
        return unit in self.parent

    def line(self, unit: int) -> list[int]:
        """This function will give all above a unit, nearest first."""
        found: list[int] = []
        above = self.parent.get(unit)
        while above is not None:
            found.append(above)
            above = self.parent.get(above)
        return found

    def below(self, unit: int) -> list[int]:
        """This function will list what is directly under a unit."""
        return list(self._children.get(unit, ()))

    def living_below(self, unit: int) -> list[int]:
        """This function will leave out those that only keep their figures."""
        return [child for child in self.below(unit) if child not in self.silent]

    def hang(self, unit: int, parent: int) -> None:
        """This function will put a unit, with all below it, under another. Raises Cycle."""
        if parent == unit or unit in self.line(parent):
            raise Cycle
        above = self.parent.get(unit)
        if above in self._children and unit in self._children[above]:
            self._children[above].remove(unit)
        self.parent[unit] = parent
        self._children.setdefault(parent, []).append(unit)

    def empty_into(self, unit: int, heir: int) -> None:
        """This function will give all below a unit to its heir, and then the unit itself."""
        if unit in self.line(heir):
            above = self.parent[unit]
            if above is None:
                raise Cycle
            self.hang(heir, above)
        for child in self.below(unit):
            if child != heir:
                self.hang(child, heir)
        self.hang(unit, heir)
        self.silent.add(unit)

    @property
    def added(self) -> list[int]:
        """The units that were not there before."""
        return [unit for unit in self.parent if unit not in self.before]

    @property
    def hushed(self) -> set[int]:
        """The units that only keep their figures from now on."""
        return self.silent - self._was_silent

    def moved(self) -> list[int]:
        """This function will list whose parent is another now, the upper ones first."""
        found = [
            unit
            for unit, parent in self.parent.items()
            if unit in self.before and self.before[unit] != parent
        ]
        return sorted(found, key=lambda unit: (len(self.line(unit)), unit))
