"""Every table of the product: reads the models of each part, so that none is forgotten."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil

from sqlalchemy import MetaData

import shuangyong_core
from shuangyong_core.db import Base


def part_models() -> list[str]:
    """This function will give the names of the modules that hold models, one for each part."""
    return [
        f"{shuangyong_core.__name__}.{part.name}.models"
        for part in pkgutil.iter_modules(shuangyong_core.__path__)
        if part.ispkg and importlib.util.find_spec(f"shuangyong_core.{part.name}.models")
    ]


def all_tables() -> MetaData:
    """This function will give the tables of every part."""
    for name in part_models():
        importlib.import_module(name)
    return Base.metadata
