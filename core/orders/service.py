"""Orders: drafted, placed, changed, moved on, read. Each is a module of its own; this is what others call."""

from core.orders.advancing import Detail, advance
from core.orders.changing import CANCELLATION, CHANGE, Wish, cancel, change, draft_cancellation, draft_change
from core.orders.drafting import authority, draft
from core.orders.drafts import OrderDraft, Payload, Problem, Request, Requested, Shortage
from core.orders.habits import Habit, Habits, habits
from core.orders.placing import ORDER, as_proposal, place
from core.orders.reading import Listed, OrderView, Place, list_orders, open_orders, page_of_orders, status
from core.orders.shipping import Truck

__all__ = [
    "CANCELLATION",
    "CHANGE",
    "ORDER",
    "Detail",
    "Habit",
    "Habits",
    "Listed",
    "OrderDraft",
    "OrderView",
    "Payload",
    "Place",
    "Problem",
    "Request",
    "Requested",
    "Shortage",
    "Truck",
    "Wish",
    "advance",
    "as_proposal",
    "authority",
    "cancel",
    "change",
    "draft",
    "draft_cancellation",
    "draft_change",
    "habits",
    "list_orders",
    "open_orders",
    "page_of_orders",
    "place",
    "status",
]
