"""Where a page of a list ended, written so that nobody is tempted to count on its inside."""

import base64
import binascii
import json
from typing import Any

from core.errors import BadInput


class BadCursor(BadInput):
    """A cursor that no page of this list ended with."""

    key = "api.bad_cursor"


def written(*place: Any) -> str:
    """A place as text."""
    text = json.dumps(place, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(cursor: str, *kinds: type) -> list[Any]:
    """The place again, of values of these kinds."""
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise BadCursor from None
    if not isinstance(place, list) or [type(one) for one in place] != list(kinds):
        raise BadCursor
    if any(isinstance(one, int) and abs(one) >= 2**63 for one in place):
        raise BadCursor
    return place
