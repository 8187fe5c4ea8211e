"""The calls around reports typed for others: 不涉及 in bulk, and the unit's own word on 代填."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shuangyong_core.client.wire import Answer, Items, Wire


class TypedFor(Wire):
    """What a superior types for many units, and what they say to it."""

    def not_involved(
        self,
        plan: str,
        round: str,
        *,
        units: Sequence[str],
        targets: Sequence[str],
        reason: str,
    ) -> Items:
        """不涉及 for many units with one reason: all, or none."""
        body = {"units": list(units), "targets": list(targets), "reason": reason}
        answer = self._ask("POST", "/reports/{}/{}/not-involved", plan, round, json=body)
        items: Items = answer["items"]
        return items

    def confirm(self, plan: str, round: str, unit: str, *, no: int | None = None) -> Answer:
        """确认代填: the unit agrees with what was typed for it."""
        return self._act("confirm", plan, round, unit, no=no)

    def object_to(
        self, plan: str, round: str, unit: str, *, reason: str, no: int | None = None
    ) -> Answer:
        """提出异议: the unit does not agree with what was typed for it, and why."""
        return self._act("object", plan, round, unit, reason=reason, no=no)

    def answer_objection(self, plan: str, round: str, unit: str, *, reason: str) -> Answer:
        """答复异议, by the reviewer."""
        return self._act("answer", plan, round, unit, reason=reason)

    def _act(self, act: str, *place: str, **said: Any) -> Answer:
        body = {name: value for name, value in said.items() if value is not None}
        return self._ask("POST", "/reports/{}/{}/{}/" + act, *place, json=body)
