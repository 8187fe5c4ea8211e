"""Where a stored file lies."""

from __future__ import annotations

import re
from pathlib import Path

HASH = re.compile(r"[0-9a-f]{64}")


def path_of(folder: Path, sha256: str) -> Path:
    """This function will give the path of a file by its hash; ValueError for anything else."""
    if not HASH.fullmatch(sha256):
        raise ValueError("not a sha256")
    return folder / sha256[:2] / sha256
