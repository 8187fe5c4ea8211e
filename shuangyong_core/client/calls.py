"""The calls of `/api/v1` as methods of one class."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from shuangyong_core.client.asking import Asking
from shuangyong_core.client.beside import Beside
from shuangyong_core.client.supporting import Supporting
from shuangyong_core.client.wire import Answer, Items


class Client(Asking, Beside, Supporting):
    """A token's way in; use it as a context manager, or close it."""

    def health(self) -> Answer:
        """Whether the product is up, and how many changes wait for the fold."""
        return self._ask("GET", "/health")

    def unit(self, code: str) -> Answer:
        """One unit."""
        return self._ask("GET", "/units/{}", code)

    def children(self, code: str, *, by: str = "responsibility") -> Items:
        """The units directly under a unit."""
        return self._list("/units/{}/children", code, by=by)

    def plan(self, plan: str) -> Answer:
        """A plan's head."""
        return self._ask("GET", "/plans/{}", plan)

    def targets(self, plan: str) -> Items:
        """A plan's targets."""
        return self._list("/plans/{}/targets", plan)

    def rounds(self, plan: str) -> Items:
        """A plan's rounds."""
        return self._list("/plans/{}/rounds", plan)

    def launch(self, plan: str, *, targets: Sequence[str] = (), backfill: bool = False) -> Answer:
        """Starts the launch; ask `plan` until its status is active. Safe to repeat."""
        body = {"targets": list(targets), "backfill": backfill}
        return self._ask("POST", "/plans/{}/launch", plan, json=body)

    def assignments(self, plan: str, unit: str) -> Items:
        """What a unit holds and reports, with what the caller may do."""
        return self._list("/assignments", plan=plan, unit=unit)

    def acknowledge(self, plan: str, target: str, unit: str) -> Answer:
        """签收."""
        return self._ask("POST", "/assignments/{}/{}/{}/acknowledge", plan, target, unit)

    def decompose(
        self,
        plan: str,
        target: str,
        unit: str,
        *,
        children: Mapping[str, str] | None = None,
        own: str | None = None,
        reason: str = "",
    ) -> Answer:
        """任务分解: quotas of units directly below, as decimal strings; none: as it is proposed."""
        path, body = "/assignments/{}/{}/{}/decompose", None
        if children is not None:
            body = {"children": dict(children), "own": own, "reason": reason}
        return self._ask("POST", path, plan, target, unit, json=body)

    def report(self, plan: str, round: str, unit: str) -> Answer:
        """A report with its draft, its submissions and what the caller may do."""
        return self._ask("GET", "/reports/{}/{}/{}", plan, round, unit)

    def save_draft(
        self,
        plan: str,
        round: str,
        unit: str,
        figures: Mapping[str, Any],
        *,
        note: str = "",
        version: int | None = None,
    ) -> Answer:
        """Keeps a draft; with `version`, only if nobody saved since. Not repeated on a lost reply:
        the version would have moved by our own hand."""
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        body = {"figures": dict(figures), "note": note}
        place = (plan, round, unit)
        return self._ask(
            "PUT", "/reports/{}/{}/{}", *place, json=body, headers=headers,
            repeats=version is None,
        )  # fmt: skip

    def submit(
        self,
        plan: str,
        round: str,
        unit: str,
        figures: Mapping[str, Any] | None = None,
        *,
        note: str = "",
        on_behalf: bool = False,
        key: str | None = None,
    ) -> Answer:
        """Sends figures, or without any the draft; counted once however often it is sent."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        body = {"figures": dict(figures), "note": note, "on_behalf": on_behalf} if figures else None
        path = "/reports/{}/{}/{}/submit"
        return self._ask("POST", path, plan, round, unit, json=body, headers=headers)

    def withdraw(self, plan: str, round: str, unit: str) -> Answer:
        """撤回, until a reviewer acts."""
        return self._ask("POST", "/reports/{}/{}/{}/withdraw", plan, round, unit)

    def accept(
        self, plan: str, round: str, unit: str, *, no: int | None = None, cleared: bool = False
    ) -> Answer:
        """审核通过; with `no`, only the submission looked at; `cleared`: it is harmless."""
        return self._act("accept", plan, round, unit, no=no, cleared=cleared)

    def return_for_revision(
        self,
        plan: str,
        round: str,
        unit: str,
        *,
        reason: str,
        fields: Sequence[str] = (),
        no: int | None = None,
    ) -> Answer:
        """退回修改, with a reason and every field to mend."""
        return self._act("return", plan, round, unit, reason=reason, fields=list(fields), no=no)

    def reopen(self, plan: str, round: str, unit: str, *, reason: str) -> Answer:
        """退回复核: it leaves the sum at once."""
        return self._act("reopen", plan, round, unit, reason=reason)

    def attach(self, plan: str, round: str, unit: str, file: Path) -> Answer:
        """Attaches a jpg, png or pdf to what is being written; answers its sha256."""
        files = {"file": (file.name, file.read_bytes())}
        return self._ask("POST", "/reports/{}/{}/{}/evidence", plan, round, unit, files=files)

    def workbook(self, plan: str, round: str, unit: str, *, below: bool = False) -> bytes:
        """The .xlsx to fill: of a unit, or one for all units below it."""
        asked = {"below": "true"} if below else {}
        return self._fetch("GET", "/reports/{}/{}/{}/workbook", plan, round, unit, params=asked)

    def import_workbook(self, file: Path, *, dry_run: bool = False) -> Answer:
        """Takes a workbook in, whole or not at all; `dry_run`: a verdict for every cell."""
        asked = {"dry_run": "true"} if dry_run else {}
        files = {"file": (file.name, file.read_bytes())}
        return self._ask("POST", "/imports", params=asked, files=files)

    def annotated(self, file: Path) -> bytes:
        """The same workbook back, its wrong cells marked; nothing is written."""
        files = {"file": (file.name, file.read_bytes())}
        return self._fetch("POST", "/imports/annotated", files=files)

    def rollup(
        self,
        plan: str,
        unit: str,
        *,
        round: str | None = None,
        target: str | None = None,
        by: str = "responsibility",
        at: str | None = None,
        seen: str | None = None,
    ) -> Items:
        """What a unit's numbers add up to, per target: in a round, or in the year to date.

        As of the end of a day `at`, written 2026-06-30; a round that is over `seen` then or now.
        """
        asked = {"round": round, "target": target, "by": by, "at": at, "as": seen}
        return self._list("/rollups/{}/{}", plan, unit, **asked)

    def sources(self, plan: str, unit: str, target: str, **asked: str | None) -> Items:
        """The reports behind a number."""
        return self._list("/rollups/{}/{}/{}/sources", plan, unit, target, **asked)

    def todo(self) -> Items:
        """What waits for the token's unit."""
        return self._list("/todo")
