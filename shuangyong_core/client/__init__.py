"""For scripts: the calls of `/api/v1` as methods; a lost reply is asked again, counted once."""

from shuangyong_core.client.calls import Client
from shuangyong_core.client.wire import NoAnswer, Refused

__all__ = ["Client", "NoAnswer", "Refused"]
