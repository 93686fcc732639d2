"""What ends, renews itself or falls due, when."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool
from pydantic import Field

from core.actor import Permission
from core.contracts import service
from core.contracts.models import DateKind
from core.contracts.pace import Pace, pace_of
from core.contracts.service import Due
from core.dealers.service import region_named, resolve
from core.money import Amount
from core.replies import Column, Figure, Reply, Shown, Table, Text, say
from core.words import Words
from tools.context import ToolContext
from tools.registry import ToolSpec

Runtime = ToolRuntime[ToolContext, Any]
Months = Annotated[int, Field(ge=1, le=24, json_schema_extra={"format": "count-of-months"})]
AHEAD, A_TABLE, A_MONTH = 6, 10, 31


@tool(parse_docstring=True, response_format="content_and_artifact")
async def list_contract_dates(
    runtime: Runtime, dealer: str | None = None, region: str | None = None, months: Months | None = None
) -> tuple[str, Reply]:
    """Which contracts end, renew themselves, need notice, or have a purchase target due, soonest first.

    Args:
        dealer: The dealer's code; only for people who look after several dealers, who get all of theirs without it.
        region: Only the dealers of this region, by its code.
        months: How many months ahead; six when absent.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        whose = await resolve(session, ctx.actor, dealer) if dealer or ctx.actor.dealer_id is not None else None
        path = (await region_named(session, ctx.actor, region)).path if region else None
        found = await service.dates(
            session,
            ctx.actor,
            since=ctx.today,
            until=ctx.today + timedelta(days=A_MONTH * (months or AHEAD)),
            dealer_id=whose.id if whose else None,
            region_path=path,
        )
        target = next((one for one in found if one.date.kind == DateKind.MINIMUM_PURCHASE), None)
        one = target if whose is not None else None
        pace = await pace_of(session, ctx.actor, one.contract, one.dealer, ctx.today) if one else None
    reply = _listed(ctx, found, pace, months or AHEAD)
    return reply.plain(), reply


def _listed(ctx: ToolContext, found: Sequence[Due], pace: Pace | None, months: int) -> Reply:
    words = ctx.words
    if not found:
        return say(words("contracts.no_dates", months=months))
    first = found[0]
    own = ctx.actor.dealer_id is not None
    lines = [
        words(
            "contracts.next_date",
            day=first.date.day,
            days=(first.date.day - ctx.today).days,
            what=words(f"contracts.date.{first.date.kind}"),
            contract=_called(first, words, own=own),
        )
    ]
    if pace is not None:
        lines.append(pace_words(pace, words))
    columns = tuple(Column(words(f"contracts.column.{name}")) for name in ("day", "contract", "what"))
    rows = [
        (words.day(one.date.day), _called(one, words, own=own), words(f"contracts.date.{one.date.kind}"))
        for one in found
    ]
    figures = [Figure("date", one.date.day.isoformat()) for one in found[:A_TABLE]]
    figures += [Figure("code", one.contract.number) for one in found[:A_TABLE]]
    if pace is not None:
        figures += [
            Figure("money", str(value), pace.currency)
            for value in (pace.target, pace.bought, pace.expected, pace.short)
        ]
    contracts = dict.fromkeys(one.contract.number for one in found[:A_TABLE])
    more = (Table(columns, tuple(rows[A_TABLE:])),) if len(rows) > A_TABLE else ()
    return Reply(
        (Text("\n".join(lines)), Table(columns, tuple(rows[:A_TABLE]))),
        tuple(figures),
        tuple(Shown("contract", number) for number in contracts),
        more,
    )


def pace_words(pace: Pace, words: Words) -> str:
    """Where a purchase target stands, and what would be lacking."""

    def amount(value: Any) -> Amount:
        return Amount(value, pace.currency)

    key = "contracts.pace_short" if pace.short else "contracts.pace_reached"
    return words(
        key,
        target=amount(pace.target),
        bought=amount(pace.bought),
        expected=amount(pace.expected),
        short=amount(pace.short),
    )


def _called(one: Due, words: Words, *, own: bool) -> str:
    name = one.dealer.name if words.language == "zh" else one.dealer.name_en
    return one.contract.number if own else f"{one.contract.number} {name}"


TOOLS = (ToolSpec(list_contract_dates, Permission.CONTRACTS_READ, private=True),)
