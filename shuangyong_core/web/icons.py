"""The icons the pages use, in one list; set-up copies just these out of @tabler/icons."""

from __future__ import annotations

NAMES = (
    "alert-circle",
    "alert-triangle",
    "arrow-back-up",
    "check",
    "chart-bar",
    "chevron-down",
    "chevron-right",
    "circle-check",
    "clipboard-check",
    "clock",
    "download",
    "edit",
    "file-text",
    "folder",
    "help-circle",
    "history",
    "inbox",
    "info-circle",
    "list-check",
    "lock",
    "search",
    "star",
    "upload",
)
