"""What is sold, at what price, and which promotions run."""

from decimal import Decimal
from typing import Any, Literal

from langchain.tools import ToolRuntime
from langchain_core.tools import tool

from core.actor import Permission
from core.dealers import service as dealers
from core.products import service as products
from core.products.running import running
from core.replies import Reply
from tools.context import ToolContext
from tools.product_replies import quoted, some_products
from tools.promotion_replies import promotions
from tools.registry import ToolPackage, ToolSpec

Runtime = ToolRuntime[ToolContext, Any]
UnitName = Literal["bottle", "pack", "case", "pallet"]
Category = Literal["water", "barrel", "tea", "juice", "soda", "sports", "plant", "coffee"]
SHOWN = 30


@tool(parse_docstring=True, response_format="content_and_artifact")
async def find_products(
    runtime: Runtime, query: str | None = None, category: Category | None = None
) -> tuple[str, Reply]:
    """Which products the brand sells: code, name, size and pack units. Prices are another tool's.

    Args:
        query: A code, a name or an alias, or a part of one; leave out to list all.
        category: Only products of this category.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        found, total = await products.find(session, ctx.actor, query, category, SHOWN, ctx.today)
    reply = some_products(found, total, query or "", ctx.words)
    return reply.plain(), reply


@tool(parse_docstring=True, response_format="content_and_artifact")
async def quote(
    runtime: Runtime,
    sku: str,
    quantity: float | None = None,
    unit: UnitName | None = None,
    dealer: str | None = None,
    before_tax: bool = False,
) -> tuple[str, Reply]:
    """What one product costs this dealer today: price by step, promotions, stock, the lot to be shipped, pack units.

    Args:
        sku: The product's code, such as W-550.
        quantity: How many; leave out to see the price list.
        unit: The unit of the quantity and of the price asked for; a case where nothing is said.
        dealer: The dealer's code; only for people who look after several dealers.
        before_tax: Whether the price without VAT is asked for; prices are told with it.
    """
    ctx = runtime.context
    exact = None if quantity is None else Decimal(str(quantity))
    async with ctx.reads() as session:
        buyer = await dealers.resolve(session, ctx.actor, dealer)
        offer = await products.quote(session, ctx.actor, buyer, sku, exact, unit, ctx.today, ctx.now)
    reply = quoted(offer, ctx.words, before_tax=before_tax)
    return reply.plain(), reply


@tool(parse_docstring=True, response_format="content_and_artifact")
async def list_promotions(
    runtime: Runtime, category: Category | None = None, sku: str | None = None, dealer: str | None = None
) -> tuple[str, Reply]:
    """Which promotions run today, what each gives and until when; what a product costs with them is a quote's.

    Args:
        category: Only those on products of this category.
        sku: Only those on this product, by its code.
        dealer: Only those for this dealer, by its code; only for people who look after several dealers.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        several = dealer is None and ctx.actor.dealer_id is None
        buyer = None if several else await dealers.resolve(session, ctx.actor, dealer)
        found = await running(session, buyer, category, sku, ctx.today)
    reply = promotions(found, buyer.currency if buyer else ctx.brand.currency, ctx.words)
    return reply.plain(), reply


PACKAGE = ToolPackage(
    tools=(
        ToolSpec(find_products, Permission.PRODUCTS_READ),
        ToolSpec(quote, Permission.PRICES_READ, private=True),
        ToolSpec(list_promotions, Permission.PRICES_READ, private=True),
    )
)
