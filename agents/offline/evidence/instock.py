"""「燕麦奶要20箱 还有货吗」: an order, which is checked against the stock anyway."""

import re

from agents.offline.reading.understanding import Reading

WANTED_IN_STOCK = re.compile(
    r"(?:要|来|订|拿|下)[\d一二两三四五六七八九十百半]+ ?[箱件提托板瓶个]?[^\d,，。？?]{0,8}[ ,，。]*(?:还"
    r"|现在)?有(?:没有)?"
    r"(?:库存|现货|货)(?:[吗么没不嘛]|$)"
)


def of_goods_in_stock(reading: Reading) -> dict[str, float]:
    """What so many of a product, wanted if there are, says for an order."""
    wanted = reading.has_lines and not reading.orders and WANTED_IN_STOCK.search(reading.text)
    return {"propose_order": 1.3, "quote": -0.4} if wanted else {}
