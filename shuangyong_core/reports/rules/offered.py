"""What every channel offers to choose from or calls by name: reasons, the two sides of a ratio."""

from __future__ import annotations

REASONS = ("没有这类对象", "本单位没有这项职责", "由上级统一办理")
RATIO_LABELS = ("已完成", "应完成")
NOT_INVOLVED = "不涉及"
YES, NO = "是", "否"
