"""`python -m shuangyong_core.serving` runs the web, the API, the fold and the sealer."""

from __future__ import annotations

import sys

import uvicorn

from shuangyong_core.serving.app import create_app
from shuangyong_core.settings import Settings


def main(arguments: list[str]) -> None:
    """This function will serve until told to stop; `--no-fold` leaves the fold to another."""
    settings = Settings()
    # A thread that comes back from the database gets its turn after 1 ms, not after 5.
    sys.setswitchinterval(0.001)
    uvicorn.run(
        create_app(settings, folds="--no-fold" not in arguments),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        # The address bar may hold what nobody should log.
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        # A script that rests for some seconds would write into a connection that is just closed.
        timeout_keep_alive=60,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
