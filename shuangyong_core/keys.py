"""The installation's own secret, drawn once and kept in the data folder for its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def get_key(folder: Path) -> bytes:
    """This function will give the 32-byte key of the data folder, drawing it the first time."""
    path = folder / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    with os.fdopen(handle, "w", encoding="ascii") as kept:
        kept.write(secrets.token_hex(32))
        kept.flush()
        os.fsync(kept.fileno())
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
