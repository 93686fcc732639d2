"""Which words confirm or cancel, and how strong a confirmation an amount needs."""

import re
import unicodedata
from decimal import Decimal
from typing import Literal

Strength = Literal["word", "button", "second_factor"]

CONFIRMING = frozenset(
    """
    确认 确定 好 好的 好啊 好呀 好嘞 行 行啊 可以 可以的 没问题 同意 是 是的 发吧 下单 下单吧 确认下单 确定下单 可以下单
    就这样 就这么办 可以了 没问题了
    確認 確定 沒問題 沒問題了 發吧 下單 下單吧 確認下單 確定下單 可以下單 就這樣 就這麼辦 好喔 好哦 可以喔 行喔
    ok okay okok ok的 confirm confirmed iconfirm yes yesplease yep goahead doit placeit placetheorder sendit sure agreed
    approve approved yesconfirm okconfirm
    """.split()
)
CANCELLING = frozenset(
    """
    取消 取消吧 不要了 不用了 算了 不下了 先不要 作废 撤销
    取消訂單 取消订单 撤銷 作廢
    cancel cancelit nevermind forgetit dontorder donotorder stop no nothanks
    """.split()
)
OK_HAND = "👌"
AFTER_A_CHANGE = re.compile(r"^(这下|这样|现在|这回|这次|那|這下|這樣|現在|這回|這次)(就?)")
ONLY_AFTER_A_CHANGE = frozenset({"行了", "好了", "对了", "對了", "行啦", "可以啦"})
OPENERS = frozenset("perfect great excellent good fine alright 嗯 嗯嗯 恩 哦 噢".split())  # no yes by themselves
WORDS_IN_A_ROW = 3  # "好的 确认", "OK, yes": words of the list, and nothing else
_TOGETHER = "|".join(
    sorted((word for word in CONFIRMING if not word.isascii() and len(word) > 1), key=len, reverse=True)
)
WRITTEN_TOGETHER = re.compile(  # 「好的下单」, 「嗯就这样」, but not 「好是好」
    rf"(?:嗯+|恩|哦|噢)?(?:[好行]?(?:{_TOGETHER}){{1,3}}|[好行])"
)
UNSURE = frozenset("?؟…⋯～~")


def confirms(text: str) -> bool:
    """Whether the whole message is a yes from the closed list: "好的。" is, "行，但…", "好？", 嗯 and 收到 are not."""
    if not UNSURE.isdisjoint(_folded(text)) or ".." in _folded(text):
        return False
    whole = _letters(text)
    if whole in CONFIRMING or (whole == "" and OK_HAND in text) or _confirms_what_changed(whole):
        return True
    if WRITTEN_TOGETHER.fullmatch(whole):
        return True
    words = [_letters(word) for word in re.split(r"[\s,，、.。!！]+", _folded(text)) if _letters(word)]
    if len(words) > 1 and words[0] in OPENERS:
        words = words[1:]
    return bool(words) and _only_words_of_the_list(words, WORDS_IN_A_ROW)


def _confirms_what_changed(whole: str) -> bool:
    """「这下可以了」, 「那就这样」: a yes of the list behind a word that says "as it is now", and nothing else."""
    opened = AFTER_A_CHANGE.match(whole)
    if opened is None:
        return False
    rests = {whole[opened.end() :], whole[opened.end(1) :]}
    return not rests.isdisjoint(CONFIRMING | ONLY_AFTER_A_CHANGE)


def _only_words_of_the_list(words: list[str], at_most: int) -> bool:
    """Whether the words are entries of the list one after the other: "ok go ahead" is two of them."""
    if not words:
        return True
    if at_most == 0:
        return False
    return any(
        "".join(words[:size]) in CONFIRMING and _only_words_of_the_list(words[size:], at_most - 1)
        for size in range(1, min(len(words), 4) + 1)
    )


def cancels(text: str) -> bool:
    """Whether the whole message is a no from the closed list."""
    return UNSURE.isdisjoint(_folded(text)) and _letters(text) in CANCELLING


def strength(amount: Decimal | None, word_limit: Decimal, button_limit: Decimal, *, same_currency: bool) -> Strength:
    """What it takes to confirm: a word below ``word_limit``, a button up to ``button_limit``, above it a second factor.

    Limits are in the brand's currency; in another one a word is never enough, and the figure is held against the limit.
    """
    if amount is None:
        return "word"
    if amount > button_limit:
        return "second_factor"
    return "word" if amount < word_limit and same_currency else "button"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _letters(text: str) -> str:
    """Letters, digits and signs with a meaning of their own, without spaces, punctuation and the OK hand."""
    kept = (mark for mark in _folded(text) if unicodedata.category(mark)[0] in "LNS")
    return "".join(mark for mark in kept if mark != OK_HAND and not "🏻" <= mark <= "🏿")
