"""How a dealer's account reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.accounts.service import Account, Statement
from core.dealers.models import Dealer, Terms
from core.money import ZERO, Amount
from core.orders.rules import Credit, on_hold
from core.replies import Block, Column, Figure, Reply, Shown, Table, Text, money_figure
from core.words import Words
from tools.spans import span_words


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account with what else its reply needs; ``named`` where the reader looks after several dealers."""

    dealer: Dealer
    account: Account
    credit: Credit
    hold_days: int
    statement: Statement
    named: bool


def shown_account(view: AccountView, words: Words) -> Reply:
    """What may still be ordered, what is owed, what is late, what comes next, on which terms."""
    lines = [
        _first(view, words),
        _owed(view, words),
        *_overdue(view, words),
        *_next_due(view, words),
        _terms(view, words),
    ]
    more = [block for block in (_open_invoices(view, words), *_movements(view, words)) if block]
    return Reply((Text("\n".join(lines)),), tuple(_figures(view)), (Shown("dealer", view.dealer.code),), tuple(more))


def dealer_name(dealer: Dealer, words: Words) -> str:
    """``D001 上海浦江源商贸有限公司``."""
    return f"{dealer.code} {dealer.name if words.language == 'zh' else dealer.name_en}"


def _first(view: AccountView, words: Words) -> str:
    who = words("account.of", dealer=dealer_name(view.dealer, words)) if view.named else ""
    account, credit = view.account, view.credit
    if credit.prepaid and not credit.limit:
        key = "account.prepaid" if account.balance <= 0 else "account.prepaid_owes"
        return who + words(key, balance=_money(view, abs(account.balance)))
    key = "account.credit" if credit.left >= 0 else "account.overdrawn"
    used = _money(view, credit.limit - credit.left)
    return who + words(key, left=_money(view, abs(credit.left)), limit=_money(view, credit.limit), used=used)


def _owed(view: AccountView, words: Words) -> str:
    balance = view.account.balance
    if view.credit.prepaid and not view.credit.limit:
        return words("account.ordered", ordered=_money(view, view.credit.ordered))
    key = "account.owed" if balance >= 0 else "account.in_advance"
    return words(key, balance=_money(view, abs(balance)), ordered=_money(view, view.credit.ordered))


def _overdue(view: AccountView, words: Words) -> Iterable[str]:
    account = view.account
    if not account.overdue:
        yield words("account.nothing_overdue")
        return
    days = account.oldest_overdue_days
    yield words("account.overdue", overdue=_money(view, account.overdue), days=days)
    if on_hold(days, view.hold_days):
        yield words("account.on_hold", days=view.hold_days)


def _next_due(view: AccountView, words: Words) -> Iterable[str]:
    due = next_due(view.account)
    if due is not None:
        day, amount, count = due
        key = "account.next_due.one" if count == 1 else "account.next_due"
        yield words(key, day=day, amount=_money(view, amount), count=count)


def next_due(account: Account) -> tuple[object, Decimal, int] | None:
    """The next due date with what is to be paid by it, and on how many invoices."""
    if not account.due_soon:
        return None
    day = account.due_soon[0].due_on
    together = [invoice.left for invoice in account.due_soon if invoice.due_on == day]
    return day, sum(together, ZERO), len(together)


def _terms(view: AccountView, words: Words) -> str:
    key = f"account.terms.{Terms(view.account.terms).value}"
    line = words(key, days=view.account.terms_days)
    if view.account.temporary and view.account.temporary_until:
        amount, until = _money(view, view.account.temporary), view.account.temporary_until
        standing = _money(view, view.credit.limit - view.account.temporary)
        line += words("account.temporary", standing=standing, amount=amount, until=until)
    return line


def _open_invoices(view: AccountView, words: Words) -> Block | None:
    if not view.account.open:
        return None
    columns = (
        Column(words("account.column_invoice")),
        Column(words("account.column_due")),
        Column(words("account.column_left"), "end"),
    )
    rows = []
    for invoice in view.account.open:
        late = invoice.days_overdue(view.account.day)
        due = words("account.late", day=invoice.due_on, days=late) if late else words.day(invoice.due_on)
        rows.append((invoice.number, due, words.money(invoice.left, view.account.currency)))
    return Table(columns, tuple(rows), words("account.open_invoices", count=len(rows)))


def _movements(view: AccountView, words: Words) -> Iterable[Block]:
    statement = view.statement
    if not statement.lines:
        return
    columns = (
        Column(words("account.column_day")),
        Column(words("account.column_what")),
        Column(words("account.column_amount"), "end"),
    )
    rows = tuple(
        (
            words.day(line.movement.day),
            words(f"account.{line.movement.kind}", number=line.movement.number),
            words.money(line.movement.amount, statement.currency),
        )
        for line in statement.lines
    )
    yield Table(columns, rows, words("account.movements", span=span_words(statement.start, statement.end, words)))
    opening, closing = (Amount(value, statement.currency) for value in (statement.opening, statement.closing))
    yield Text(words("account.run", opening=opening, closing=closing))


def _money(view: AccountView, value: Decimal) -> Amount:
    return Amount(value, view.account.currency)


def _figures(view: AccountView) -> Iterable[Figure]:
    account, credit = view.account, view.credit
    amounts = {
        "credit limit": credit.limit,
        "credit left": credit.left,
        "credit used": credit.limit - credit.left,
        "balance": account.balance,
        "orders not invoiced": credit.ordered,
        "overdue": account.overdue,
        "temporary credit": account.temporary,
        "opening": view.statement.opening,
        "closing": view.statement.closing,
    }
    for label, value in amounts.items():
        yield money_figure(value, account.currency, label)
        if value < 0:
            yield money_figure(-value, account.currency, label)
    due = next_due(account)
    if due is not None:
        yield money_figure(due[1], account.currency, "due next")
        yield Figure("quantity", str(due[2]), "", "invoices due next")
    yield Figure("quantity", str(account.oldest_overdue_days), "day", "overdue")
    yield Figure("quantity", str(account.terms_days), "day", "terms")
    yield Figure("quantity", str(view.hold_days), "day", "hold")
    if account.temporary_until:
        yield Figure("date", account.temporary_until.isoformat(), "", "temporary credit until")
    for invoice in account.open:
        yield Figure("code", invoice.number)
        yield Figure("date", invoice.due_on.isoformat(), "", "due")
        yield money_figure(invoice.left, account.currency, invoice.number)
    for line in view.statement.lines:
        yield Figure("code", line.movement.number)
        yield Figure("date", line.movement.day.isoformat())
        yield money_figure(abs(line.movement.amount), account.currency, line.movement.number)
