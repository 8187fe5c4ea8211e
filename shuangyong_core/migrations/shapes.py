"""What migrations write alike. Frozen: what is to mean something else gets a name of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def key(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """This function will give a column that holds the number of a row."""
    # Written out, not taken from the models: those may change, a migration may not.
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=nullable)


def points_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """This function will let a column of the table point to `other`, under its usual name."""
    return sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_{table}_{column}"))
