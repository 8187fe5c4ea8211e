"""Asks a running Prefect server for a launch, and whether its run is over."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from typing import Any

import httpx

from shuangyong_core.errors import Refused
from shuangyong_core.launching.surroundings import prefect_password, prefect_url
from shuangyong_core.settings import Settings

LAUNCH_YEAR = "/deployments/name/launch-year/launch-year"
WAITS = (0.2, 0.5, 1.0, 2.0, 4.0)  # seconds between tries while the server says it is busy
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class FlowsDown(Refused):
    """Nobody is there to run the launch."""

    message = "流程服务没有开，暂时不能下达；开好后再点一次，已下达的不会重复。"
    code = "flows_down"


def ask_to_launch(
    settings: Settings, plan_id: int, *, targets: Sequence[str] = (), backfill: bool = False
) -> str:
    """This function will ask for a launch and give the id of its run; raises FlowsDown."""
    asked = {"plan_id": plan_id, "targets": list(targets) or None, "backfill": backfill}
    with _client(settings) as client:
        deployment = _answer(client, "GET", LAUNCH_YEAR)
        path = f"/deployments/{deployment['id']}/create_flow_run"
        # The key is this asking's alone: tried again it is the same run, asked again a new one.
        key = f"launch-{plan_id}-{secrets.token_hex(8)}"
        run = _answer(client, "POST", path, json={"parameters": asked, "idempotency_key": key})
    return str(run["id"])


def run_ended(settings: Settings, run: str) -> bool:
    """This function will say whether a run is over, well or badly; raises FlowsDown.

    A run whose process was killed together with its runner stays RUNNING: who waits for it
    must look whether the launch gets on, as `cli.watching` does.
    """
    with _client(settings) as client:
        return _answer(client, "GET", f"/flow_runs/{run}")["state_type"] in ENDED


def _client(settings: Settings) -> httpx.Client:
    user, _, password = prefect_password(settings).partition(":")
    return httpx.Client(
        base_url=prefect_url(settings), auth=(user, password), timeout=10, trust_env=False
    )


def _answer(client: httpx.Client, method: str, path: str, **more: Any) -> dict[str, Any]:
    for wait in (*WAITS, None):
        try:
            answer = client.request(method, path, **more)
            # Busy, on SQLite: somebody else is writing.
            if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE and wait is not None:
                time.sleep(wait)
                continue
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as fault:
            raise FlowsDown from fault
        return found
    raise FlowsDown
