"""A reply's blocks as lines of words, and how many things they list."""

from collections.abc import Iterator

from core.replies import Block, Buttons, Chart, Citations, File, Reply, Table, Text


def counts_of(reply: Reply) -> Iterator[int]:
    """How many rows, buttons, sources and things shown there are, and the pages cited."""
    for block in (*reply.blocks, *reply.more):
        if isinstance(block, Table):
            yield len(block.rows)
        if isinstance(block, Chart):
            yield len(block.labels)
        if isinstance(block, Buttons):
            yield len(block.buttons)
        if isinstance(block, Citations):
            yield len(block.items)
            yield from (item.page for item in block.items if item.page)
    rows = [len(block.rows) for block in (*reply.blocks, *reply.more) if isinstance(block, Table)]
    if rows:
        yield sum(rows)
    for kind in {one.kind for one in reply.shown}:
        yield len({one.code for one in reply.shown if one.kind == kind})


def lines_of(block: Block) -> list[str]:
    """The words of a block that isn't a table, line by line."""
    match block:
        case Text():
            return [line for line in block.text.split("\n") if line]
        case Citations():
            return [f"{item.title} {item.source} {item.quote}" for item in block.items]
        case Buttons():
            return [words for button in block.buttons for words in (button.label, button.says) if words]
        case Chart():
            return [block.title]
        case File():
            return [block.name]
    return []
