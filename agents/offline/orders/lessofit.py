"""「橙汁少20箱」 to an order that waits: less of a line; behind a delivery the same words tell of goods missing."""

import re
from collections.abc import Sequence

from agents.offline.orders.lines import Line
from agents.offline.reading.understanding import Reading

SO_MUCH_LESS = re.compile(r"(?<![多缺短])少(?:来|要|拿|订|下)?点? ?$")
DELIVERED = re.compile(r"收到|签收|到货|送[来到货]|发来|缺|短少|破|司机|卸")


def takes_less(reading: Reading, lines: Sequence[Line]) -> bool:
    """Whether so many fewer are wanted of what stands on the order, and more than that stands there."""
    held = {line.sku: line.quantity or 0 for line in lines}
    named = [one.code for one in reading.of_kind("product")]
    if len(named) != 1 or named[0] not in held or len(reading.quantities) != 1 or DELIVERED.search(reading.text):
        return False
    less = reading.quantities[0]
    return less.value < held[named[0]] and SO_MUCH_LESS.search(reading.text[: less.span[0]]) is not None
