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
    "inbox",
    "info-circle",
    "list-check",
    "lock",
    "search",
    "shield-check",
    "star",
    "upload",
)

# Not written in a template: notices bring the icon's name with them.
NAMED_BY_VIEWS = frozenset(
    {"alert-triangle", "arrow-back-up", "circle-check", "info-circle", "lock", "shield-check"}
)
