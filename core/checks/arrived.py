"""That an order came in with us, told where a result has it in a state of its own."""

import re

from core.checks.listing import LOST
from core.checks.view import View

GONE = re.compile(
    r"在路上|装车|上路|(?<![a-z])(?:truck|on (?:the|its) (?:way|road)|in transit|left|en route|dispatched)(?![a-z])"
)
YOUR_ORDER = re.compile(r" (?:your|the|this) order(?![a-z])")
WE = re.compile(r"(?<![a-z])we(?:'ve| have)?(?: just| now| already)? ?$")
ARRIVED = re.compile(r"(?<![a-z])(?:got|have|received) your order|your order(?:'s| is) in(?![a-z])|(?:收到|受理|接到)")


def has_arrived(found: re.Match[str], text: str, view: View) -> bool:
    """Whether it tells that an order came in, which a result has in a state of its own."""
    if view.waits or GONE.search(text) or not ARRIVED.search(found.group()):
        return False
    return is_held(view)


def is_held(view: View) -> bool:
    """Whether a result has an order that is neither rejected nor cancelled."""
    return any(states and not states & LOST for states in view.states.values())
