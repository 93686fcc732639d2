"""What stands in a chat while its turn is thought, and whether the answer may take its place."""

from dataclasses import dataclass

from bot.channels.telegram.layout import Laid, Words, plain


@dataclass(frozen=True, slots=True)
class Standing:
    """A message that stands in the chat, or none where it is a draft, and the reply's own words in it."""

    message: int
    spoken: str = ""


def overwritten(standing: Standing | None, laid: Laid) -> int | None:
    """The message that the answer goes over; not one whose words it would take back: those stay as they are."""
    if standing is None or not standing.message:
        return None
    return standing.message if goes_on(standing, laid) else None


def goes_on(standing: Standing, laid: Laid) -> bool:
    """Whether the answer begins with what was said while it was thought, if anything was."""
    first = laid.parts[0] if laid.parts else None
    return not standing.spoken or (isinstance(first, Words) and plain(first.html).startswith(standing.spoken))
