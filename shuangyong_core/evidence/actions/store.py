"""Puts a file's bytes on disk: checked, stripped, synced, and only then under its final name."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import date
from pathlib import Path

from shuangyong_core.evidence.actions.strip import strip_picture
from shuangyong_core.evidence.queries import path_of
from shuangyong_core.evidence.rules import Stored, media_type_of


def store(data: bytes, *, folder: Path, max_bytes: int) -> Stored:
    """This function will keep a jpg, png or pdf by its hash; raises FileUnusable."""
    media_type = media_type_of(data, max_bytes=max_bytes)
    taken_date: date | None = None
    if media_type != "application/pdf":
        data, taken_date = strip_picture(data, media_type=media_type)
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(folder, sha256)
    if not path.exists():
        _write(data, path)
    return Stored(sha256, media_type, len(data), taken_date)


def _write(data: bytes, path: Path) -> None:
    # A file is whole under its name or not there: synced, renamed, and the folder synced too,
    # all before the row that names it is committed.
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=".partial-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
