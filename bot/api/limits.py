"""How often one address may ask."""

from collections import OrderedDict
from collections.abc import Callable

ADDRESSES = 10_000


class Buckets:
    """A token bucket for each address: ``capacity`` at once, one more every ``seconds``; the idle are forgotten."""

    def __init__(self, capacity: int, seconds: float, clock: Callable[[], float]) -> None:
        self._capacity = capacity
        self._seconds = seconds
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> float:
        """0 where one may go on, else the seconds to wait."""
        now = self._clock()
        left, at = self._buckets.pop(address, (float(self._capacity), now))
        left = min(self._capacity, left + (now - at) / self._seconds)
        granted = left >= 1
        self._buckets[address] = (left - 1 if granted else left, now)
        while len(self._buckets) > ADDRESSES:
            self._buckets.popitem(last=False)
        return 0.0 if granted else (1 - left) * self._seconds
