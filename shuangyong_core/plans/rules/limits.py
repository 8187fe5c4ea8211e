"""How large weights, goals and figures may be, so that no sum or product leaves 64 bits."""

from __future__ import annotations

# (held % W) * w stays below 2^63; above it SQLite's product turns REAL in silence.
LARGEST_WEIGHT = 3_000_000_000
# A scaled value, of a whole plan too: times ten thousand hundredths of a percent it still fits.
LARGEST_VALUE = 10**15
