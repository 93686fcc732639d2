"""What of an order was invoiced, for those who look after several dealers."""

from collections.abc import Sequence
from decimal import Decimal

from core.accounts.models import Invoice
from core.money import ZERO
from core.replies import Figure, Reply, Text
from core.words import Words


def invoiced(invoices: Sequence[Invoice], words: Words) -> Reply:
    """Their sum, the last one's number and day; or that there is none yet."""
    if not invoices:
        return Reply((Text(words("order.not_invoiced")),))
    last, total = invoices[-1], sum((one.amount for one in invoices), ZERO)
    amount = words.money(total, last.currency)
    text = words("order.invoiced", amount=amount, number=last.number, day=last.issued_on)
    return Reply((Text(text),), _figures(total, last))


def _figures(total: Decimal, last: Invoice) -> tuple[Figure, ...]:
    return (
        Figure("money", str(total), last.currency, "invoiced"),
        Figure("code", last.number),
        Figure("date", last.issued_on.isoformat(), "", "invoiced"),
    )
