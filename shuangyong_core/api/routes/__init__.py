"""The calls of this door, one file a subject."""

from shuangyong_core.api.routes import (
    assignments,
    health,
    plans,
    reports,
    review,
    rollups,
    todo,
    units,
)

ROUTERS = (
    health.router,
    units.router,
    plans.router,
    assignments.router,
    reports.router,
    reports.uploads,
    review.router,
    rollups.router,
    todo.router,
)
