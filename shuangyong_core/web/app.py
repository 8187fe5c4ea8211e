"""The web application: its routes, its headers, its handler of refusals."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.staticfiles import StaticFiles

from shuangyong_core.settings import Settings
from shuangyong_core.web import (
    account,
    amending,
    asking,
    beside,
    filling,
    log_in,
    materials,
    numbers,
    papers,
    people,
    planning,
    progress,
    reading,
    rehearsal,
    reorganising,
    reviewing,
    splitting,
    supporting,
    todo,
    workbook,
)
from shuangyong_core.web.refusing import add_refusals
from shuangyong_core.web.security import add_headers

STATIC = Path(__file__).parent / "static"
PARTS = (
    log_in,
    todo,
    asking,
    filling,
    reading,
    reviewing,
    progress,
    numbers,
    splitting,
    supporting,
    beside,
    materials,
    papers,
    rehearsal,
    amending,
    planning,
    workbook,
    people,
    reorganising,
    account,
)


def create_web(engine: Engine, settings: Settings) -> FastAPI:
    """This function will make the web application over a database."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.engine, app.state.settings = engine, settings
    app.middleware("http")(add_headers)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for part in PARTS:
        app.include_router(part.router)
    add_refusals(app)
    return app
