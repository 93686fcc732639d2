"""Who is asking: read from the channel identity at each turn, never from a message or a model."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the brand; a role is a set of permissions."""

    OWNER = "owner"
    BUYER = "buyer"
    REP = "rep"
    MANAGER = "manager"
    TRAINER = "trainer"
    FINANCE = "finance"
    LEGAL = "legal"
    OPERATOR = "operator"
    ADMIN = "admin"


class Permission(StrEnum):
    """One thing that a tool or a press of a button may need."""

    PRODUCTS_READ = "products.read"
    PRICES_READ = "prices.read"
    ORDERS_READ = "orders.read"
    ORDERS_DRAFT = "orders.draft"
    ORDERS_CONFIRM = "orders.confirm"
    ORDERS_APPROVE = "orders.approve"
    ORDERS_ADVANCE = "orders.advance"
    ACCOUNT_READ = "account.read"
    REBATES_READ = "rebates.read"
    SALES_READ = "sales.read"
    FORECASTS_READ = "forecasts.read"
    PRICES_SUGGEST = "prices.suggest"
    CONTRACTS_READ = "contracts.read"
    CONTRACTS_REGISTER = "contracts.register"
    CONTRACTS_APPROVE = "contracts.approve"
    CONTRACTS_SIGN = "contracts.sign"
    KNOWLEDGE_READ = "knowledge.read"
    DOCUMENTS_PUBLISH = "documents.publish"
    PEOPLE_INVITE = "people.invite"
    HELP = "help"


P = Permission
_EVERYONE = frozenset({P.PRODUCTS_READ, P.KNOWLEDGE_READ, P.HELP})
_DEALER_BOOKS = frozenset({P.PRICES_READ, P.ORDERS_READ, P.ACCOUNT_READ, P.REBATES_READ})
_BUYER = _EVERYONE | _DEALER_BOOKS | {P.ORDERS_DRAFT, P.ORDERS_CONFIRM, P.FORECASTS_READ, P.CONTRACTS_READ}
_REP = (
    _EVERYONE
    | _DEALER_BOOKS
    | {P.ORDERS_DRAFT, P.SALES_READ, P.FORECASTS_READ, P.PRICES_SUGGEST, P.CONTRACTS_READ, P.CONTRACTS_REGISTER}
)

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.BUYER: _BUYER,
    Role.OWNER: _BUYER | {P.ORDERS_APPROVE, P.CONTRACTS_SIGN},
    Role.REP: _REP,
    Role.MANAGER: _REP,
    Role.TRAINER: _EVERYONE | {P.DOCUMENTS_PUBLISH},
    Role.FINANCE: _EVERYONE | _DEALER_BOOKS | {P.SALES_READ, P.FORECASTS_READ, P.CONTRACTS_READ},
    Role.LEGAL: _EVERYONE | {P.CONTRACTS_READ, P.CONTRACTS_REGISTER, P.CONTRACTS_APPROVE, P.CONTRACTS_SIGN},
    Role.OPERATOR: _EVERYONE | {P.ORDERS_READ, P.ORDERS_ADVANCE, P.PEOPLE_INVITE, P.DOCUMENTS_PUBLISH},
    Role.ADMIN: frozenset(P) - {P.ORDERS_CONFIRM, P.ORDERS_APPROVE, P.CONTRACTS_APPROVE, P.CONTRACTS_SIGN},
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with what they may do and whose rows they may touch.

    ``dealer_id`` narrows to one dealer, ``region_path`` to a region and all below it; with neither,
    ``everywhere`` decides between the whole brand and nothing. ``presses``: whether their yes counts by the way they
    came in, ``takes_back``: whether they may take proposals back by it; a key may be without either right.
    ``heard_by``: the roles of those who hear the answers too, so that nothing is read to them that they may not read
    themselves; empty: anybody may hear them; None: nobody else.
    """

    person_id: int | None
    handle: str
    name: str
    role: Role
    language: str
    dealer_id: int | None = None
    dealer_code: str | None = None
    region_path: str | None = None
    everywhere: bool = False
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    presses: bool = True
    takes_back: bool = True
    heard_by: frozenset[Role] | None = None

    def may(self, permission: Permission | str) -> bool:
        """Whether the role carries the permission."""
        return permission in self.permissions

    @property
    def reach(self) -> str:
        """Whose rows they may touch and what they may do, as one word: what was found for one is kept from another."""
        rows = f"{self.role} {self.dealer_id} {self.region_path} {self.everywhere}"
        return hashlib.sha256(" ".join([rows, *sorted(self.permissions)]).encode()).hexdigest()[:16]


def not_permitted(actor: Actor) -> str:
    """The key of the words for what the role lacks: whom one may ask depends on who asks."""
    if actor.dealer_id is None:
        return "error.not_permitted.staff"
    return "error.not_permitted.owner" if actor.role is Role.OWNER else "error.not_permitted"


def system(purpose: str) -> Actor:
    """The program at work for ``purpose`` (the demo's clock, a command): sees every row, named in the events."""
    return Actor(
        person_id=None,
        handle=f"system:{purpose}",
        name=purpose,
        role=Role.ADMIN,
        language="zh",
        everywhere=True,
        permissions=frozenset(Permission),
    )
