"""Puts the two doors under one address; the sealer runs beside them, and the fold in a process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from shuangyong_core import db
from shuangyong_core.api import create_api
from shuangyong_core.serving.child import Child
from shuangyong_core.serving.sealer import Sealer
from shuangyong_core.settings import Settings
from shuangyong_core.web.app import create_web


def create_app(settings: Settings | None = None, *, folds: bool = True) -> FastAPI:
    """This function will make the application: `/` for people, `/api/v1` for scripts.

    Without `folds` somebody else must run `shuangyong serve fold`.
    """
    settings = settings or Settings()
    engine = db.make_engine(settings.url)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        sealer = Sealer(engine, settings)
        folding = Child("shuangyong_core.serving.folding", settings) if folds else None
        sealer.start()
        if folding is not None:
            folding.start()
        yield
        if folding is not None:
            folding.stop()
        sealer.stop()
        engine.dispose()

    app = FastAPI(lifespan=life, openapi_url=None, docs_url=None, redoc_url=None)
    app.mount("/api/v1", create_api(engine, settings))
    app.mount("/", create_web(engine, settings))
    return app
