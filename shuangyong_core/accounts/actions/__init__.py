"""Every way an account can change: users, posts handed over, delegations, sessions, tokens."""

from shuangyong_core.accounts.actions.delegating import delegate, revoke_delegation
from shuangyong_core.accounts.actions.handing_over import (
    Given,
    hand_over,
    open_account,
)
from shuangyong_core.accounts.actions.renaming import rename_below
from shuangyong_core.accounts.actions.renewing import change_password, reset_password
from shuangyong_core.accounts.actions.sessions import (
    Opened,
    close_session,
    keep_session,
    note_failure,
    open_session,
)
from shuangyong_core.accounts.actions.tokens import create_token, revoke_token
from shuangyong_core.accounts.actions.users import add_user, disable_user

__all__ = [
    "Given",
    "Opened",
    "add_user",
    "change_password",
    "close_session",
    "create_token",
    "delegate",
    "disable_user",
    "hand_over",
    "keep_session",
    "note_failure",
    "open_account",
    "open_session",
    "rename_below",
    "reset_password",
    "revoke_delegation",
    "revoke_token",
]
