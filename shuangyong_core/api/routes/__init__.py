"""The calls of this door, one file a subject."""

from shuangyong_core.api.routes import health, units

ROUTERS = (health.router, units.router)
