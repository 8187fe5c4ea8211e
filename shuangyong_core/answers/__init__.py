"""The shapes both doors for programs answer in: what a query found, as JSON can hold it."""

from shuangyong_core.answers.plain import items, plain

__all__ = ["items", "plain"]
