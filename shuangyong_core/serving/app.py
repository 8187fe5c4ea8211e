"""Puts the two doors under one address; sealer, fold and writer work beside them."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from shuangyong_core import db
from shuangyong_core.api import create_api
from shuangyong_core.serving.child import Child
from shuangyong_core.serving.sealer import Sealer
from shuangyong_core.serving.writer import Writer
from shuangyong_core.settings import Settings
from shuangyong_core.web.app import create_web

FOLDING = "shuangyong_core.serving.folding"


def create_app(settings: Settings | None = None, *, folds: bool = True) -> FastAPI:
    """This function will make the application: `/` for people, `/api/v1` for scripts.

    Without `folds` somebody else must run `shuangyong serve fold`.
    """
    settings = settings or Settings()
    engine = db.make_engine(settings.url)
    sealer = Sealer(engine, settings)
    beside = [Child(FOLDING, settings)] if folds else []
    # On PostgreSQL each act has a transaction of its own, and none waits for another.
    writer = Writer(engine, settings) if engine.dialect.name == "sqlite" else None
    if writer is not None:
        beside.append(writer.child)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        sealer.start()
        for each in beside:
            each.start()
        # What has been read so far stays: looking through it again stops every call for 0.3 s.
        gc.freeze()
        yield
        for each in beside:
            each.stop()
        sealer.stop()
        engine.dispose()

    app = FastAPI(lifespan=life, openapi_url=None, docs_url=None, redoc_url=None)
    app.mount("/api/v1", create_api(engine, settings, write=writer.write if writer else None))
    app.mount("/", create_web(engine, settings))
    return app
