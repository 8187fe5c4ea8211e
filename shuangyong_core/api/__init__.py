"""The door for scripts: JSON over HTTP with bearer tokens, mounted at `/api/v1`."""

from shuangyong_core.api.app import create_api

__all__ = ["create_api"]
