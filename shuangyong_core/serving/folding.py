"""`python -m shuangyong_core.serving.folding`: fold and clerk, for as long as the server lives."""

from __future__ import annotations

import gc
import os
import sys

from shuangyong_core import db
from shuangyong_core.rollups.actions.folder import Folder
from shuangyong_core.serving.child import told_settings
from shuangyong_core.supervision.actions.clerk import Clerk


def main() -> None:
    """This function will work until the pipe it was told its settings on is closed."""
    pipe = sys.stdin.buffer
    settings = told_settings(pipe)
    if settings is None:
        return
    # Whoever waits for an answer comes before a number that has a second or two.
    os.nice(10)
    engine = db.make_engine(settings.url)
    threads = [kind(engine, settings.clock) for kind in (Folder, Clerk)]
    gc.freeze()
    for each in threads:
        each.start()
    pipe.read()
    for each in threads:
        each.stop()
    engine.dispose()


if __name__ == "__main__":
    main()
