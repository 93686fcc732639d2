"""What an honest model would say: it calls the tool that the words ask for, and tells the result in a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from agents.brains import Learnt
from agents.offline.model.examples import Intent
from bot.evaluation.endpoint import Request, Says, Script
from core.language.detect import detect
from core.language.normalise import clean, fold
from core.language.sentences import sentences

TALKS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "lead": "为您查到：", "talk": "您好，请说您要办的事。", "thanks": "不客气。", "there": "相关资料在下面，请看。",
    },
    "zh_TW": {
        "lead": "為您查到：", "talk": "您好，請說您要處理的事。", "thanks": "不客氣。",
        "there": "相關資料在下面，請看。",
    },
    "en": {
        "lead": "Here it is: ", "talk": "Please say what you need.", "thanks": "You're welcome.",
        "there": "Please see what I found below.",
    },
}  # fmt: skip


def honest(learnt: Learnt) -> Script:
    """The script of an honest endpoint; it knows nothing but what it is sent."""

    def answer(request: Request) -> Says:
        if request.results:
            return Says(told(request.results[-1], request.said))
        intent = _intent(request, learnt)
        name = intent.tool if intent.tool in request.tools else None
        if name is None:
            talk = TALKS[detect(request.said, among=tuple(TALKS), default="zh")]
            return Says(talk.get(intent.name, talk["talk"]))
        return Says(calls=[(name, _arguments(request.tools[name], request.said))])

    return answer


def told(result: str, said: str) -> str:
    """The first line of a result under words of its own, in the language that was spoken."""
    language = detect(said, among=tuple(TALKS), default="zh")
    first = next((one for one in sentences(result) if one.strip()), "")
    if not first or detect(first, default=language[:2]) != language[:2]:
        return TALKS[language]["there"]
    closed = first.rstrip("：: ")
    return (
        TALKS[language]["lead"]
        + closed
        + ("" if closed.endswith(("。", ".", "?", "？")) else "." if language == "en" else "。")
    )


def _intent(request: Request, learnt: Learnt) -> Intent:
    probabilities = learnt.recogniser.classifier.probabilities(fold(clean(request.said)))
    return learnt.recogniser.intents[max(probabilities, key=lambda name: probabilities[name])]


def _arguments(schema: Mapping[str, Any], said: str) -> dict[str, Any]:
    """The least that the tool takes, from the person's words."""
    makers: Mapping[str, Callable[[], Any]] = {"string": lambda: said, "array": list, "number": lambda: 1}
    properties = schema.get("properties", {})
    return {
        name: makers.get(properties[name].get("type", "string"), lambda: said)() for name in schema.get("required", ())
    }
