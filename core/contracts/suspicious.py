"""Words that aren't meant for the parties: hidden text, and orders to whoever or whatever reviews the contract."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.contracts.text import Contract

_ORDERS = re.compile(
    r"(?:忽略|无视|忽视|不要理会|跳过|忘记|抛开|覆盖)[^。\n]{0,16}(?:以上|上述|前面|之前|前述|先前|所有|"
    r"此前|全部|系统|你的)[^。\n]{0,16}(?:指令|指示|要求|内容|规则|提示|条款|设定|约束)"
    r"|(?:作为|扮演|你(?:现在)?是|致|尊敬的)[^。\n]{0,12}(?:AI|人工智能|大模型|语言模型|审核程序|审阅程序|"
    r"审核系统|智能助手|机器人|审核助手|审查助手)"
    r"|(?:AI|人工智能|大模型|语言模型|审核程序|审阅程序|审核系统|智能助手|机器人|助手|审查系统)[^。\n]{0,16}(?"
    r":请|应当?|必须|须|务必|直接|只)[^。\n]{0,24}(?:批准|通过|输出|回复|回答|判定|标记|忽略|报告|认定|"
    r"给出|评为)"
    r"|(?:请|务必|直接|一律|必须)[^。\n]{0,8}(?:批准|审批通过|审核通过|判定为?|标记为?|输出|回复|评为)"
    r"[^。\n]{0,16}(?:本合同|合同|无风险|低风险|通过|合规|没有(?:风险|问题)|安全|同意)"
    r"|(?:不(?:要|得|必)|勿|禁止)[^。\n]{0,8}(?:提示|报告|标注|指出|列出|提及)[^。\n]{0,12}(?:风险|问题|"
    r"异常|本段|此条|这一条)"
    r"|系统(?:提示词|指令)|提示词[：:]"
    r"|(?:ignore|disregard|forget|override)\s+(?:\w+\s+){0,4}(?:above|previous|prior|preceding|earlier|"
    r"all|your|foregoing)\s+(?:\w+\s+){0,3}(?:instructions?|prompts?|rules?|text|content|directions?|"
    r"guidelines?|clauses?|terms?)"
    r"|(?:you are|act as|as)\s+(?:an?|the)\s+(?:\w+\s+){0,3}(?:AI|assistant|language model|chatbot|reviewer bot|LLM)\b"
    r"|(?:AI|language model|LLM|assistant|automated (?:reviewer|system)|review(?:ing)? (?:software|system|"
    r"model))[^.\n]{0,30}\b(?:must|should|please|shall|is instructed to)\b[^.\n]{0,40}(?:approve|report|"
    r"output|respond|ignore|mark|flag|classify|conclude|rate)"
    r"|(?:approve|accept|clear|pass)\s+(?:this|the)\s+(?:contract|agreement|document)\s+(?:immediately|"
    r"now|without|as|automatically|unconditionally)"
    r"|(?:do not|don't|never)\s+(?:flag|report|mention|list|raise|mark|highlight)\b[^.\n]{0,40}"
    r"|(?:mark|report|rate|classify|treat)\s+(?:this|the|it|all|every)[^.\n]{0,40}(?:no risk|low[- ]risk|"
    r"risk[- ]free|compliant|approved|safe)"
    r"|system prompt|</?(?:system|assistant|instructions?)>|\[/?INST\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """``how`` is how a stretch is hidden, empty for an order that stands in the open."""

    start: int
    end: int
    how: str


def suspicions(contract: Contract) -> Iterator[Suspicion]:
    """Hidden stretches first, then orders, each once; an order that is hidden counts as both."""
    for start, end, hidden in contract.hidden:
        yield Suspicion(start, end, hidden.how)
    text = contract.plain.text
    last = -1
    for found in _ORDERS.finditer(text):
        start, end = _sentence_around(text, found.start(), found.end())
        if start > last:
            last = end
            yield Suspicion(start, end, "")


def is_order(text: str) -> bool:
    """Whether a text is addressed to the reader's software."""
    return _ORDERS.search(text) is not None


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    begin = max((text.rfind(mark, 0, start) for mark in "。！？\n"), default=-1) + 1
    ends = [at + 1 for mark in "。！？" if (at := text.find(mark, end)) >= 0]
    newline = text.find("\n", end)
    stop = min([*ends, newline if newline >= 0 else len(text), len(text)])
    while begin < start and text[begin].isspace():
        begin += 1
    return begin, stop
