"""Every way an account can change: users, sessions, tokens."""

from shuangyong_core.accounts.actions.sessions import (
    Opened,
    close_session,
    keep_session,
    note_failure,
    open_session,
)
from shuangyong_core.accounts.actions.tokens import create_token, revoke_token
from shuangyong_core.accounts.actions.users import (
    add_user,
    change_password,
    disable_user,
    reset_password,
)

__all__ = [
    "Opened",
    "add_user",
    "change_password",
    "close_session",
    "create_token",
    "disable_user",
    "keep_session",
    "note_failure",
    "open_session",
    "reset_password",
    "revoke_token",
]
