"""What is kept of accounts: users, grants, delegations, tokens, sessions, failed log-ins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId, UtcDateTime


class User(Base):
    """A user: one person's account, named by its post (岗位), never by the person."""

    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool]
    # One of the three administrators or nothing: a column can hold only one of them.
    administrator: Mapped[str | None] = mapped_column(String(24))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    password_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when it was last set
    one_time_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # then it opens nothing
    last_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (
        CheckConstraint(
            "administrator IN ('system_admin', 'security_admin', 'audit_admin')",
            name="administrator",
        ),
    )


class Delegation(Base):
    """One user's own roles handed to another from one day to another (委托), for leave."""

    __tablename__ = "delegation"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    giver: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    taker: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_to: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (
        Index(None, "giver"),
        Index(None, "taker"),
        CheckConstraint("giver <> taker", name="not_itself"),
    )


class UserGrant(Base):
    """A role of a user on the subtree under a unit, for a time; in a post, or by delegation."""

    __tablename__ = "user_grant"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(String(24))
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    post: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    delegation: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"))
    __table_args__ = (
        Index(None, "user"),
        Index(None, "unit"),
        CheckConstraint(
            "role IN ('issuer', 'manager', 'reviewer', 'reporter', 'viewer')", name="role"
        ),
    )


class Token(Base):
    """A script's key: an actor of its own, bound to one unit and one role."""

    __tablename__ = "token"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    label: Mapped[str] = mapped_column(String(80))
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(String(24))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WebSession(Base):
    """One browser that is logged in; the cookie holds the secret, the row only its hash."""

    __tablename__ = "web_session"
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    csrf: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    __table_args__ = (Index(None, "user"),)


class LoginFailure(Base):
    """A log-in that failed, by account and network address: what the lock-out counts."""

    __tablename__ = "login_failure"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    login: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    __table_args__ = (Index(None, "login", "source", "at"),)
