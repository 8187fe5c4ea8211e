"""The calls around requests: ask for 延期 豁免 暂停 恢复, look what it would change, decide."""

from __future__ import annotations

from shuangyong_core.client.typed_for import TypedFor
from shuangyong_core.client.wire import Answer, Items


class Asking(TypedFor):
    """What a unit asks of what it owes, and what is decided."""

    def ask(
        self,
        plan: str,
        unit: str,
        kind: str,
        *,
        target: str | None = None,
        round: str | None = None,
        until: str | None = None,
        reason: str,
    ) -> Answer:
        """申请: extension (a round, or one target in it, `until` a day), exemption, suspension,
        resumption. The same asked twice gives the first answer."""
        asked = {"target": target, "round": round, "until": until}
        body = {"plan": plan, "unit": unit, "kind": kind, "reason": reason}
        body |= {name: value for name, value in asked.items() if value is not None}
        return self._ask("POST", "/requests", json=body)

    def requests(self, plan: str, *, unit: str | None = None, status: str | None = None) -> Items:
        """Requests in reach, the open ones first."""
        return self._list("/requests", plan=plan, unit=unit, status=status)

    def request(self, number: int) -> Answer:
        """One request; an open one with its effect."""
        return self._ask("GET", "/requests/{}", str(number))

    def decide(
        self, number: int, *, grant: bool, reason: str = "", seal: str | None = None
    ) -> Answer:
        """同意 or 不同意; with `seal`, only if the effect is still the one that was seen."""
        body = {"grant": grant, "reason": reason, "seal": seal}
        return self._ask("POST", "/requests/{}/decide", str(number), json=body)

    def close_assignment(self, plan: str, target: str, unit: str) -> Answer:
        """办结确认; refused with what is still open and who holds it."""
        return self._ask("POST", "/assignments/{}/{}/{}/close", plan, target, unit)

    def still_open(self, plan: str, target: str, unit: str) -> Items:
        """Why it is not closed; empty: it may be."""
        return self._list("/assignments/{}/{}/{}/open", plan, target, unit)

    def take_back(self, number: int) -> Answer:
        """撤回申请, until it is decided."""
        return self._ask("POST", "/requests/{}/withdraw", str(number))
