"""Runs every benchmark of this folder, or those named, and prints their lines."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks


def main() -> None:
    """This function will run the modules that have a `run`."""
    names = sys.argv[1:] or [found.name for found in pkgutil.iter_modules(benchmarks.__path__)]
    for name in names:
        run = getattr(importlib.import_module(f"benchmarks.{name}"), "run", None)
        if run is not None:
            print(f"== {name}", *run(), sep="\n", flush=True)


if __name__ == "__main__":
    main()
