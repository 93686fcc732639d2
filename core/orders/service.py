"""Orders: drafted, placed, changed, moved on, read. Each is a module of its own; this is what others call."""

from core.orders.drafting import authority, draft
from core.orders.drafts import OrderDraft, Payload, Problem, Request, Requested, Shortage
from core.orders.habits import Habit, Habits, habits
from core.orders.placing import as_proposal, place
from core.orders.reading import Listed, OrderView, list_orders, open_orders, status

__all__ = [
    "Habit",
    "Habits",
    "Listed",
    "OrderDraft",
    "OrderView",
    "Payload",
    "Problem",
    "Request",
    "Requested",
    "Shortage",
    "as_proposal",
    "authority",
    "draft",
    "habits",
    "list_orders",
    "open_orders",
    "place",
    "status",
]
