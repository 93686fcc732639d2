"""What is said to the desk when its turns are measured: 200 and more different messages of each kind."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product as combinations
from pathlib import Path

from sqlalchemy import select

import core.demo
from core import plainyaml
from core.db import Database
from core.orders.models import Order
from core.products.models import Product, ProductName

BUYER, REP = "D001-buyer", "rep-east"
FACTS = Path(core.demo.__file__).parent / "documents" / "facts.yaml"


@dataclass(frozen=True, slots=True)
class Turn:
    """A measured message, and what is said before it, unmeasured; ``expected`` is the tool that should answer."""

    text: str
    expected: str | None
    before: str = ""
    press: str = ""
    person: str = BUYER


@dataclass(frozen=True, slots=True)
class Trade:
    """What messages may name."""

    names: Sequence[str]
    skus: Sequence[str]
    orders: Sequence[str]
    questions: Sequence[str]


async def trade(database: Database) -> Trade:
    """Read past the guard on dealers' rows, for the first dealer."""
    async with database.engine.connect() as connection:
        named = select(ProductName.name).where(ProductName.language == "zh", ~ProductName.is_alias)
        first = select(Order.number).where(Order.dealer_id == 1).order_by(Order.id.desc())
        names = list((await connection.execute(named)).scalars())
        skus = list((await connection.execute(select(Product.sku))).scalars())
        orders = list((await connection.execute(first)).scalars())
    facts = plainyaml.load(FACTS.read_text(encoding="utf-8"))
    return Trade(names, skus, orders, [fact["question"] for fact in facts["answered"]])


def turns(kind: str, known: Trade, number: int, seed: int) -> list[Turn]:
    """So many different turns of a kind."""
    draw = random.Random(f"{kind}-{seed}")
    everything = list(dict.fromkeys(KINDS[kind](known, draw)))
    if len(everything) < number:
        raise ValueError(f"only {len(everything)} different turns of {kind}")
    return draw.sample(everything, number)


def _price(known: Trade, draw: random.Random) -> list[Turn]:
    asked = ("{n}箱{name}多少钱", "{n}箱{name}现在什么价", "问一下{name}{n}箱的价格", "{name}拿{n}箱单价多少")
    return [Turn(words.format(name=name, n=draw.randint(2, 90)), "quote") for words in asked for name in known.names]


def _proposal(known: Trade, draw: random.Random) -> list[Turn]:
    asked = ("来{n}箱{name}", "要{n}箱{name}", "帮我订{n}箱{name}", "{name}下{n}箱")
    return [
        Turn(words.format(name=name, n=draw.randint(2, 60)), "propose_order") for words in asked for name in known.skus
    ]


def _confirm(_: Trade, _draw: random.Random) -> list[Turn]:
    """Small orders of everyday products, so that credit and stock outlast them."""
    words = ("来{n}箱{sku}", "要{n}箱{sku}", "帮我订{n}箱{sku}")
    chosen = combinations(words, ("W-550", "T-500", "W-350", "S-500C", "T-500H"), range(1, 21))
    return [Turn("", None, one.format(n=n, sku=sku), "confirm") for one, sku, n in chosen]


def _status(known: Trade, _draw: random.Random) -> list[Turn]:
    asked = ("{number}到哪了", "{number}发货了没", "帮我查下订单{number}")
    return [Turn(words.format(number=number), "order_status") for words in asked for number in known.orders[:80]]


def _rebate(_: Trade, _draw: random.Random) -> list[Turn]:
    asked = ("{when}返利有多少", "{when}的返利怎么算的", "帮我看下{when}返利", "{when}返利到哪一档了")
    when = [*_months(), "本月", "上个月", "这个季度", "上季度", "今年", "去年"]
    said = combinations(("", "请问", "麻烦"), asked, when)
    return [Turn(start + words.format(when=one), "explain_rebate") for start, words, one in said]


def _months() -> list[str]:
    return [f"{year}年{month}月" for year in (2025, 2026) for month in range(1, 13) if (year, month) < (2026, 12)]


def _handbook(known: Trade, _draw: random.Random) -> list[Turn]:
    said = combinations(("", "请问，", "想问一下，"), known.questions)
    return [Turn(start + question, "search_knowledge") for start, question in said]


def _sales(_: Trade, _draw: random.Random) -> list[Turn]:
    asked = (
        "{when}销售情况", "{when}各客户进货额排一下", "{when}回款多少", "{when}哪个产品卖得最好",
        "{when}各区域销售额对比", "看下{when}的销售额", "{when}进货前五的客户", "{when}按产品看销售额",
        "{when}谁还没下单",
    )  # fmt: skip
    return [Turn(words.format(when=one), "sales_summary", person=REP) for words in asked for one in _months()]


def _small_talk(_: Trade, _draw: random.Random) -> list[Turn]:
    openings = ("你好", "您好", "早上好", "下午好", "谢谢", "多谢", "辛苦了", "好的谢谢", "在吗", "哈喽", "晚上好")
    names = ("", "小渠", "老师", "师傅", "亲", "客服", "朋友", "美女", "兄弟")
    endings = ("", "啊", "呀", "！", "～", "😊", "，在不在")
    return [Turn("".join(words), None) for words in combinations(openings, names, endings)]


def _follow_up(known: Trade, _draw: random.Random) -> list[Turn]:
    asked = ("那{name}呢", "{name}呢", "那{name}的价格呢", "{name}又是多少")
    return [Turn(words.format(name=name), "quote", "W-550现在多少钱一箱") for words in asked for name in known.names]


KINDS: Mapping[str, Callable[[Trade, random.Random], list[Turn]]] = {
    "price": _price,
    "order proposal": _proposal,
    "confirm by button": _confirm,
    "order status": _status,
    "rebate": _rebate,
    "handbook question": _handbook,
    "sales summary": _sales,
    "small talk": _small_talk,
    "follow-up": _follow_up,
}
