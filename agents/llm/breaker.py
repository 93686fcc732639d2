"""Stops calling an endpoint that keeps failing, for a while; one a desk."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.clock import Clock

TRIES = 3
REST = timedelta(seconds=30)
LONG_REST = timedelta(minutes=5)


@dataclass
class Breaker:
    """Open after three failures in a row, or one that won't mend itself; then one call at a time is let through."""

    clock: Clock
    failures: int = 0
    _until: datetime | None = field(default=None)

    def allows(self) -> bool:
        """Whether a call may be tried now. After the rest one is, and more only when that one worked."""
        now = self.clock()
        if self._until is None:
            return True
        if now < self._until:
            return False
        self._until = now + REST
        return True

    def worked(self) -> None:
        """The endpoint answered."""
        self.failures = 0
        self._until = None

    def failed(self, *, for_long: bool = False) -> None:
        """It didn't; ``for_long`` where only somebody's hand can mend it, such as a wrong key."""
        self.failures += 1
        if for_long or self.failures >= TRIES:
            self._until = self.clock() + (LONG_REST if for_long else REST)

    @property
    def is_open(self) -> bool:
        """Whether calls are held back at this moment."""
        return self._until is not None and self.clock() < self._until
