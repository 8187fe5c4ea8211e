"""The calls of this door, one file a subject."""

from shuangyong_core.api.routes import health, reports, review, units

ROUTERS = (health.router, units.router, reports.router, reports.uploads, review.router)
