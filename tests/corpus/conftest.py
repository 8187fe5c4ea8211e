"""The operator of the commands' tests tries the corpus too."""

from __future__ import annotations

from tests.cli.conftest import bare, operator

__all__ = ["bare", "operator"]
