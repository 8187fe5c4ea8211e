"""The key a sender gives a submission, so that a repeat of it counts once."""

from __future__ import annotations

from shuangyong_core.errors import Refused

LONGEST_KEY = 120


class KeyUnusable(Refused):
    """The key is empty, too long or unreadable."""

    message = "Idempotency-Key 要有 1 到 120 个可见字符。"
    code = "key_unusable"


def check_key(key: str | None) -> None:
    """This function will refuse a key that cannot be kept; raises KeyUnusable."""
    if key is not None and not is_usable(key):
        raise KeyUnusable


def is_usable(key: str) -> bool:
    """This function will say whether a key can be kept."""
    return 1 <= len(key) <= LONGEST_KEY and key.isprintable()
