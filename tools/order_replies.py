"""How a drafted, a refused and a placed order read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.money import Amount
from core.orders.drafts import OrderDraft, Problem, Requested, Shortage
from core.products.rules import Unit
from core.proposals.models import Proposal
from core.replies import Block, Button, Buttons, Citation, Citations, Column, Figure, Reply, Shown, Table, Text
from core.words import Words
from tools.order_choices import ways_out
from tools.product_replies import called

SHOWN_LINES = 20  # of what is confirmed nothing waits behind a button, but in a very long list
SHOWN_PROBLEMS = 3
CHOICES = 3
Payload = Mapping[str, Any]


def shown_order(proposal: Proposal, words: Words) -> Reply:
    """A proposed order with its confirm button, for whoever may press."""
    return _whole(proposal, words, "", ("confirm", "change", "cancel"))


def shown_change(proposal: Proposal, words: Words) -> Reply:
    """A proposed change of an order with its confirm button."""
    headline = words("order.please_confirm_change", order=proposal.payload["order"])
    return _whole(proposal, words, headline, ("confirm", "change", "cancel"), confirm="button.confirm_change")


def waiting_order(proposal: Proposal, words: Words) -> Reply:
    """The same for its proposer, where somebody else has to press."""
    by_owner = proposal.permission == "orders.approve"
    key = "order.waits_for_owner" if by_owner else "order.waits_for_dealer"
    limit = Amount(Decimal(proposal.payload["buyer_limit"]), proposal.payload["currency"])
    headline = words(key, dealer=_name(proposal.payload["dealer"], words), limit=limit)
    return _whole(proposal, words, headline, ("change", "cancel"))


def shown_cancellation(proposal: Proposal, words: Words) -> Reply:
    """A proposed cancellation with its confirm button."""
    return _cancellation(proposal, words, "order.please_confirm_cancellation", may_press=True)


def waiting_cancellation(proposal: Proposal, words: Words) -> Reply:
    """The same for its proposer, where the dealer has to press."""
    return _cancellation(proposal, words, "order.cancellation_waits", may_press=False)


def _cancellation(proposal: Proposal, words: Words, key: str, *, may_press: bool) -> Reply:
    payload = proposal.payload
    amount = words.money(Decimal(payload["amount"]), payload["currency"])
    dealer = _name(payload["dealer"], words)
    state = words(f"order.state.{payload['state']}")
    text = words(key, order=payload["order"], amount=amount, state=state, dealer=dealer)
    confirm = (Button("confirm", words("button.confirm_cancellation"), proposal=str(proposal.id)),)
    keep = Button("cancel", words("button.keep"), proposal=str(proposal.id))
    figures = (Figure("code", payload["order"]), Figure("money", payload["amount"], payload["currency"], "order total"))
    shown = (Shown("order", payload["order"]), Shown("dealer", payload["dealer"]["code"]))
    return Reply((Text(text), Buttons((*(confirm if may_press else ()), keep))), figures, shown)


def _whole(
    proposal: Proposal, words: Words, headline: str, buttons: Iterable[str], confirm: str = "button.confirm_order"
) -> Reply:
    payload, currency = proposal.payload, proposal.payload["currency"]
    table, rest = order_table(payload["lines"], currency, words)
    amount = words.money(Decimal(payload["amount"]), currency)
    paid, free = (sum(line["cases"] for line in payload[kind]) for kind in ("lines", "free"))
    key = "order.total" if headline else "order.total_confirm"
    first = words(key, amount=amount, cases=cases_words(paid, free, words))
    after = "\n".join(_after_lines(payload, words))
    labels = {"confirm": confirm, "change": "button.change", "cancel": "button.cancel"}
    pressed = Buttons(tuple(Button(id_, words(labels[id_]), proposal=str(proposal.id)) for id_ in buttons))
    blocks: list[Block] = [Text(f"{first}\n{headline}".strip()), table, *([Text(after)] if after else [])]
    return Reply((*blocks, *citations(payload, words), pressed), order_figures(payload), order_shown(payload), rest)


def cases_words(paid: int, free: int, words: Words) -> str:
    """``90箱，另赠6箱``."""
    said = words.quantity(paid, Unit.CASE)
    return words("order.and_free", cases=said, free=words.quantity(free, Unit.CASE)) if free else said


def order_table(lines: Sequence[Payload], currency: str, words: Words) -> tuple[Table, tuple[Block, ...]]:
    """Paid lines: product, quantity at its case price, amount; what is past the first twenty waits behind ``more``."""
    columns = (
        Column(words("order.column_product")),
        Column(words("order.column_quantity"), "end"),
        Column(words("order.column_amount"), "end"),
    )
    rows = tuple(
        (
            f"{line['sku']} {_name(line, words)}"
            + (words("order.as_sent", said=line["said"]) if "said" in line else ""),
            _at_price(line, currency, words),
            words.money(Decimal(line["amount"]), currency),
        )
        for line in lines
    )
    rest = (Table(columns, rows[SHOWN_LINES:]),) if rows[SHOWN_LINES:] else ()
    return Table(columns, rows[:SHOWN_LINES]), rest


def _at_price(line: Payload, currency: str, words: Words) -> str:
    quantity = words.quantity(line["quantity"], line["unit"])
    if line["unit"] != Unit.CASE:
        quantity += f" = {words.quantity(line['cases'], Unit.CASE)}"
    if line["by_habit"]:
        quantity += words("order.by_habit")
    ours = words.money(Decimal(line["price"]), currency)
    theirs = words.money(Decimal(line["stated"]), currency) if "stated" in line else ""
    return f"{quantity} × {ours}" + (words("order.stated", price=theirs) if theirs else "")


def _after_lines(payload: Payload, words: Words) -> Iterable[str]:
    currency = payload["currency"]
    for gift in payload["free"]:
        yield words(
            "order.free",
            quantity=words.quantity(gift["cases"], Unit.CASE),
            product=f"{gift['sku']} {_name(gift, words)}",
            offer=_name(gift["offer"], words),
        )
    for one in payload["discounts"]:
        yield words("order.discount", amount=words.money(Decimal(one["amount"]), currency), offer=_name(one, words))
    yield from delivery_lines(payload, words)
    if payload["prepaid"]:
        yield words("order.prepaid")
    elif payload["credit_left"] is not None:
        yield words("order.credit_left", left=words.money(Decimal(payload["credit_left"]), currency))


def delivery_lines(payload: Payload, words: Words) -> Iterable[str]:
    """Where to, and when it is wanted; what nobody said is marked as habit."""
    parts = []
    if payload["ship_to"]:
        habit = words("order.by_habit") if payload["ship_to"].get("by_habit") else ""
        parts.append(words("order.ship_to", place=_name(payload["ship_to"], words)) + habit)
    if payload["wanted_on"]:
        parts.append(words("order.wanted_on", day=date.fromisoformat(payload["wanted_on"])))
    if payload.get("remark"):
        parts.append(words("order.remark", remark=payload["remark"]))
    if parts:
        yield words("list.semicolon").join(parts)


def citations(payload: Payload, words: Words) -> tuple[Block, ...]:
    """The price lists and promotions that the order stands on."""
    sources = {(line["source"], line["page"]) for line in payload["lines"]}
    sources |= {(gift["offer"]["source"], gift["offer"]["page"]) for gift in payload["free"]}
    sources |= {(one["source"], one["page"]) for one in payload["discounts"]}
    named = sorted(((name, page) for name, page in sources if name), key=lambda one: (one[0], one[1] or 0))
    title = words("quote.source")
    return (Citations(tuple(Citation(name, page, title) for name, page in named)),) if named else ()


def order_figures(payload: Payload) -> tuple[Figure, ...]:
    """Every amount and quantity of a drafted or placed order."""
    currency = payload["currency"]
    figures = [Figure("money", payload["amount"], currency, "order total")]
    for line in payload["lines"]:
        figures += [
            Figure("code", line["sku"]),
            Figure("quantity", str(line["quantity"]), line["unit"], line["sku"]),
            Figure("quantity", str(line["cases"]), Unit.CASE, line["sku"]),
            Figure("money", line["price"], currency, f"{line['sku']} case"),
            Figure("money", line["amount"], currency, line["sku"]),
        ]
    for gift in payload["free"]:
        figures.append(Figure("quantity", str(gift["cases"]), Unit.CASE, f"{gift['sku']} free"))
    for one in payload["discounts"]:
        figures.append(Figure("money", one["amount"], currency, one["code"]))
    figures.append(Figure("quantity", str(sum(line["cases"] for line in payload["lines"])), Unit.CASE, "order"))
    if payload.get("credit_left") is not None:
        figures.append(Figure("money", payload["credit_left"], currency, "credit left"))
    if payload["wanted_on"]:
        figures.append(Figure("date", payload["wanted_on"]))
    return tuple(figures)


def order_shown(payload: Payload) -> tuple[Shown, ...]:
    """The order where there is one, its products, its dealer."""
    order = (Shown("order", payload["order"]),) if payload.get("order") else ()
    products = tuple(Shown("product", line["sku"]) for line in payload["lines"])
    return (*order, *products, Shown("dealer", payload["dealer"]["code"]))


def impossible(draft: OrderDraft, asked: Sequence[Requested], words: Words) -> Reply:
    """Why an order can't be made as asked, and up to three ways out; nothing was stored."""
    parts = [_problem(problem, words) for problem in draft.problems]
    parts += [_short(shortage, draft, words) for shortage in draft.shortages]
    lines = [words("order.not_yet"), *parts[:SHOWN_PROBLEMS]]
    more = (Text("\n".join(parts[SHOWN_PROBLEMS:])),) if parts[SHOWN_PROBLEMS:] else ()
    choices = ways_out(draft, asked, words)
    buttons = tuple(Button(f"choose:{n}", label, says=says) for n, (label, says) in enumerate(choices[:CHOICES], 1))
    blocks: list[Block] = [Text("\n".join(lines)), *([Buttons(buttons)] if buttons else [])]
    about = [*(problem.product for problem in draft.problems), *(short.product for short in draft.shortages)]
    shown = tuple(Shown("product", product.sku) for product in about if product)
    return Reply(tuple(blocks), tuple(_refusal_figures(draft)), shown, more)


def _problem(problem: Problem, words: Words) -> str:
    params = dict(problem.params)
    if problem.product is not None:
        params["product"] = called(problem.product, words)
    if "places" in params:
        params["known"] = words("list.or").join(place[words.language] for place in params["places"])
    return words(problem.key, **params)


def _short(short: Shortage, draft: OrderDraft, words: Words) -> str:
    key = "order.short_some" if short.able else "order.short_all"
    until = short.until
    amounts = {"able": words.quantity(short.able, Unit.CASE), "wanted": words.quantity(short.wanted, Unit.CASE)}
    line = words(key, product=called(short.product, words), until=until, **amounts)
    if short.instead:
        offered = [
            words(
                "order.instead",
                product=called(one.product, words),
                cases=words.quantity(one.available_cases, Unit.CASE),
                price=words.money(one.price, draft.currency),
            )
            for one in short.instead
        ]
        line += "\n" + words("order.instead_of", products=words("list.or").join(offered))
    return line


def _refusal_figures(draft: OrderDraft) -> Iterable[Figure]:
    for problem in draft.problems:
        for name, value in problem.params.items():
            if isinstance(value, Amount):
                yield Figure("money", str(value.value), value.currency, name)
            elif isinstance(value, int):
                yield Figure("quantity", str(value), Unit.CASE, name)
    for short in draft.shortages:
        yield Figure("code", short.product.sku)
        yield Figure("quantity", str(short.able), Unit.CASE, "available")
        yield Figure("quantity", str(short.wanted), Unit.CASE, "wanted")
        yield Figure("date", short.until.isoformat())
        for one in short.instead:
            yield Figure("code", one.product.sku)
            yield Figure("quantity", str(one.available_cases), Unit.CASE, "available")
            yield Figure("money", str(one.price), draft.currency, one.product.sku)


def placed(result: Payload, words: Words) -> Reply:
    """An order was placed: its number first, then what it costs and what happens next."""
    return _outcome("order.placed", result, words)


def changed(result: Payload, words: Words) -> Reply:
    """An order was changed."""
    return _outcome("order.changed", result, words)


def cancelled(result: Payload, words: Words) -> Reply:
    """An order was cancelled; what it held is free again."""
    amount = words.money(Decimal(result["amount"]), result["currency"])
    text = words("order.cancelled", order=result["order"], amount=amount)
    figures = (Figure("code", result["order"]), Figure("money", result["amount"], result["currency"], "order total"))
    return Reply((Text(text),), figures, (Shown("order", result["order"]),))


def _outcome(key: str, result: Payload, words: Words) -> Reply:
    amount = words.money(Decimal(result["amount"]), result["currency"])
    state = words(f"order.state.{result['state']}")
    lines = [words(key, order=result["order"], amount=amount, state=state)]
    lines += [words("order.state_means." + result["state"])]
    lines += delivery_lines({**result, "remark": None}, words)
    if result["free"]:
        gifts = [f"{gift['sku']} {words.quantity(gift['cases'], Unit.CASE)}" for gift in result["free"]]
        lines.append(words("order.free_in_all", gifts=words("list.comma").join(gifts)))
    figures = (Figure("code", result["order"]), *order_figures(result))
    return Reply((Text("\n".join(lines)),), figures, order_shown(result))


def _name(named: Payload, words: Words) -> str:
    names = named["names"]
    return str(names.get(words.language) or names.get("en") or next(iter(names.values())))
