"""A call with all that it needs, or the question for the first thing that is missing."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from agents.offline.arguments.papers import each
from agents.offline.arguments.quiet import for_days
from agents.offline.arguments.slots import Schema
from agents.offline.arguments.spokenof import matter_of, named_matter, of_its_kind
from agents.offline.evidence.contracts import A_TERM
from agents.offline.evidence.cues import ASKS, ON_THE_CARD, OVERDUE, RULE, WHO
from agents.offline.evidence.hearsay import without_teller
from agents.offline.evidence.matters import is_a_matter, without_goods
from agents.offline.mind import Mind
from agents.offline.orders import planning
from agents.offline.plans import Ask, Plan, Step, ask
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER
from agents.offline.wording.handbookwords import in_handbook_words
from agents.offline.wording.lexicon import ANY_TOOL, stands_in
from agents.offline.wording.ownwords import own_matter, own_words
from agents.turns import Call
from core.language.normalise import fold

OF_ONE_DEALER = frozenset({"show_account", "explain_rebate", "quote", "propose_replenishment"})


def complete(tool: str, args: dict[str, Any], reading: Reading, mind: Mind) -> Plan:
    """Call the tool where nothing is missing, else ask for the first thing that is."""
    schema = mind.schemas[tool]
    finish = _FINISHED.get(tool)
    if finish is not None:
        args = finish(args, reading, mind)
    if tool in OF_ORDERS and mind.briefing.actor.dealer_id is None and not args.get("dealer") and not args.get("order"):
        args = {**args, **_of_the_same_dealer(reading, mind)}
    needed = ("dealer",) if tool in OF_ONE_DEALER and mind.briefing.actor.dealer_id is None else ()
    for slot in (*schema.required, *needed):
        if args.get(slot) is None:
            kind = {"sku": "product", "dealer": "dealer"}.get(slot)
            asked_of = _in_the_last_question(mind) if kind == "product" and not reading.of_kind("product") else None
            remembered = (mind.state.only(kind) or asked_of or mind.state.arg(slot)) if kind else None
            quoted = kind == "dealer" and mind.state.last is not None and mind.state.last.name == "quote"
            if remembered and (tool != "quote" or quoted or not reading.of_kind("product")):
                args[slot] = remembered
                continue
            return Plan((_question(tool, args, slot, reading, mind),))
    if _is_unclear(schema, args, reading):
        return Plan((_question(tool, args, "sku", reading, mind),))
    return Plan(each(tool, args, reading, mind))


def _in_the_last_question(mind: Mind) -> str | None:
    """The product that a question to the documents was about: 「那个现在多少钱」 behind it."""
    last = mind.state.last
    if last is None or last.name != "search_knowledge":
        return None
    named = [m for m in mind.briefing.linker.find(fold(str(last.args.get("question", ""))), {}) if m.kind == "product"]
    return named[0].code if len(named) == 1 else None


OF_ORDERS = frozenset({"order_status", "list_orders"})


def _of_the_same_dealer(reading: Reading, mind: Mind) -> dict[str, Any]:
    """「最近一单到了没」 after a dealer's account is about that dealer."""
    last = mind.state.last
    spoken_of = last.args.get("dealer") if last is not None else None
    general = reading.mentions or WHO.search(reading.text)
    return {"dealer": spoken_of} if spoken_of and not general else {}


def _is_unclear(schema: Schema, args: Mapping[str, Any], reading: Reading) -> bool:
    """Whether a product was named that may be several of several categories: all of them together were not meant."""
    narrows = {"sku", "category"} <= schema.properties.keys() and not {"sku", "category"} & args.keys()
    return narrows and any(len(mention.codes) > 1 for mention in reading.of_kind("product"))


def _question(tool: str, args: dict[str, Any], slot: str, reading: Reading, mind: Mind) -> Step:
    if slot == "sku":
        return planning.which_product(tool, args, reading, mind)
    if slot == "dealer":
        return _which_dealer(tool, args, reading, mind)
    key = f"ask.{tool}.{slot}"
    words = mind.words(key) if key in mind.briefing.words else mind.words(f"ask.{slot}")
    return ask(tool, args, slot, words)


def _which_dealer(tool: str, args: dict[str, Any], reading: Reading, mind: Mind) -> Ask:
    unclear = next((m.codes for m in reading.of_kind("dealer") if len(m.codes) > 1), ())
    choices = [(f"{mind.briefing.names.get(code, code)} {code}", code) for code in unclear]
    return ask(tool, args, "dealer", mind.words("ask.dealer"), choices)


def _question_text(args: dict[str, Any], reading: Reading, mind: Mind) -> dict[str, Any]:
    return {**args, **asked_in_full(reading, mind)}


def asked_in_full(reading: Reading, mind: Mind) -> dict[str, Any]:
    """A question for the documents, with the one before where it is too short to stand by itself."""
    asked = (
        without_goods(reading) if is_a_matter(reading) else without_teller(OPENS.sub("", of_its_kind(reading), count=1))
    )
    last, words = mind.state.last, in_handbook_words(_meant(asked))
    own = own_words(reading.text)
    if (named := named_matter(reading, words, mind)) is not None:
        return named
    if last is None:
        leans = mind.state.said and mind.state.refused is None and own < ENOUGH_BEHIND_TALK
        leans = leans and not RULE.search(reading.text)
        return {"question": words, **({"about": mind.state.said} if leans else {})}
    if last.name == "search_knowledge":
        goes_on = GOES_ON.match(reading.text) and not DEFINES.search(reading.text)
        points = POINTS.search(reading.text) and not reading.mentions
        enough = ENOUGH_BEHIND_AND if goes_on or points else ENOUGH
        leans = own < enough or own_matter(reading.text) < NAMES_NOTHING
        about = _spoken_of(last) if leans else ""
        if about and FORM.fullmatch(reading.text.strip()):
            return {"question": f"{CONDITIONS.sub('', about)} {words}"}  # a list of forms has none of the words of why
        return {"question": words, **({"about": about} if about else {})}
    if last.name in OF_DEBTS and DAYS_OVER.search(reading.text) and not OVERDUE.search(reading.text):
        return {"question": words, "about": "逾期"}
    if last.name in CHANGING and own < ENOUGH_BEHIND_TALK and not reading.mentions:
        return {"question": words, "about": CHANGING[last.name]}
    words_alone = OPENING_THEN.sub("", reading.text) if own >= ENOUGH else reading.text
    spoken_of = mind.state.said if POINTS.search(words_alone) and not reading.mentions else ""
    spoken_of = spoken_of or matter_of(last.name, reading.text, mind, own)
    return {"question": words, **({"about": spoken_of} if spoken_of else {})}


OPENS = re.compile(  # what opens a question and says nothing of it
    r"^(?:(?:actually|ok(?:ay)?|fine(?= *[,.!])|alright|right|well|hmm+|oh|btw|by the way|hey|sorry|n)[ ,.。，!！]+"
    r"|(?:好的?|嗯+|哦+|行吧?|对了)[,，。!！ ]+)+(?=\S.{5})",
    re.IGNORECASE,
)
FORM = re.compile(
    r"(?:那|要|得|需要|该)*(?:填|交|用)?(?:的是|是)?[哪什啥]么?(?:一)?[张份个]?(?:申请)?[表单](?:格)?(?:啊|呢|呀|吗|来着)?[?？]?"
)
DEFINES = re.compile(r"什么(?:才)?[叫算是]|(?<![a-z])what (?:counts as|is meant by|does .{2,24} mean)(?![a-z])")
CONDITIONS = re.compile(r"(?:需?要|有|满足)?(?:啥|什么|哪些)(?:条件|要求|手续|资料|材料|流程)")
SUPPOSED = re.compile(
    r"^(?:so |and |ok )?(?:if|when|say) (?:i|we) (?:order|place|confirm|take|buy|send)(?![a-z])"
    r".{0,40}?(?:, ?| (?=how |when |what ))",
    re.IGNORECASE,
)


def _meant(words: str) -> str:
    """ "If I order 400 cases today, how long to Wenzhou": how long to Wenzhou."""
    rest = SUPPOSED.sub("", words)
    return rest if own_words(fold(rest)) >= NAMES_NOTHING else words


OF_DEBTS = frozenset({"show_account", "sales_summary"})
DAYS_OVER = re.compile(
    r"[超过满]了?[\d一二三四五六七八九十半两]+个?[天日周月]|(?<![a-z])(?:over|past|more than|after) (?:\d+|a|one|two"
    r"|three)"
    r" (?:days?|weeks?|months?)(?![a-z])"
)
CHANGING: Mapping[str, str] = {  # what was done a moment ago, as the documents call it
    "propose_order_change": "修改订单",
    "propose_cancellation": "取消订单",
}


def _spoken_of(last: Call) -> str:
    """The question before; with what that one leant on, where it names nothing by itself."""
    asked, about = str(last.args["question"]), str(last.args.get("about") or "")
    leans = own_matter(fold(asked)) < NAMES_NOTHING or not ASKS.search(
        fold(asked)
    )  # a statement goes on from its question
    if len(asked) > MOST_LEANT_ON and (part := _last_asked(asked)):
        return part
    return f"{about} {asked}".strip()[-MOST_LEANT_ON:] if leans else asked


def _last_asked(words: str) -> str:
    """The last sentence of a long message that asks something and names a matter."""
    parts = [part.strip() for part in SENTENCES.split(words)]
    asking = [part for part in parts if ASKS.search(fold(part)) and own_words(fold(part)) >= ENOUGH]
    return asking[-1] if asking else ""


SENTENCES = re.compile(r"[。！？!?;；\n]+|\.(?=\s|$)")


MOST_LEANT_ON, NAMES_NOTHING = 80, 2
POINTS = re.compile(
    r"^(?:那|一年|每年|一个?季度?|一个?月|全年|最多|可以|能|一共|总共|要|得|怎么|去?哪里?|找谁|提前几天|什么时候|啥时候)*(?:可以|能|得|要)?(?:申请|申報|用|续|延)(?:几次|几?多少?次|几回|多久|[吗么呢啊]|$)"
    r"|再(?:申请|来|要|给|批|申)一?[个次张回遍]|(?:这|那|该)个?(?![里边天月周季年单张])|它|延长|续(?!签)"
    r"|(?<![a-z])(?:it|that|this|another one|one more|extend|renew)(?![a-z])"
    r"|(?<![a-z])(?:would|will|do|can|should) they(?![a-z])"
)


OPENING_THEN = re.compile(r"^ *那(?![个种款样批张单次条家边里天月年周])么?")  # 「那特价怎么申请」 points at nothing
GOES_ON = re.compile(r" *(?:那|(?:and|but|so|then)(?![a-z]))")
ENOUGH_BEHIND_AND, ENOUGH_BEHIND_TALK = 8, 6
ENOUGH = 4  # characters that name a matter by themselves, a Latin letter counting a third


def _query_text(args: dict[str, Any], reading: Reading, mind: Mind) -> dict[str, Any]:
    if ON_THE_CARD.search(reading.text) and (sku := reading.code("product")):
        return {"query": sku}  # one product's card says it, a list doesn't
    unclear = [mention.text for mention in reading.of_kind("product")]
    words = unclear[0] if unclear else FILLER.sub(" ", reading.text).strip()
    for phrase in mind.lexicon.lists.get("catalogue_words", ()):
        words = re.sub(rf"(?<![a-z]){phrase}(?![a-z])", " ", words) if phrase.isascii() else words.replace(phrase, " ")
    if "category" in args:
        return {**args, **_narrower(words, args["category"], mind)}
    words = " ".join(words.split())
    last = mind.state.last
    before = last.args.get("category") if last is not None and last.name == "find_products" else None
    within = before if before and words and mind.lexicon.has("follow_up", reading.text) else None
    return {**args, **({"query": words} if words else {}), **({"category": within} if within else {})}


def _narrower(words: str, category: str, mind: Mind) -> dict[str, str]:
    """「无糖的茶」: the words beside a category's own that are part of products' names."""
    for phrase in mind.lexicon.values.get(ANY_TOOL, {}).get("category", {}).get(category, ()):
        words = words.replace(phrase, " ")
    names = [fold(name) for thing in mind.briefing.linker.of_kind("product") for name in thing.names]
    kept = [word for word in words.split() if len(word) > 1 and any(stands_in(word, name) for name in names)]
    return {"query": " ".join(kept)} if kept else {}


def _reason_text(args: dict[str, Any], reading: Reading, mind: Mind) -> dict[str, Any]:
    return {**args, "reason": reading.original.strip()}


def _own_question(args: dict[str, Any], reading: Reading, mind: Mind) -> dict[str, Any]:
    words = in_handbook_words(reading.asked)
    last = mind.state.last
    if (
        last is not None
        and last.name == "ask_contract"
        and POINTS.search(reading.text)
        and not A_TERM.search(fold(words))
    ):
        words = f"{last.args.get('question', '')} {words}".strip()  # "what if we miss it"
    goods = [mention.code for mention in reading.of_kind("product") if mention.code]
    codes = [code for code in goods if code.lower() not in words.lower()]  # as contracts name what they fix prices of
    return {**args, "question": " ".join([PRICED_AT.sub("价格", words), *codes])}


PRICED_AT = re.compile(r"(?<=固定)价(?!格)|(?<=供货)价(?!格)|(?<=什么)价(?!格)")


_FINISHED: Mapping[str, Callable[[dict[str, Any], Reading, Mind], dict[str, Any]]] = {
    "search_knowledge": _question_text,
    "ask_contract": _own_question,
    "find_products": _query_text,
    "sales_summary": for_days,
    "ask_for_person": _reason_text,
    "propose_cancellation": _reason_text,
}
