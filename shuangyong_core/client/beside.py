"""The calls beside the plan: hand-outs, problems raised upward, notices."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shuangyong_core.client.wire import Answer, Items, Wire


class Beside(Wire):
    """What is asked beside the plan, and what comes up unasked."""

    def handouts(self, *, plan: str | None = None) -> Items:
        """交办登记: what the caller's unit handed out and received."""
        return self._list("/handouts", plan=plan)

    def handout(self, number: str) -> Answer:
        """One hand-out, by its number or its reference."""
        return self._ask("GET", "/handouts/{}", number)

    def hand_out(
        self,
        title: str,
        text: str,
        *,
        due_date: str,
        units: Sequence[str],
        plan: str | None = None,
        unit: str | None = None,
        key: str | None = None,
    ) -> Answer:
        """交办, registered once however often it is sent."""
        body = {"title": title, "text": text, "due_date": due_date, "units": list(units)}
        return self._once("/handouts", key, body, plan=plan, unit=unit)

    def sign_for(self, number: str, unit: str) -> Answer:
        """签收."""
        return self._ask("POST", "/handouts/{}/{}/acknowledge", number, unit)

    def pass_on(
        self, number: str, unit: str, units: Sequence[str], *, due_date: str | None = None
    ) -> Answer:
        """转办 to units directly below."""
        body = {"units": list(units), "due_date": due_date}
        return self._of_part("pass-on", number, unit, **body)

    def attach_to_answer(self, number: str, unit: str, file: Path) -> Answer:
        """Lays a file with the answer to come; answers its sha256."""
        files = {"file": (file.name, file.read_bytes())}
        return self._ask("POST", "/handouts/{}/{}/evidence", number, unit, files=files)

    def answer(self, number: str, unit: str, text: str) -> Answer:
        """报办结; the same again is the same answer."""
        body = {"text": text}
        return self._ask("POST", "/handouts/{}/{}/answer", number, unit, json=body)

    def strike_off(self, number: str, unit: str) -> Answer:
        """销号, by who handed it out."""
        return self._of_part("close", number, unit)

    def return_answer(self, number: str, unit: str, reason: str) -> Answer:
        """退回, with a reason."""
        return self._of_part("return", number, unit, reason=reason)

    def withdraw_handout(self, number: str, unit: str, reason: str) -> Answer:
        """收回 from one unit, with a reason."""
        return self._of_part("withdraw", number, unit, reason=reason)

    def cancel_handout(self, number: str, reason: str) -> Answer:
        """撤销交办, with a reason."""
        body = {"reason": reason}
        return self._ask("POST", "/handouts/{}/cancel", number, json=body, repeats=False)

    def problems(self, *, plan: str | None = None) -> Items:
        """需协调事项 of the caller's unit and of those below."""
        return self._list("/problems", plan=plan)

    def raise_problem(
        self,
        title: str,
        text: str,
        *,
        wished_by: str | None = None,
        plan: str | None = None,
        unit: str | None = None,
        key: str | None = None,
    ) -> Answer:
        """Raises a problem to the unit above, registered once however often it is sent."""
        body = {"title": title, "text": text}
        return self._once("/problems", key, body, wished_by=wished_by, plan=plan, unit=unit)

    def answer_problem(self, number: str, text: str) -> Answer:
        """答复; the same again is the same answer."""
        return self._ask("POST", "/problems/{}/answer", number, json={"text": text})

    def pass_up(self, number: str, reason: str = "") -> Answer:
        """上报一级."""
        path, body = "/problems/{}/pass-up", {"reason": reason}
        return self._ask("POST", path, number, json=body, repeats=False)

    def reopen_problem(self, number: str, reason: str) -> Answer:
        """仍需协调, with a reason."""
        path, body = "/problems/{}/reopen", {"reason": reason}
        return self._ask("POST", path, number, json=body, repeats=False)

    def close_problem(self, number: str) -> Answer:
        """办结, by who raised it."""
        return self._ask("POST", "/problems/{}/close", number, repeats=False)

    def notices(self, *, unread: bool = False) -> Items:
        """The notices of the caller's unit, unread ones first."""
        return self._list("/notices", unread="true" if unread else None)

    def read_notice(self, notice: int) -> Answer:
        """Marks a notice as read."""
        return self._ask("POST", "/notices/{}/read", str(notice))

    def _once(self, path: str, key: str | None, body: dict[str, Any], **more: str | None) -> Answer:
        # A lost reply is asked for again under the same key.
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        whole = body | {name: value for name, value in more.items() if value is not None}
        return self._ask("POST", path, json=whole, headers=headers)

    def _of_part(self, act: str, number: str, unit: str, **said: Any) -> Answer:
        body = {name: value for name, value in said.items() if value is not None}
        carried = {"json": body} if body else {}
        path = "/handouts/{}/{}/" + act
        # To pass on again would be told that the units have it already.
        return self._ask("POST", path, number, unit, repeats=act != "pass-on", **carried)
