"""The pages where an issuer writes next year's plan from the catalogue and sends it down."""

from shuangyong_core.web.planning.routes import router

__all__ = ["router"]
