"""Runs every benchmark of this folder, or those named, and prints their lines."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks


def main() -> None:
    """This function will run the modules that have a `run`, or those named.

    One that is LONG, such as the nation, runs only when it is named.
    """
    named = sys.argv[1:]
    for name in named or [found.name for found in pkgutil.iter_modules(benchmarks.__path__)]:
        module = importlib.import_module(f"benchmarks.{name}")
        run = getattr(module, "run", None)
        if run is not None and (named or not getattr(module, "LONG", False)):
            print(f"== {name}", *run(), sep="\n", flush=True)


if __name__ == "__main__":
    main()
