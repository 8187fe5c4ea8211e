"""Keeps a checked workbook until it is written: by its sha256, for who sent it, for a day."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.errors import Refused
from shuangyong_core.settings import Settings

KEEP_FOR = timedelta(days=1)
KEY = re.compile(r"[0-9a-f]{64}")
FOLDER = "uploads"


class NotKept(Refused):
    """The checked file is gone, or is another's."""

    message = "检查过的工作簿已经不在了，请重新上传检查。"
    code = "not_kept"


@dataclass(frozen=True, slots=True)
class Kept:
    """A workbook as it was sent."""

    key: str
    name: str
    data: bytes


def keep(settings: Settings, data: bytes, *, name: str, actor: Actor, at: datetime) -> Kept:
    """This function will keep a file for its sender and forget what is older than a day."""
    key = hashlib.sha256(data).hexdigest()
    folder = settings.data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    _forget(folder, before=(at - KEEP_FOR).timestamp())
    path = _path(settings, key, actor)
    for kept, content in ((path, data), (path.with_suffix(".name"), name.encode())):
        beside = kept.with_name(f".{kept.name}.{os.getpid()}")
        beside.write_bytes(content)
        # The pretend day of a rehearsal is the day of its files too.
        os.utime(beside, (at.timestamp(), at.timestamp()))
        beside.replace(kept)
    return Kept(key, name, data)


def take(settings: Settings, key: str, *, actor: Actor) -> Kept:
    """This function will give back what this very user had checked; raises NotKept."""
    if not KEY.fullmatch(key):
        raise NotKept
    path = _path(settings, key, actor)
    try:
        return Kept(key, path.with_suffix(".name").read_text("utf-8"), path.read_bytes())
    except OSError:
        raise NotKept from None


def _path(settings: Settings, key: str, actor: Actor) -> Path:
    return settings.data / FOLDER / f"{actor.key.replace(':', '-')}-{key}.book"


def _forget(folder: Path, *, before: float) -> None:
    for path in folder.iterdir():
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
