"""Counts a target's number from the rows of figures alone, without the product's code."""

from __future__ import annotations

from sqlalchemy import create_engine, text

COUNTED = """
SELECT u.code, f.numerator
FROM figure f
JOIN submission s ON s.report = f.report AND s.no = f.no
JOIN acceptance a ON a.report = f.report AND a.no = f.no AND a.revoked_at IS NULL
JOIN report r ON r.id = f.report
JOIN unit u ON u.id = r.unit
JOIN round d ON d.id = r.round
JOIN target t ON t.indicator = f.indicator AND t.plan = d.plan
JOIN due_item i ON i.target = t.id AND i.unit = r.unit AND i.round = r.round
WHERE t.code = :target AND f.state = 'reported'
"""


def recount(database_url: str, target: str) -> dict[str, int]:
    """Gives each unit's accepted value of a target, straight from the tables."""
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection:
            found = connection.execute(text(COUNTED), {"target": target}).all()
    finally:
        engine.dispose()
    values: dict[str, int] = {}
    for code, value in found:
        values[code] = values.get(code, 0) + value
    return values
