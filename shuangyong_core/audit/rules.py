"""The chain: each hash binds an entry to all before it; a checkpoint binds head and length."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

GENESIS = bytes(32)


def canonical(entry: Mapping[str, Any]) -> bytes:
    """This function will write an entry in the one form that is hashed."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(previous: bytes, entry: Mapping[str, Any]) -> bytes:
    """This function will give the hash of an entry after the one before it (SHA-256)."""
    return hashlib.sha256(previous + canonical(entry)).digest()


def sign(key: bytes, *, count: int, head: bytes, at: str) -> bytes:
    """This function will sign a chain's head and length, so that a cut or restamp is seen."""
    return hmac.new(key, f"{count}:{head.hex()}:{at}".encode(), hashlib.sha256).digest()
