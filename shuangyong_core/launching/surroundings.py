"""Prefect's surroundings: our folder, loopback, a password of its own, no analytics."""

from __future__ import annotations

import hashlib
import os

from shuangyong_core.keys import get_key
from shuangyong_core.settings import Settings


def prefect_url(settings: Settings) -> str:
    """This function will give the address of Prefect's API: ours, or the one that is set."""
    return os.environ.get("PREFECT_API_URL", f"http://127.0.0.1:{settings.prefect_port}/api")


def prefect_password(settings: Settings) -> str:
    """This function will give the user and password of our Prefect server."""
    drawn = hashlib.sha256(get_key(settings.data) + b"prefect").hexdigest()[:32]
    return os.environ.get("PREFECT_API_AUTH_STRING", f"shuangyong:{drawn}")


def prefect_environment(settings: Settings, *, port: int | None = None) -> dict[str, str]:
    """This function will give the environment of Prefect's processes; `port`: our own server."""
    url = f"http://127.0.0.1:{port}/api" if port else prefect_url(settings)
    word = prefect_password(settings)
    return {
        "PREFECT_HOME": str((settings.data / "prefect").resolve()),
        "PREFECT_API_URL": url,
        "PREFECT_API_AUTH_STRING": word,
        "PREFECT_SERVER_API_AUTH_STRING": word,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_CLI_PROMPT": "false",
        "DO_NOT_TRACK": "1",
    }
