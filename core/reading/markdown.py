"""Markdown and plain text, through markdown-it: one page without a number."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from core.reading.document import Block, Kind, Page
from core.reading.tables import table_text
from core.reading.text import join_lines, tidy

_FRONT_MATTER = re.compile(r"\A---\n(?P<matter>.*?\n)---(?:\n|$)", re.DOTALL)
_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_TAGS = re.compile(r"<!--.*?-->|</?[a-z][^>]*>", re.DOTALL | re.IGNORECASE)
_DEEPEST = 20


def read_markdown(text: str) -> tuple[Page, str]:
    """The text as one page, and its title: that of the front matter, else the first heading; empty without either."""
    text = _tidy_lines(text)
    matter = _FRONT_MATTER.match(text)
    body = text[matter.end() :] if matter else text
    named = _TITLE.search(matter.group("matter")) if matter else None
    tokens = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").parse(body)
    blocks = tuple(block for node in SyntaxTreeNode(tokens).children for block in _blocks(node) if block.text)
    first = next((block.text for block in blocks if block.kind is Kind.HEADING), "")
    return Page(None, body.strip(), blocks), named.group(1) if named else first


def _tidy_lines(text: str) -> str:
    """Tidy, but for the indentation that Markdown reads."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line[: len(line) - len(line.lstrip(" \t"))] + tidy(line.lstrip(" \t")) for line in lines)


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    match node.type:
        case "heading":
            yield Block(Kind.HEADING, _words(node), None, int(node.tag[1]))
        case "table":
            rows = [[_words(cell) for cell in row.children] for part in node.children for row in part.children]
            yield Block(Kind.TABLE, table_text(rows), None)
        case "bullet_list" | "ordered_list":
            yield Block(Kind.LIST, "\n".join(_items(node, 0)), None)
        case "blockquote":
            for child in node.children:
                yield from _blocks(child)
        case "fence" | "code_block":
            yield Block(Kind.PARAGRAPH, node.content.strip(), None)
        case "html_block":
            yield Block(Kind.PARAGRAPH, " ".join(_TAGS.sub(" ", node.content).split()), None)
        case "paragraph":
            yield Block(Kind.PARAGRAPH, _words(node), None)
        case _:
            return


def _items(node: SyntaxTreeNode, depth: int) -> Iterator[str]:
    """A line an item, what is nested moved in."""
    number = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    for at, item in enumerate(node.children):
        marker = "-" if number is None else f"{number + at}."
        own = " ".join(_words(child) for child in item.children if child.type not in {"bullet_list", "ordered_list"})
        yield f"{'  ' * depth}{marker} {own}"
        for child in item.children:
            if child.type in {"bullet_list", "ordered_list"}:
                yield from _items(child, depth + 1)


def _words(node: SyntaxTreeNode) -> str:
    """The text that a reader sees, without its marks."""
    if node.type in {"text", "code_inline", "fence", "code_block", "image"}:
        return node.content
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    whole = "".join(_words(child) for child in node.children)
    return join_lines(whole.split("\n")) if node.type == "inline" else whole
