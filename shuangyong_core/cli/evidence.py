"""Keeps a file that a command names: the checks of every door, before a byte is kept."""

from __future__ import annotations

from pathlib import Path

from shuangyong_core.cli.desk import Desk
from shuangyong_core.cli.files import naming, read_file
from shuangyong_core.evidence.actions import store
from shuangyong_core.evidence.rules import Stored, check_name


def store_file(desk: Desk, path: Path) -> Stored:
    """This function will keep a jpg, png or pdf; raises NameUnusable, FileUnusable, Problems."""
    check_name(path.name)
    data = read_file(path)
    with naming(path.name):
        return store(data, folder=desk.settings.files, max_bytes=desk.settings.upload_bytes)
