"""What server and children tell each other on a pipe: one value after another, each whole."""

from __future__ import annotations

import pickle
from typing import IO, Any

LENGTH = 8  # bytes that say how long what follows is


def say(pipe: IO[bytes], said: object) -> None:
    """This function will send a value; raises OSError when nobody listens."""
    words = pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(words).to_bytes(LENGTH, "big") + words)
    pipe.flush()


def hear(pipe: IO[bytes]) -> Any:
    """This function will wait for a value; raises EOFError when the other is gone."""
    length = int.from_bytes(_read(pipe, LENGTH), "big")
    return pickle.loads(_read(pipe, length))


def _read(pipe: IO[bytes], length: int) -> bytes:
    words = pipe.read(length)
    if len(words) < length:
        raise EOFError
    return words
