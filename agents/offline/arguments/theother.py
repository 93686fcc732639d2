"""「另外那单」, "the other one": of two that were shown, the one that is not in view."""

import re

from agents.offline.state import DialogueState


def the_other(words: str, kind: str, state: DialogueState) -> str | None:
    """ "The other one": of two that were listed, the one that is not in view now."""
    if not OTHER_ONE.search(words):
        return None
    if kind == "order" and len(state.looked_at) > 1 and len(state.orders) != PAIR:
        return state.looked_at[-2]
    listed = {"order": state.orders, "product": state.listed}.get(kind, ())
    named = (str(call.args[kind]) for call in reversed(state.recent) if call.args.get(kind))
    seen = state.only(kind) or next(named, None)
    if len(listed) != PAIR or seen not in listed:
        return None
    return next(one for one in listed if one != seen)


PAIR = 2
OTHER_ONE = re.compile(
    r"另外?(?:那)?一?[个张款种单]|其他那[个张]|(?<![a-z])(?:the )?other (?:one|order|product|kind)(?![a-z])"
)
