"""Which words confirm or cancel, and how strong a confirmation an amount needs."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

Strength = Literal["word", "button", "second_factor"]

CONFIRMING = frozenset(  # any of these alone
    """
    确认 确定 好 好的 好啊 好呀 好嘞 好吧 行 行啊 行吧 可以 可以的 没问题 同意 是 是的 发吧 下单 就这样 就这样吧
    就这么办 可以了 没问题了
    確認 確定 沒問題 沒問題了 發吧 下單 就這樣 就這樣吧 就這麼辦 好喔 好哦 好嘅 可以喔 行喔 係 係呀 得 得啦
    冇問題 冇问题
    ok okay okok ok的 confirm confirmed iconfirm yes yep yeah sure agreed approve approved goahead doit sendit goforit
    """.split()
)
NAMING_IT = frozenset(  # these say what is done, so that they needn't stand right behind what was shown
    """
    确认 确定 下单 就这样下 就这么下 就这样下单 就这么下单 按这个下 就按这个下 按这个下单 就按这个下单
    照这个下 就照这个下 照这个下单
    确认下单 确定下单 可以下单 提交 提交订单 下吧 下了吧 确认修改 确认更改 确认取消订单 确认改单
    確認 確定 下單 就這樣下 就這麼下 就這樣下單 就這麼下單 按這個下 就按這個下 按這個下單 就按這個下單
    照這個下 就照這個下 照這個下單
    確認修改 確認更改 確認取消訂單 確認下單 確定下單 可以下單 提交訂單
    落单 落單 就咁落 就咁落单 就咁落單 幫我落單 帮我落单
    confirm confirmed iconfirm confirmit confirmthis confirmthat placeit placethis placethat orderit submitit
    """.split()
)
CANCELLING = frozenset(
    """
    取消 取消吧 不要了 不用了 算了 不下了 先不要 作废 撤销
    取消訂單 取消订单 撤銷 作廢
    cancel cancelit nevermind forgetit dontorder donotorder stop no nothanks
    """.split()
)
CANCELLING_IT = frozenset("取消 取消吧 作废 撤销 取消訂單 取消订单 撤銷 作廢 cancel cancelit".split())
OK_HAND = "👌"
AFTER_A_CHANGE = re.compile(r"^(这下|这样|现在|这回|这次|那|這下|這樣|現在|這回|這次)(就?)")
ONLY_AFTER_A_CHANGE = frozenset({"行了", "好了", "对了", "對了", "行啦", "可以啦"})
UNSURE = frozenset("?؟…⋯～~")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_SAYS = r"[吧啊呀啦了咯哈嘞喔哦]{0,2}"  # 「下单吧」, 「就这样下了啊」
_IT = (
    r"(?:(?:刚才|刚刚|上面|剛才|剛剛)?的?(?:[这那這][张个笔張個筆]?)?(?:订?单子?|訂?單子?))"  # the order that was shown
)
_THE_ORDER = r"(?:(?:the|that|this|my|our)?(?:order|changes?|cancell?ation))"
_COURTESY = (
    r"(?:谢谢|謝謝|多谢|多謝|谢了|感谢|感謝|麻烦|麻煩|辛苦|唔[该該]晒|唔[该該]|请|請"
    r"|thanks?(?:you|alot)?|thx|ty|please|pls|cheers)"
)
_COURTESIES = rf"(?:{_COURTESY}(?:您|你|哈|啦|了|啊|老板|老闆)?){{0,2}}"
_OPENS = (  # no yes by themselves, and no doubt either
    r"(?:嗯+|恩|哦|噢|那就|那|就|对的?|對的?|行了|好了|perfect|great|excellent|good|fine|alright|looksgood|soundsgood|allgood|then)"
)
_YES = r"(?:好[的嘅]?|行|可以|[没沒冇][问問][题題]|ok|okay|yes|yep|sure)"
_NAMED = (
    rf"(?:{_any_of(word for word in NAMING_IT if not word.isascii())}){_SAYS}{_IT}?{_SAYS}"
    rf"|{_IT}(?:确认|下单?|確認|下單?){_SAYS}"
    rf"|(?:{_any_of(word for word in NAMING_IT if word.isascii())}|(?:confirm|place|submit){_THE_ORDER}|goaheadwithit)"
)
_PLAIN = rf"(?:好|行|{_any_of(word for word in CONFIRMING if len(word) > 1 and word != '是的')})"
NAMED = re.compile(
    rf"(?:{_OPENS}|{_YES}{_SAYS}|{_COURTESY}){{0,4}}(?:{_NAMED})(?:{_NAMED})?{_COURTESIES}(?:now|then)?{_COURTESIES}"
)
PLAIN = re.compile(rf"(?:{_OPENS}|{_YES}{_SAYS}|{_COURTESY}){{0,4}}{_PLAIN}{{1,2}}{_COURTESIES}")


def confirms(text: str) -> bool:
    """Whether the whole message is a yes from the closed list, courtesies aside.

    "好的，谢谢" is; "行，但…", "好？", 嗯 and 收到 are not.
    """
    if not UNSURE.isdisjoint(_folded(text)) or ".." in _folded(text):
        return False
    whole = _letters(text)
    if whole in CONFIRMING or (whole == "" and OK_HAND in text) or _confirms_what_changed(whole):
        return True
    return PLAIN.fullmatch(whole) is not None or NAMED.fullmatch(whole) is not None


def cancels_it(text: str) -> bool:
    """Whether a no says what it is about: 取消, "cancel it"; 算了 may be of the last answer."""
    return _letters(text) in CANCELLING_IT


def _confirms_what_changed(whole: str) -> bool:
    """「这下可以了」, 「那就这样」: a yes of the list behind a word that says "as it is now", and nothing else."""
    opened = AFTER_A_CHANGE.match(whole)
    if opened is None:
        return False
    rests = {whole[opened.end() :], whole[opened.end(1) :]}
    return not rests.isdisjoint(CONFIRMING | ONLY_AFTER_A_CHANGE)


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
