"""Answers from the brand's documents, each with its page."""

import re
from typing import Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool

from core.actor import Permission
from core.language.normalise import leaning
from core.replies import Block, Button, Citation, Citations, Column, Reply, Table, Text, say
from core.words import Words
from knowledge.gate import Verdict
from knowledge.service import Answer
from tools.context import ToolContext
from tools.registry import ToolPackage, ToolSpec

QUOTED = 400
HAN = re.compile(r"[\u3400-\u9fff]{4}")


@tool(parse_docstring=True, response_format="content_and_artifact")
async def search_knowledge(
    question: str, runtime: ToolRuntime[ToolContext, Any], about: str | None = None
) -> tuple[str, Reply]:
    """Answer from the handbook, policies and course material, with document and page, or say that they don't tell.

    Args:
        question: The question in the asker's own words.
        about: The question before it, where this one leans on it.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        answer = await ctx.knowledge.answer(session, ctx.actor, question, ctx.today, about=about or "")
    reply = _reply(answer, ctx.words)
    return reply.plain(), reply


def _reply(answer: Answer, words: Words) -> Reply:
    person = Button("person", words("button.person"), words("button.person.says"))
    if answer.verdict is Verdict.NONE or not answer.quotes:
        return say(words("knowledge.not_found"), person)
    cited: dict[tuple[str, int | None], Citation] = {}
    near = answer.verdict is Verdict.NEAR
    lines: list[str] = [words("knowledge.nearest")] if near else []
    foreign: list[str] = []
    for quote in answer.quotes:
        hit = answer.hits[quote.passage]
        told = quote.text if len(quote.text) <= QUOTED else f"{quote.text[:QUOTED]}…"
        (foreign if _in_another_script(told, words) else lines).append(told)
        key = (hit.source, hit.page)
        cited.setdefault(key, Citation(hit.source, hit.page, hit.title, quote.text[:QUOTED], hit.version_id))
    top = answer.hits[0]
    ordered = sorted(cited.values(), key=lambda one: (one.source, one.page) != (top.source, top.page))
    said: list[Block] = [Text("\n".join(lines))] if lines else []
    reply = Reply((*said, *_in_chinese(foreign, words), Citations(tuple(ordered))))
    return reply.with_buttons([person]) if near else reply


def _in_another_script(told: str, words: Words) -> bool:
    """Chinese for who writes English, and simplified characters for who writes traditional ones."""
    if words.language == "en":
        return HAN.search(told) is not None
    return words.tag == "zh_TW" and leaning(told) < 0


def _in_chinese(quotes: list[str], words: Words) -> tuple[Block, ...]:
    """What only Chinese documents say, word for word under words of the asker's."""
    if not quotes:
        return ()
    lead_in = Text(words("knowledge.chinese_says"))
    return (lead_in, Table((Column(words("knowledge.in_chinese")),), tuple((quote,) for quote in quotes)))


PACKAGE = ToolPackage(tools=(ToolSpec(search_knowledge, Permission.KNOWLEDGE_READ),))
