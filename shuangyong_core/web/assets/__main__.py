"""`python -m shuangyong_core.web.assets [--dev]`: set up the web assets."""

from __future__ import annotations

import argparse
import sys

from shuangyong_core.errors import Refused
from shuangyong_core.web import assets


def main() -> int:
    """This function will set up the assets; 2 says it was refused, and why."""
    parser = argparse.ArgumentParser(prog="python -m shuangyong_core.web.assets")
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    asked = parser.parse_args()
    try:
        done = assets.set_up(with_tests=asked.dev)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    print("web assets: set up" if done else "web assets: already there")
    return 0


if __name__ == "__main__":
    sys.exit(main())
