"""A connection apart: what is laid over the kept tables there is seen by nobody and lasts not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from shuangyong_core.db import WRITES, make_engine

_LOCK = threading.Lock()
_ENGINES: WeakKeyDictionary[Engine, Engine] = WeakKeyDictionary()


@contextmanager
def apart(engine: Engine) -> Iterator[Session]:
    """This function will give a session that sees one state and may lay temporary tables over it.

    It holds no writer up and writes nothing: all of it goes when the connection closes.
    """
    options: dict[str, Any] = {WRITES: False}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    with Session(_of(engine).execution_options(**options), expire_on_commit=False) as session:
        try:
            yield session
        finally:
            session.expunge_all()
            session.rollback()


def _of(engine: Engine) -> Engine:
    with _LOCK:
        if engine not in _ENGINES:
            url = engine.url.render_as_string(hide_password=False)
            # Not from the pool: no one else may meet what was laid over the tables, and nothing
            # may be prepared there that still means the tables underneath.
            options: dict[str, Any] = {"poolclass": NullPool}
            if engine.dialect.name == "postgresql":
                options["connect_args"] = {"prepare_threshold": None}
            _ENGINES[engine] = make_engine(url, **options)
        return _ENGINES[engine]
