"""Passwords and secrets: argon2id for what people type, SHA-256 for what machines drew."""

from __future__ import annotations

import hashlib
import os
import secrets
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# 19 MiB, two passes: the OWASP floor, about 50 ms on one office core.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# No letters or digits that are mixed up on paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_NOBODY = _HASHER.hash("nobody")


def hash_password(password: str) -> str:
    """This function will give the argon2id hash that is kept of a password."""
    return _HASHER.hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """This function will compare; an unknown user costs the same time as a wrong password."""
    try:
        return _HASHER.verify(kept or _NOBODY, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def draw_one_time_password() -> str:
    """This function will draw a one-time password that can be read from paper (59 bits)."""
    letters = [secrets.choice(_ALPHABET) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))


def draw_one_time_passwords(count: int) -> list[tuple[str, str]]:
    """This function will draw many, each with the hash that is kept: slow, so on every core."""
    drawn = [draw_one_time_password() for _ in range(count)]
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        return list(zip(drawn, workers.map(hash_password, drawn), strict=True))


def draw_secret() -> str:
    """This function will draw a session's or a token's secret (256 bits)."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> bytes:
    """This function will give what is kept of a drawn secret."""
    return hashlib.sha256(secret.encode()).digest()
