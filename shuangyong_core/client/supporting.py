"""The calls of supporting units (配合单位): what they support, a file for the lead, taken back."""

from __future__ import annotations

from pathlib import Path

from shuangyong_core.client.wire import Answer, Items, Wire


class Supporting(Wire):
    """What a unit sees of its lead and hands to it; the number is the lead's alone."""

    def supports(self, plan: str, unit: str) -> Items:
        """What a unit supports, round by round, with what it handed in."""
        return self._list("/supports", plan=plan, unit=unit)

    def hand_in(
        self, plan: str, round: str, unit: str, target: str, file: Path, *, note: str = ""
    ) -> Answer:
        """Hands a jpg, png or pdf to the lead; the same file again is the same one."""
        path, place = "/supports/{}/{}/{}/{}/evidence", (plan, round, unit, target)
        files = {"file": (file.name, file.read_bytes())}
        return self._ask("POST", path, *place, files=files, data={"note": note})

    def take_back_file(self, plan: str, round: str, unit: str, target: str, sha256: str) -> Items:
        """取回 a file until the lead's round locks; a file that is gone is Refused with 404."""
        path = "/supports/{}/{}/{}/{}/evidence/{}/withdraw"
        place = (plan, round, unit, target, sha256)
        found: Items = self._ask("POST", path, *place, repeats=False)["items"]
        return found
