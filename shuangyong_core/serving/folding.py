"""`python -m shuangyong_core.serving.folding`: fold and clerk, for as long as the server lives."""

from __future__ import annotations

import json
import signal
import sys

from shuangyong_core import db
from shuangyong_core.rollups.actions.folder import Folder
from shuangyong_core.settings import Settings
from shuangyong_core.supervision.actions.clerk import Clerk


def main() -> None:
    """This function will work until the pipe it was told its settings on is closed."""
    # Ctrl-C reaches everybody at once; the server says when, by letting go of the pipe.
    for which in (signal.SIGINT, signal.SIGTERM):
        signal.signal(which, signal.SIG_IGN)
    told = sys.stdin.readline()
    if not told:
        return
    settings = Settings(**json.loads(told))
    engine = db.make_engine(settings.url)
    threads = [kind(engine, settings.clock) for kind in (Folder, Clerk)]
    for each in threads:
        each.start()
    sys.stdin.read()
    for each in threads:
        each.stop()
    engine.dispose()


if __name__ == "__main__":
    main()
