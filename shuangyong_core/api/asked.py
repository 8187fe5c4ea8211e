"""What callers may write in a body: named, typed, and nothing beside it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

Code = Annotated[str, Field(min_length=1, max_length=60)]
Reason = Annotated[str, Field(max_length=1000)]
Method = Annotated[str, Field(pattern=r"^(default|same|equal|base:.{1,40})$")]

FIGURE_SHAPES: list[dict[str, Any]] = [
    {"value": "12", "parts": {"国防": 5, "双拥": 7}},
    {"value": "3", "covered": 12},
    {"numerator": 30, "denominator": 31},
    {"value": True},
    {"date": "2026-07-03"},
    {"text": "…"},
    {"score": "8.5"},
    {"keys": ["驻军单位A"]},
    {"not_involved": "本季无此类家庭"},
]
# Read by the report's own checks, so that every channel says the same about the same mistake.
ReportBody = Annotated[
    dict[str, Any],
    WithJsonSchema(
        {
            "type": "object",
            "title": "Report",
            "properties": {
                "plan": {"type": "string"},
                "unit": {"type": "string"},
                "round": {"type": "string"},
                "figures": {
                    "type": "object",
                    "description": "by target code",
                    "additionalProperties": {"type": "object", "examples": FIGURE_SHAPES},
                },
                "note": {"type": "string", "maxLength": 1000},
                "on_behalf": {"type": "boolean"},
            },
            "required": ["figures"],
            "additionalProperties": False,
        }
    ),
]


class Asked(BaseModel):
    """A body: what it does not name is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class Launch(Asked):
    """Which targets to send down (先行下达), all if none is named; `backfill`: 补录, never late."""

    targets: list[Code] = Field(default=[], max_length=500)
    backfill: bool = False
    reason: Reason = ""  # why, where rounds cannot be met from today on


class Amendment(Asked):
    """Only what changes of a running plan, or with a whole `plan` head the plan as it shall be."""

    reason: Reason = ""  # 依据: what decided it
    seal: Annotated[str, Field(max_length=4000)] = ""  # of the dry run: nothing else is done
    plan: dict[str, Any] = Field(default={})
    rounds: list[dict[str, Any]] = Field(default=[], max_length=53)
    indicators: list[dict[str, Any]] = Field(default=[], max_length=500)
    targets: list[dict[str, Any]] = Field(default=[], max_length=500)
    drop: list[Code] = Field(default=[], max_length=500)  # targets or rounds
    leave_out: dict[Code, list[Code]] = Field(default={}, max_length=500)  # units of a target
    set_aside: dict[Code, Reason] = Field(default={}, max_length=500)  # why, by target


class Decompose(Asked):
    """任务分解: quotas are decimal strings."""

    children: dict[Code, str] = Field(default={}, max_length=5000)
    own: str | None = None  # 本级承办; left out: as it is
    method: Method | None = None  # instead of numbers: how to share it out
    reason: Reason = ""


class ChildDates(Asked):
    """An earlier 报送时限 for units directly below; `due` null: as the round again."""

    round: Code
    due: str | None
    children: list[Code] = Field(default=[], max_length=5000)
    reason: Reason = ""


class _Seen(Asked):
    """`no` is the submission that was looked at; without it, the latest."""

    no: int | None = Field(default=None, ge=1, le=2**31 - 1)


class Accept(_Seen):
    """审核通过: with `cleared`, what a scan found has been looked at and is harmless."""

    cleared: bool = False


class Return(_Seen):
    """退回修改: one reason, and every field to mend by target code, with or without a remark."""

    reason: Reason = ""
    fields: list[Code] | dict[Code, Reason] = Field(default=[], max_length=500)

    @property
    def mends(self) -> dict[str, str]:
        """The fields to mend, each with its remark."""
        return self.fields if isinstance(self.fields, dict) else dict.fromkeys(self.fields, "")


class Reopen(_Seen):
    """退回复核."""

    reason: Reason = ""


class Confirm(Accept):
    """确认代填."""


class Objection(Accept):
    """提出异议, or its answer: the reason."""

    reason: Reason = ""


class NotInvolved(Asked):
    """不涉及 for many units at once: which, which targets, and one reason."""

    units: list[Code] = Field(min_length=1, max_length=5000)
    targets: list[Code] = Field(min_length=1, max_length=100)
    reason: Reason = ""


class Ask(Asked):
    """A request: `round` and `until` for an extension (of one `target`, or of the whole form);
    `target` alone for an exemption, a suspension, a resumption."""

    plan: Code
    unit: Code
    kind: Literal["extension", "exemption", "suspension", "resumption"]
    target: Code | None = None
    round: Code | None = None
    until: str | None = Field(default=None, max_length=40)  # 2026-07-31
    reason: Reason = ""


class Decide(Asked):
    """同意 or 不同意; `seal` is of the effect that was looked at."""

    grant: bool
    reason: Reason = ""
    seal: str | None = Field(default=None, max_length=40)
