"""What must hold of a year after any act, in plain SQL; and figures that fit what is asked."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from shuangyong_core.reports.queries.required import due_figures

# All that stands accepted, by indicator and round, wherever it lies.
SUM = """SELECT f.indicator, r.round, SUM(COALESCE(f.numerator, 0)) FROM acceptance a
    JOIN report r ON r.id = a.report
    JOIN figure f ON f.report = a.report AND f.no = a.no
    WHERE a.revoked_at IS NULL GROUP BY f.indicator, r.round"""
# A holder whose parts are not what it holds, and who stated no excess.
UNBALANCED = """SELECT q.target, q.unit, q.held, q.own, COALESCE(SUM(c.held), 0) FROM quota q
    JOIN assignment g ON g.unit = q.unit AND g.target = q.target
    LEFT JOIN node n ON n.parent = q.unit AND n.tree = 'responsibility' AND n.to_edition IS NULL
    LEFT JOIN quota c ON c.unit = n.unit AND c.target = q.target AND c.valid_to IS NULL
    WHERE q.valid_to IS NULL GROUP BY q.target, q.unit, q.held, q.own, q.reason
    HAVING q.held > q.own + COALESCE(SUM(c.held), 0)
        OR (q.held < q.own + COALESCE(SUM(c.held), 0) AND q.reason = '')"""
# Open, of a unit that is gone or let off; what was sent stays with who sent it until it is decided.
WITHOUT_OWNER = """SELECT d.unit, d.target, d.round FROM due_item d
    JOIN round r ON r.id = d.round
    LEFT JOIN report p ON p.unit = d.unit AND p.round = d.round
    LEFT JOIN acceptance a ON a.report = p.id AND a.revoked_at IS NULL
    LEFT JOIN node n ON n.unit = d.unit AND n.tree = 'responsibility' AND n.to_edition IS NULL
    LEFT JOIN assignment g ON g.unit = d.unit AND g.target = d.target
    WHERE d.valid_to IS NULL AND a.no IS NULL AND r.locks_on >= '2026-07-08'
        AND (n.unit IS NULL OR n.is_silent OR g.report_status IS NULL
             OR (g.report_status IN ('withdrawn', 'exempt', 'suspended')
                 AND COALESCE(p.latest_no, 0) = 0))"""

# Open in a round in which the plan asks nobody for the target any more.
UNASKED = """SELECT d.unit, d.target, d.round FROM due_item d JOIN round r ON r.id = d.round
    LEFT JOIN target_version v ON v.target = d.target AND v.to_version IS NULL
    LEFT JOIN target_reporter p
        ON p.target = d.target AND p.from_version = v.from_version AND p.round = d.round
    WHERE d.valid_to IS NULL AND r.locks_on >= '2026-07-08' AND p.who IS NULL"""
# Asked for by the plan in the round to come, of a unit that reports the target, and not due or
# not on the round's day.
NOT_DUE = """SELECT u.code, g.target, r.id, r.due_date, d.due FROM assignment g
    JOIN unit u ON u.id = g.unit
    JOIN node n ON n.unit = g.unit AND n.tree = 'responsibility' AND n.to_edition IS NULL
    JOIN target_version v
        ON v.target = g.target AND v.to_version IS NULL AND v.automatic IS NULL
    JOIN target_reporter p ON p.target = g.target AND p.from_version = v.from_version
        AND p.who IN (u.code, u.kind)
    JOIN round r ON r.id = p.round AND r.opens_on >= '2026-12-01'
    LEFT JOIN due_item d ON d.unit = g.unit AND d.target = g.target AND d.round = r.id
        AND d.valid_to IS NULL
    WHERE g.report_status NOT IN ('withdrawn', 'exempt', 'suspended') AND NOT n.is_silent
        AND COALESCE(d.due <> r.due_date, TRUE)"""


def figures_of(session: Session, unit: int, number: int) -> dict[str, Any]:
    """Something right for whatever is asked of the unit."""
    values: dict[str, Any] = {
        "count": {"value": str(number)},
        "ratio": {"numerator": number, "denominator": number + 1},
        "yes_no": {"value": True},
    }
    due = due_figures(session, unit, 2)
    return {
        one.required.code: {"keys": [f"驻军单位{number}"]}
        if one.required.asks_keys
        else values[one.required.kind]
        for one in due
    }
