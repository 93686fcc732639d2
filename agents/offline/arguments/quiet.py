"""Days without an order, counted back from today: they leave no room for a period."""

from typing import Any

from agents.offline.mind import Mind
from agents.offline.reading.understanding import Reading


def for_days(args: dict[str, Any], _: Reading, __: Mind) -> dict[str, Any]:
    """「超过15天没下单的」 lists those dealers, of no other measure."""
    if "quiet_days" not in args:
        return args
    if args.get("measure", "sell_in") != "sell_in":
        return {name: value for name, value in args.items() if name != "quiet_days"}
    return {name: value for name, value in args.items() if name != "period"} | {"filter": "no_orders"}
