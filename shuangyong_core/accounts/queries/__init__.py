"""What is known of accounts: who a session or a token is, what users there are, who is below."""

from shuangyong_core.accounts.queries.below import (
    MANAGERS,
    AccountHoldsMore,
    get_account_below,
    get_unit_below,
    looks_after,
    units_looked_after,
)
from shuangyong_core.accounts.queries.lists import (
    TokenLine,
    UserLine,
    list_tokens,
    list_users,
)
from shuangyong_core.accounts.queries.names import name_of, names_of
from shuangyong_core.accounts.queries.who import (
    LoggedIn,
    UserNotFound,
    count_failures,
    find_logged_in,
    find_user,
    get_unit_within,
    get_user,
    get_user_actor,
    not_ended,
)

__all__ = [
    "MANAGERS",
    "AccountHoldsMore",
    "LoggedIn",
    "TokenLine",
    "UserLine",
    "UserNotFound",
    "count_failures",
    "find_logged_in",
    "find_user",
    "get_account_below",
    "get_unit_below",
    "get_unit_within",
    "get_user",
    "get_user_actor",
    "list_tokens",
    "list_users",
    "looks_after",
    "name_of",
    "names_of",
    "not_ended",
    "units_looked_after",
]
