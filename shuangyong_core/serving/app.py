"""Puts the two doors under one address, and runs the fold, the clerk and the sealer beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from shuangyong_core import db
from shuangyong_core.api import create_api
from shuangyong_core.rollups.actions.folder import Folder
from shuangyong_core.serving.sealer import Sealer
from shuangyong_core.settings import Settings
from shuangyong_core.supervision.actions.clerk import Clerk
from shuangyong_core.web.app import create_web


def create_app(settings: Settings | None = None, *, folds: bool = True) -> FastAPI:
    """This function will make the application: `/` for people, `/api/v1` for scripts.

    Without `folds` somebody else must run `shuangyong serve fold`.
    """
    settings = settings or Settings()
    engine = db.make_engine(settings.url)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        threads = [Sealer(engine, settings)]
        beside = (Folder(engine, settings.clock), Clerk(engine, settings.clock)) if folds else ()
        for each in (*threads, *beside):
            each.start()
        yield
        for each in (*beside, *threads):
            each.stop()
        engine.dispose()

    app = FastAPI(lifespan=life, openapi_url=None, docs_url=None, redoc_url=None)
    app.mount("/api/v1", create_api(engine, settings))
    app.mount("/", create_web(engine, settings))
    return app
