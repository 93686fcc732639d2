"""What people call the dealers, regions and places that an actor may speak of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.dealers.models import Dealer, Region, ShipTo
from core.scope import visible

GENERIC = (
    "副食批发部",
    "集团",
    "商行",
    "商贸",
    "贸易",
    "食品",
    "饮料",
    "饮品",
    "酒水",
    "有限公司",
    "公司",
    "批发部",
    "经营部",
    "配送",
    "供应链",
    "经销",
)

GENERIC_ENGLISH = frozenset(
    "trading trade food foods beverage beverages drinks group company co ltd house grocery wholesale supply"
    " international".split()
)


GENERIC_NAMES = frozenset({"国际", "惠民", "新源", "古城", "港湾", "西湖", "香山", "双江"})  # said of much else
BEHIND_A_NAME = ("国际", "实业", "控股", "商业")  # 「环贸国际」 is 环贸 to those who deal with it
LONG_CITIES = (
    "石家庄", "秦皇岛", "张家口", "张家港", "连云港", "景德镇", "马鞍山", "驻马店", "平顶山", "三门峡", "葫芦岛",
    "牡丹江", "佳木斯", "哈尔滨", "呼和浩特", "乌鲁木齐", "鄂尔多斯", "齐齐哈尔",
)  # fmt: skip
CITY = 2  # characters of a city's name; words of an English name that begins with one
DISTRICT_AND_NAME = (4, 5)  # characters of a district with the name behind it
OWN_NAME = 6  # letters of a name that stands by itself


@dataclass(frozen=True, slots=True)
class Named:
    """A code with the names that a message may use for it, official ones first."""

    code: str
    names: tuple[str, ...]


async def dealers(session: AsyncSession, actor: Actor) -> list[Named]:
    """Dealers within the actor's scope, with their short names."""
    columns = select(Dealer.code, Dealer.name, Dealer.name_en).where(visible(actor, Dealer)).order_by(Dealer.code)
    rows: Sequence[Any] = (await session.execute(columns)).all()
    cities = (
        frozenset()
        if actor.dealer_id is not None
        else _only_one_there([row[1][:CITY] for row in rows]) | _only_one_there([row[2].split()[0] for row in rows])
    )
    return [
        Named(code, (name, name_en, *_short(name), *_short_english(name_en), *_city(name, name_en, cities)))
        for code, name, name_en in rows
    ]


async def regions(session: AsyncSession) -> list[Named]:
    """Every region; the tree is no secret."""
    rows: Sequence[Any] = (await session.execute(select(Region.code, Region.name, Region.name_en))).all()
    return [Named(code, (name, f"{name}区", name_en)) for code, name, name_en in rows]


async def ship_tos(session: AsyncSession, actor: Actor, dealer_id: int) -> list[Named]:
    """Where a dealer takes delivery, the default first."""
    columns = (
        select(ShipTo.code, ShipTo.name, ShipTo.name_en)
        .where(visible(actor, ShipTo), ShipTo.dealer_id == dealer_id, ShipTo.active_until.is_(None))
        .order_by(ShipTo.is_default.desc(), ShipTo.id)
    )
    rows: Sequence[Any] = (await session.execute(columns)).all()
    return [Named(code, (name, name_en)) for code, name, name_en in rows]


def _short(name: str) -> list[str]:
    """「北京京华泉商贸集团有限公司」 is also called 北京京华泉 and, without its city, 京华泉."""
    core = name
    for word in GENERIC:
        core = core.replace(word, "")
    city = next((len(long) for long in LONG_CITIES if core.startswith(long)), CITY)
    without_city = core[city:]
    own = (
        without_city[CITY:] if len(without_city) in DISTRICT_AND_NAME else ""
    )  # 「东莞莞城鸿运」 is 鸿运 to those who know it
    bare = next((without_city.removesuffix(word) for word in BEHIND_A_NAME if without_city.endswith(word)), "")
    shorter = ((core, CITY), (without_city, CITY), (own, CITY), (bare, CITY))
    return [short for short, least in shorter if least <= len(short) < len(name) and short not in GENERIC_NAMES]


def _only_one_there(cities: Sequence[str]) -> frozenset[str]:
    return frozenset(city for city, dealers_there in Counter(cities).items() if dealers_there == 1)


def _city(name: str, name_en: str, only: frozenset[str]) -> list[str]:
    """The city that stands for its only dealer: 「东莞的呢」, "and Dongguan?"."""
    return [city for city in (name[:CITY], name_en.split(maxsplit=1)[0]) if city in only]


def _short_english(name: str) -> list[str]:
    """ "Nanjing Jinlingquan Trading Group" is also called Nanjing Jinlingquan."""
    words = name.split()
    while len(words) > 1 and words[-1].strip(".,").lower() in GENERIC_ENGLISH:
        words.pop()
    own = [words[-1]] if len(words) == CITY and len(words[-1]) >= OWN_NAME else []
    behind = [" ".join(words[1:])] if len(words) > CITY else []  # "Taihu Pearl", of Wuxi
    return [*([" ".join(words)] if 1 < len(words) < len(name.split()) else []), *own, *behind]
