"""The calls of this door, one file a subject."""

from shuangyong_core.api.routes import (
    amendments,
    assignments,
    handouts,
    health,
    imports,
    not_involved,
    plans,
    problems,
    reports,
    requests,
    review,
    rollups,
    todo,
    units,
)

ROUTERS = (
    health.router,
    units.router,
    plans.router,
    amendments.router,
    assignments.router,
    not_involved.router,
    reports.sending,
    reports.router,
    reports.uploads,
    review.router,
    requests.router,
    imports.router,
    imports.uploads,
    rollups.router,
    todo.router,
    handouts.router,
    handouts.uploads,
    problems.router,
)
