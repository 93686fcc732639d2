"""What a dealer owes and may still order."""

from datetime import timedelta
from typing import Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool

from core.accounts import service as accounts
from core.actor import Permission
from core.dealers import service as dealers
from core.dealers.models import Terms
from core.orders.rules import Credit
from core.orders.service import open_orders
from core.replies import Reply
from tools.account_replies import AccountView, shown_account
from tools.context import ToolContext
from tools.registry import ToolPackage, ToolSpec

Runtime = ToolRuntime[ToolContext, Any]


@tool(parse_docstring=True, response_format="content_and_artifact")
async def show_account(runtime: Runtime, dealer: str | None = None) -> tuple[str, Reply]:
    """A dealer's account: credit limit, used and left, balance owed or paid in advance, overdue, next due, terms.

    Args:
        dealer: The dealer's code; only for people who look after several dealers.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        who = await dealers.resolve(session, ctx.actor, dealer)
        account = await accounts.receivable(session, ctx.actor, who.id, ctx.today)
        ordered = await open_orders(session, ctx.actor, who.id, account.currency)
        month = ctx.today.replace(day=1)
        movements = await accounts.statement(session, ctx.actor, who.id, month, ctx.today + timedelta(days=1))
    credit = Credit(account.credit_limit, account.balance, ordered, prepaid=account.terms == Terms.PREPAID)
    named = ctx.actor.dealer_id is None
    view = AccountView(who, account, credit, ctx.brand.overdue_hold_days, movements, named)
    reply = shown_account(view, ctx.words)
    return reply.plain(), reply


PACKAGE = ToolPackage(tools=(ToolSpec(show_account, Permission.ACCOUNT_READ, private=True),))
