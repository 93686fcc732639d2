"""Written Cantonese in the words of the standard language: 去到边 is 到哪了, 几多 is 多少."""

import re
from collections.abc import Mapping

_SIGNS = re.compile(
    r"[喺嘅唔佢哋冇嚟睇咗啲嗰攞畀乜咩嘢仲]|而家|听日|[琴寻]日|边[度个款间张份啲]|几多|几时|到边|落单|[上我呢]张单|点[卖计]|几钱|几耐|系咪|咁|俾|搵|平[啲d]|仲争|得未|搞掂|收番|后日|𠮶"
)
_PAIRS = """
    去到边 到哪了 到边 到哪 喺边度 在哪里 边度 哪里 边个 谁 边款 哪款 边间 哪家
    而家 现在 听日 明天 琴日 昨天 寻日 昨天 今日 今天 下昼 下午 几时 什么时候 几多 多少
    喇 了 点解 为什么 点样 怎么 乜嘢 什么 咩 什么 乜 什么 嘢 东西 唔该 请 唔使 不用
    唔 不 冇 没有 仲未 还没 仲有 还有 仲 还 佢哋 他们 佢 他 我哋 我们 你哋 你们
    哋 们 睇下 看一下 睇 看 嘅 的 咗 了 啲 些 嗰 那 𠮶 那 嚟 来 畀 给 攞 拿 喺 在
    点卖 怎么卖 点计 怎么算 几钱 多少钱 落单 下单 上张单 上一单 呢张单 这单 我张单 我的订单 张单 订单
    平啲 便宜些 平d 便宜些 嗰只 那款 𠮶只 那款 呢只 这款 边只 哪款 边日 哪天 边张 哪张 边份 哪份 边啲 哪些
    找几多数 付多少钱 找多少数 付多少钱 找数 付款 几耐 多久 后日 后天 前日 前天
    唔好意思 不好意思 唔好 不要 仲争 还差 争几多 差多少 系咪 是不是 咗未 了没 咁 那 俾 给 搵 找 搞掂 办好
""".split()
_WORDS: Mapping[str, str] = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_PLACED = re.compile(r"落(?= ?[\d一二两三四五六七八九十百])")  # 落100箱
_ANY = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))


def in_mandarin(text: str) -> str:
    """Folded text with its Cantonese words replaced, where any sign says that it is Cantonese."""
    if not _SIGNS.search(text):
        return text
    return _ANY.sub(lambda match: _WORDS[match.group()], _PLACED.sub("下单", text))
