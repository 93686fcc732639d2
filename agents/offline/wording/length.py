"""How long words are to a reader: a Latin letter takes a third of a Chinese character."""

BRIEF = 24


def length(text: str) -> float:
    """In characters."""
    return sum(1 / 3 if char.isascii() else 1 for char in text)


def is_brief(text: str) -> bool:
    """Whether it is a sentence at most."""
    return length(text) <= BRIEF
