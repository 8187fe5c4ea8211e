"""Puts the door for scripts together: its calls, its handlers, its description."""

from __future__ import annotations

from fastapi import FastAPI
from sqlalchemy import Engine

from shuangyong_core import __version__
from shuangyong_core.answers.problems import RefusalAnswer
from shuangyong_core.api import refusals
from shuangyong_core.api.calls import StartLaunch, Write, open_house
from shuangyong_core.api.gate import MOST, Gate
from shuangyong_core.api.headers import SafeHeaders
from shuangyong_core.api.routes import ROUTERS
from shuangyong_core.api.starting import start_launch
from shuangyong_core.settings import Settings

REFUSALS = {
    401: "没有有效的令牌",
    404: "没有，或者不在您的范围内",
    409: "有人先办了，或者版本变了",
    413: "内容太大",
    415: "内容类型不对",
    422: "规则不允许，或者写法不对",
    503: "正忙，请稍后再试",
}


def create_api(
    engine: Engine,
    settings: Settings,
    *,
    start_launch: StartLaunch = start_launch,
    write: Write | None = None,
    most_inside: int = MOST,
) -> FastAPI:
    """This function will build the application that is mounted at `/api/v1`.

    `write` writes a batch of acts; without it they are written here.
    """
    api = FastAPI(
        title="双拥责任链",
        version=__version__,
        # Their pages would be fetched from a far network; the description itself stays.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses={
            status: {"model": RefusalAnswer, "description": text}
            for status, text in REFUSALS.items()
        },
    )
    api.state.house = open_house(engine, settings, start_launch, write)
    for router in ROUTERS:
        api.include_router(router)
    refusals.install(api)
    api.add_middleware(Gate, most=most_inside)
    api.add_middleware(SafeHeaders)
    return api
