"""The posts (责任人) of a unit: the duty is the unit's, whoever stands in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.units.models import Post, PostKind


def keep_post(session: Session, unit: int, *, kind: PostKind, at: datetime) -> int:
    """This function will give the unit's post of a kind, made when there is none."""
    held = select(Post.id).where(Post.unit == unit, Post.kind == kind, Post.valid_to.is_(None))
    kept = session.scalar(held.order_by(Post.id).limit(1))
    if kept is not None:
        return kept
    post = Post(unit=unit, kind=str(kind), valid_from=at, valid_to=None)
    session.add(post)
    session.flush()
    return post.id
