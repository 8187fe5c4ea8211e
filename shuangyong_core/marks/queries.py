"""What is known of marks and steps: how many wait for the fold, what moves a subject made."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.marks.models import Mark, Step


def count_pending(session: Session) -> int:
    """This function will count the marks that no fold has taken yet."""
    return session.scalar(select(func.count()).select_from(Mark)) or 0


def list_steps(session: Session, *, subject_kind: str, subject_id: int) -> Sequence[Step]:
    """This function will list the moves of a subject, oldest first."""
    found = select(Step).where(Step.subject_kind == subject_kind, Step.subject_id == subject_id)
    return session.scalars(found.order_by(Step.id)).all()
