"""A draft that amends a plan says which version of it it began from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_amends"
down_revision = "2026_11_25_6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    op.add_column("plan_draft", sa.Column("amends", sa.Integer(), nullable=True))


def downgrade() -> None:
    """This function will take the schema back."""
    op.drop_column("plan_draft", "amends")
