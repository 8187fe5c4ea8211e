"""The calls of this door, one file a subject."""

from shuangyong_core.api.routes import health, plans, reports, review, units

ROUTERS = (
    health.router,
    units.router,
    plans.router,
    reports.router,
    reports.uploads,
    review.router,
)
