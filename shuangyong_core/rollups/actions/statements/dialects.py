"""What SQLite and PostgreSQL say differently: an instant's date in Shanghai, order by bytes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class shanghai_date_of(FunctionElement[Any]):
    """The business date in Shanghai of a stored instant."""

    type = Date()
    inherit_cache = True
    name = "shanghai_date_of"


class by_bytes(FunctionElement[Any]):
    """A text that is ordered by its bytes, whatever the database's language."""

    type = String()
    inherit_cache = True
    name = "by_bytes"


@compiles(shanghai_date_of)
def _date_of(element: Any, compiler: Any, **options: Any) -> str:
    # Whole seconds only: SQLite rounds to milliseconds, and 23:59:59.9996 would be tomorrow.
    # Shanghai has kept no summer time since 1991.
    return f"date(substr({compiler.process(element.clauses, **options)}, 1, 19), '+8 hours')"


@compiles(shanghai_date_of, "postgresql")
def _date_of_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    instant = compiler.process(element.clauses, **options)
    return f"CAST(({instant}) AT TIME ZONE 'Asia/Shanghai' AS date)"


@compiles(by_bytes)
def _bytes(element: Any, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)})"


@compiles(by_bytes, "postgresql")
def _bytes_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f'({compiler.process(element.clauses, **options)}) COLLATE "C"'
