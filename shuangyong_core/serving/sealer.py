"""The sealer's thread: every minute it chains what was committed and signs a checkpoint."""

from __future__ import annotations

import logging
import threading

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from shuangyong_core import db
from shuangyong_core.audit.sealer import seal
from shuangyong_core.keys import get_key
from shuangyong_core.settings import Settings

EVERY = 60.0  # seconds
log = logging.getLogger(__name__)


class Sealer:
    """Seals in the background until stopped; a fault is logged and tried again."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine, self._settings = engine, settings
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sealer", daemon=True)

    def start(self) -> None:
        """This function will start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """This function will seal once more and end the thread."""
        self._stop.set()
        self._thread.join(timeout=10)
        self.seal_once()

    def seal_once(self) -> None:
        """This function will chain and sign what is new, and keep the checkpoint outside."""
        folder = self._settings.data
        try:
            with db.write(self._engine) as session:
                checkpoint = seal(session, key=get_key(folder), at=self._settings.clock.now())
            if checkpoint is not None:
                checkpoint.write_to(folder)
        except (SQLAlchemyError, OSError):
            log.exception("the audit record could not be sealed")

    def _run(self) -> None:
        while not self._stop.wait(EVERY):
            self.seal_once()
