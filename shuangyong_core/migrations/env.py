"""How Alembic meets our tables: on the connection it is given, in that connection's transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from shuangyong_core.db import UtcDateTime
from shuangyong_core.migrations.tables import all_tables


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """This function will write our own column types by their names."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from shuangyong_core.db import UtcDateTime")
        return "UtcDateTime()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=all_tables(),
    render_item=render_item,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
