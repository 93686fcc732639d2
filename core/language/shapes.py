"""Characters that a hand or a recogniser takes for one another: 荼 for 茶, 汗 for 汁."""

from collections.abc import Mapping

_GROUPS = """
    茶荼搽 矿旷扩 绿缘録渌 橙澄撜 汁汗汀计 汽气汔 苹萍革 桃挑姚佻 柠泞拧 檬蒙朦 葡蒲 萄陶 乌鸟岛 龙尤 茉莱未末
    莉利 蜜密 柚抽袖 红江虹 低底抵 糖塘搪 无元天 可叮 乐东 苏办 打灯 泉皋 纯钝饨 净挣 桶捅 椰榔 杏否
    核该 奶仍 豆立 凉谅惊 菊匊 咖加伽 啡菲 拿合 铁轶 美羊 梅悔 酸唆 雪霄 梨犁黎 电申 解懈 质贡 能熊 量童
    维唯 素索 燕蒸 麦夌 味昧 大太犬 小少 瓶甁 盒盆 罐灌
"""
_FIRST: Mapping[str, str] = {char: group[0] for group in _GROUPS.split() for char in group}


def by_shape(word: str) -> str:
    """The word with each character as the first of those that look like it."""
    return "".join(_FIRST.get(char, char) for char in word)
