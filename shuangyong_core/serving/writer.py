"""Hands batches of submissions to the process that writes them, and brings the answers back."""

from __future__ import annotations

import select
import subprocess
from collections.abc import Sequence
from functools import partial
from typing import IO, Any

from sqlalchemy import Engine

from shuangyong_core.batches import Act, write_each
from shuangyong_core.errors import Away
from shuangyong_core.reports.actions.sending import prepare
from shuangyong_core.serving.child import Child
from shuangyong_core.serving.talk import hear, say
from shuangyong_core.settings import Settings

WRITING = "shuangyong_core.serving.writing"


class Writer:
    """Writing takes more of an interpreter than reading requests: each has one of its own.

    While the process is not there yet, or not there again, the server writes as it would alone.
    """

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.child = Child(WRITING, settings, answers=True)
        self._write_here = partial(write_each, engine, prepare=prepare)
        self._ready: subprocess.Popen[bytes] | None = None

    def write(self, acts: Sequence[Act[Any]]) -> list[Any]:
        """This function will have a batch written; each answer comes after the one commit."""
        process = self.child.process
        if process is None or not self._is_ready(process):
            return self._write_here(acts)
        try:
            say(_pipe(process.stdin), list(acts))
        except OSError:
            # It cannot have begun what it has not read to the end.
            self._ready = None
            return self._write_here(acts)
        except ValueError as closed:
            # The shutdown let go of it meanwhile: nobody knows how much of it was read.
            raise _away(process.stdin, closed) from closed
        return self._answers_of(process)

    def is_beside(self) -> bool:
        """This function will tell whether the process is up."""
        process = self.child.process
        return process is not None and self._is_ready(process)

    def _is_ready(self, process: subprocess.Popen[bytes]) -> bool:
        if process is not self._ready and _has_word(_pipe(process.stdout)):
            try:
                hear(_pipe(process.stdout))
            except EOFError:
                return False
            self._ready = process
        return process is self._ready

    def _answers_of(self, process: subprocess.Popen[bytes]) -> list[Any]:
        try:
            answers: list[Any] = hear(_pipe(process.stdout))
        except (EOFError, OSError) as fault:
            self._ready = None
            raise Away from fault
        except ValueError as closed:
            raise _away(process.stdout, closed) from closed
        return answers


def _away(pipe: IO[bytes] | None, fault: ValueError) -> Exception:
    return Away() if pipe is None or pipe.closed else fault


def _has_word(pipe: IO[bytes]) -> bool:
    looks = select.poll()
    looks.register(pipe, select.POLLIN)
    return bool(looks.poll(0))


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
