"""`python -m shuangyong_core.serving.writing`: writes the batches of submissions of the server."""

from __future__ import annotations

import gc
import os
import pickle
import sys
import traceback
from collections.abc import Sequence
from typing import Any, BinaryIO

from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.batches import Act, write_each
from shuangyong_core.errors import Refused
from shuangyong_core.reports.actions.sending import prepare
from shuangyong_core.serving.child import told_settings
from shuangyong_core.serving.talk import hear, say


def main() -> None:
    """This function will answer each batch after its commit, until the server lets go."""
    asked, answers = sys.stdin.buffer, _own_output()
    settings = told_settings(asked)
    if settings is None:
        return
    engine = db.make_engine(settings.url)
    gc.freeze()
    try:
        say(answers, "ready")
        while True:
            say(answers, _write(engine, hear(asked)))
    except (EOFError, BrokenPipeError):
        # The server is gone, perhaps in the middle of a word; what is committed stays.
        engine.dispose()


def _own_output() -> BinaryIO:
    # Whoever prints here prints to the log: the pipe is for answers alone.
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def _write(engine: Engine, acts: Sequence[Act[Any]]) -> list[Any]:
    try:
        done = write_each(engine, acts, prepare=prepare)
    except Exception as fault:
        done = [fault] * len(acts)
    return [_portable(each) if isinstance(each, Exception) else each for each in done]


def _portable(fault: Exception) -> Exception:
    """A refusal goes as it is; a fault with the place it comes from, for the server's log."""
    told = "".join(traceback.format_exception(fault))
    if not isinstance(fault, Refused):
        fault.add_note(told)
    try:
        pickle.loads(pickle.dumps(fault))
    except Exception:
        return RuntimeError(told)
    return fault


if __name__ == "__main__":
    main()
