"""What a question is about that says too little of it, or in other words than documents have."""

import re
from collections.abc import Mapping

from agents.offline.evidence.cues import ASKS
from agents.offline.evidence.money import PAYOUT, TO_A_PERSON
from agents.offline.evidence.ruled import out_of_ones_area
from agents.offline.mind import Mind
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief
from core.language.normalise import fold

NAMES_A_MATTER = 6  # characters that say what a rule is about by themselves
MATTERS: Mapping[str, str] = {
    "explain_rebate": "about.matter.rebate",
    "list_promotions": "about.matter.promotion",
}  # by tool, the words in the catalogue that name its matter as documents do


COUNTED = re.compile(
    r"[算计](?:不[算计])?(?:在|进|入|到)?(?:里头|里面|里边|内|里)|算不算|计不计|[算计][不吗么没]?$"
    r"|(?<![a-z])(?:counts?|counted|included?|in (?:it|there))(?![a-z])"
)


def matter_of(tool: str, text: str, mind: Mind, own: float) -> str:
    """The matter of the last call, where the words say too little (``own``: how much) or point into it; else empty."""
    key = MATTERS.get(tool)
    if key is None:
        return ""
    if tool == "explain_rebate" and COUNTED.search(text):
        return mind.words(key)
    if not ASKS.search(text) or own >= NAMES_A_MATTER:
        return ""
    return mind.words(key)


TEMPORARY_LINE = re.compile(  # more credit for a time
    r"临时[^,，。]{0,6}(?:额度|授信)|临额|临时(?:加|提|涨|放|多给)|(?:额度|授信)[^,，。]{0,4}临时"
    r"|(?:过年|春节|年前|年底|旺季|国庆|中秋|双十一|节前|这阵子|短期|先)[^,，。]{0,10}(?:加|提|放|涨|多给|增)[^,，。]{0,5}(?:额度|授信)"
    r"|(?:额度|授信)[^,，。]{0,8}(?:过年|春节|年前|年底|旺季|节前)[^,，。]{0,6}(?:加|提|放|涨|增)"
    r"|(?:加|提|放|涨|多给|增)[^,，。]{0,5}(?:额度|授信)[^,，。]{0,6}(?:过年|春节|过节|旺季|备货|冲)"
    r"|(?<![a-z])(?:temp(?:orary)?|short[- ]term|seasonal)(?![a-z]).{0,24}(?:credit|line|limit|increase|bump"
    r"|raise)(?![a-z])"
    r"|(?<![a-z])(?:bump|raise|increase|more credit|bigger limit|higher limit|extra credit)(?![a-z]).{0,30}"
    r"(?:new year|cny|season|spring festival|holidays?|few weeks|month or two|while)(?![a-z])"
)
EXTENDED = re.compile(
    r"续[期一上]?|展期|延长|自动(?:失效|取消)|(?<![a-z])(?:extend\w*|renew\w*|roll(?:ed)? over|prolong\w*)(?![a-z])"
)
HOW_MUCH_OF_IT = re.compile(
    r"多少|几[天次个]|最[高多长大久]|多久|多长"
    r"|(?<![a-z])(?:how (?:much|long|many|high)|max(?:imum)?|longest|limit)(?![a-z])"
)
HOW_TO_GET = re.compile(
    r"怎[么样]|咋|如何|能[^,，。]{0,12}[吗么不没][?？]?$|能不能|可不可以|可以|行不行|想|要|申请|办"
    r"|(?<![a-z])(?:can|could|how (?:do|can)|apply|get|want|need)(?![a-z])"
)
A_DETAIL = re.compile(
    r"表|谁|找|批(?![个点些给一])|逾期|条件|材料|资料|次|(?<![a-z])(?:form|who|approv\w*|conditions?|times|often)(?![a-z])"
)


def named_matter(reading: Reading, words: str, mind: Mind) -> dict[str, str] | None:
    """The question of a matter that documents call by another word: a temporary line, goods sold out of one's area."""
    text = reading.text
    if out_of_ones_area(text):
        return {"question": words, "about": mind.words("about.matter.diversion")}
    if CUT_OFF.search(text):
        return {"question": mind.words("about.cutoff")}
    if REBATE.search(text) and WHEN_PAID.search(text) and PAYOUT.search(text):
        return {"question": mind.words("about.rebate.when")}
    if TO_A_PERSON.search(text):
        return {"question": mind.words("about.pay.person")}
    return _of_a_temporary_line(text, words, mind)


def _of_a_temporary_line(text: str, words: str, mind: Mind) -> dict[str, str] | None:
    """Whether it goes on, how much of it there is, or how to get one; of its form and conditions, the words say."""
    last = mind.state.last
    asked = fold(str(last.args.get("question"))) if last is not None and last.name == "search_knowledge" else ""
    behind = asked in {fold(mind.words(key)) for key in ASKED_OF_ONE}
    of_one = TEMPORARY_LINE.search(text) or (behind and is_brief(text))
    of_the_account = last is not None and last.name == "show_account" and not PAID.search(text)
    if EXTENDED.search(text) and (of_one or of_the_account):
        return {"question": words, "about": mind.words("about.matter.temporary")}
    if not of_one or A_DETAIL.search(text):
        return None
    if HOW_MUCH_OF_IT.search(text):
        return None if IN_THE_GUIDES_WORDS.search(text) else {"question": mind.words("about.temporary.most")}
    return (
        {"question": mind.words("about.temporary.how")}
        if TEMPORARY_LINE.search(text) and HOW_TO_GET.search(text)
        else None
    )


IN_THE_GUIDES_WORDS = re.compile(r"(?<![a-z])how long .{0,12}temporary (?:credit|line|limit|increase)")
CUT_OFF = re.compile(  # 「几点前下单才算今天」
    r"几点(?:钟)?(?:之|以)?前?[^,，。]{0,6}(?:下|落|确认(?!收)|报|提交|定)[^,，。]{0,4}单?[^,，。]{0,4}[算当][^,，。]{0,3}(?:今|当)[天日]"
    r"|(?:截单|截止下单|下单截止)[^,，。]{0,4}(?:几点|时间|啥时候|什么时候)|几点(?:钟)?截单"
    r"|(?<![a-z])(?:cut-?off|what time|how late|by when)(?![a-z]).{0,20}(?<![a-z])(?:order|place)(?![a-z]).{0,24}"
    r"(?:same day|(?:count|go|processed)(?:s|ed)? (?:as |for )?today)"
)
REBATE = re.compile(r"返利|回馈|(?<![a-z])rebates?(?![a-z])")
WHEN_PAID = re.compile(r"什么时候|啥时候|几时|几号|何时|(?<![a-z])when(?![a-z])")
ASKED_OF_ONE = ("about.temporary.most", "about.temporary.how")
PAID = re.compile(r"付|还款|还钱|打款|合同|协议|(?<![a-z])(?:pay\w*|contract|agreement)(?![a-z])")


def of_its_kind(reading: Reading) -> str:
    """The question as it is asked of documents: 「鸿运这种停货了的」 asks of all who are stopped."""
    words = reading.asked
    for mention in reading.of_kind("dealer"):
        words = re.sub(rf"{re.escape(mention.text)}(?:家|公司)?(?:这|那)(?:种|类|样的?)(?:的|客户|经销商)?", "", words)
        words = re.sub(
            rf"(?i)(?:(?:an? )?dealers?|somebody|someone|one) like {re.escape(mention.text)}", "a dealer", words
        )
    return words
