"""Tables for a terminal of 80 columns: plain text in the cells, nothing read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text


def table(*heads: str, rows: Iterable[Sequence[object]], right: Sequence[str] = ()) -> Table:
    """This function will draw rows under heads; the columns named in `right` hold numbers."""
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for head in heads:
        drawn.add_column(head, justify="right" if head in right else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(str(cell)) for cell in row))
    return drawn
