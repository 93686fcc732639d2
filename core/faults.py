"""Named points where a test may make the process fail; free in production, where nobody arms them."""

from collections.abc import Callable
from contextvars import ContextVar

Fault = Callable[[str], None]
_armed: ContextVar[Fault | None] = ContextVar("qudao_armed_fault", default=None)


def point(name: str) -> None:
    """Give an armed fault the chance to raise here."""
    fault = _armed.get()
    if fault is not None:
        fault(name)


class arm:  # noqa: N801 - reads as a verb in a with statement
    """Within the ``with`` block, and tasks started in it, ``fault`` is called at every point."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault

    def __enter__(self) -> None:
        self._token = _armed.set(self._fault)

    def __exit__(self, *_: object) -> None:
        _armed.reset(self._token)
