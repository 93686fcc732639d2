"""Who is asking: from a channel's account to a person to an Actor, read again each turn; and how accounts are bound."""

from core.people.actors import accounts_of, actor_by_account, actor_by_handle, actor_for
from core.people.invites import add_admin, bind, invite, redeem, revoke, sign_out

__all__ = [
    "accounts_of",
    "actor_by_account",
    "actor_by_handle",
    "actor_for",
    "add_admin",
    "bind",
    "invite",
    "redeem",
    "revoke",
    "sign_out",
]
