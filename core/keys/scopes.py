"""What a key may be used for: each scope lets some of the person's own permissions through, and never adds any."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from core.actor import Actor, Permission, Role


class Scope(StrEnum):
    """One use of a key. ``messages`` talks to the desk, ``tools`` is MCP; what they reach the other scopes decide."""

    CATALOGUE = "catalogue"
    PRICES = "prices"
    ORDERS = "orders"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    ACCOUNT = "account"
    REBATES = "rebates"
    SALES = "sales"
    FORECASTS = "forecasts"
    CONTRACTS = "contracts"
    DOCUMENTS = "documents"
    PUBLISH = "publish"
    MESSAGES = "messages"
    TOOLS = "tools"
    WEBHOOKS = "webhooks"


P = Permission
PRESSES = frozenset({P.ORDERS_CONFIRM, P.ORDERS_APPROVE})
PERMISSIONS_OF: Mapping[Scope, frozenset[Permission]] = {
    Scope.CATALOGUE: frozenset({P.PRODUCTS_READ}),
    Scope.PRICES: frozenset({P.PRICES_READ}),
    Scope.ORDERS: frozenset({P.ORDERS_READ}),
    Scope.PROPOSE: frozenset({P.ORDERS_DRAFT}) | PRESSES,  # so that the draft says whose press it needs
    Scope.CONFIRM: PRESSES,
    Scope.ACCOUNT: frozenset({P.ACCOUNT_READ}),
    Scope.REBATES: frozenset({P.REBATES_READ}),
    Scope.SALES: frozenset({P.SALES_READ}),
    Scope.FORECASTS: frozenset({P.FORECASTS_READ, P.PRICES_SUGGEST}),
    Scope.CONTRACTS: frozenset({P.CONTRACTS_READ, P.CONTRACTS_REGISTER, P.CONTRACTS_APPROVE}),
    Scope.DOCUMENTS: frozenset({P.KNOWLEDGE_READ}),
    Scope.PUBLISH: frozenset({P.DOCUMENTS_PUBLISH}),
    Scope.MESSAGES: frozenset({P.HELP}),
    Scope.TOOLS: frozenset({P.HELP}),
    Scope.WEBHOOKS: frozenset(),
}
NEVER_BY_KEY = frozenset({P.ORDERS_ADVANCE, P.PEOPLE_INVITE, P.CONTRACTS_SIGN})  # a program signs nothing
FOR_PEOPLE = frozenset(Scope) - {Scope.WEBHOOKS}
FOR_SERVICES = frozenset(
    {Scope.CATALOGUE, Scope.PRICES, Scope.ORDERS, Scope.ACCOUNT, Scope.REBATES, Scope.SALES, Scope.WEBHOOKS}
)
"""A service has nobody to propose, press or speak for."""


def let_through(scopes: Iterable[Scope]) -> frozenset[Permission]:
    """Everything that the scopes let through."""
    return frozenset().union(*(PERMISSIONS_OF[scope] for scope in scopes))


def narrowed(actor: Actor, scopes: frozenset[Scope]) -> Actor:
    """The person as this key lets them act; by one without ``confirm`` their yes doesn't count.

    By one without ``propose`` they take nothing back either.
    """
    return replace(
        actor,
        permissions=actor.permissions & let_through(scopes),
        presses=Scope.CONFIRM in scopes,
        takes_back=Scope.PROPOSE in scopes,
    )


def service_actor(name: str, scopes: frozenset[Scope]) -> Actor:
    """A program of the brand's own: reads of the whole brand what its scopes name, and is nobody's proposer."""
    return Actor(
        person_id=None,
        handle=f"service:{name}"[:64],
        name=name,
        role=Role.OPERATOR,
        language="zh",
        everywhere=True,
        permissions=let_through(scopes & FOR_SERVICES),
        presses=False,
        takes_back=False,
    )
