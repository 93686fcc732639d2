"""What kind of contract it is, and of what trade."""

import re
from collections.abc import Mapping, Sequence

from core.contracts.findings import Kind
from core.contracts.text import Contract
from core.language.normalise import simplified

_KINDS: Sequence[tuple[Kind, re.Pattern[str]]] = (
    (
        Kind.CONFIDENTIALITY,
        re.compile(r"保密|守[秘密]|秘密|不披露|non-?disclosure|confidentiality agreement|\bNDA\b", re.IGNORECASE),
    ),
    (Kind.AGENCY, re.compile(r"代理(?!商)|代销|agency|commission agent", re.IGNORECASE)),
    (
        Kind.DEALER,
        re.compile(
            r"经销|经售|承销|特约|加盟|专卖|代[卖拿]|[拿进]货|(?<!买)卖货|销售合作|dealer|franchise|reseller",
            re.IGNORECASE,
        ),
    ),
    (Kind.DISTRIBUTION, re.compile(r"分销|配送|渠道|总代|代理商|distribut", re.IGNORECASE)),
    (
        Kind.PURCHASING,
        re.compile(
            r"采购|购[销买货]|收购|买卖|供货|供应|订[货购]|purchas|supply|sales? (?:agreement|contract)|\bsale of\b",
            re.IGNORECASE,
        ),
    ),
)
_TRADES: Mapping[str, re.Pattern[str]] = {
    "pharma": re.compile(r"药品|OTC|医疗器械|疫苗|制药|药业|中成药|药店|drug|pharma", re.IGNORECASE),
    "drinks": re.compile(
        r"白酒|啤酒|葡萄酒|黄酒|饮料|饮品|[苏打气泡]{2}水|凉茶|咖啡|饮用水|矿泉水|果汁|茶饮|酒业|酒类|酒水|beverage|beer|wine|spirits",
        re.IGNORECASE,
    ),
    "food": re.compile(
        r"食品|粮油|(?:食用|橄榄|菜籽|花生|山茶|大豆|玉米|葵花籽?|芝麻)油|乳业|牛奶|鲜奶|奶粉|酸奶|零食|糕点|肉制品|调味|水果|大米|面粉|冷冻|生鲜|海鲜|水产|酱油|\bfood|snack|dairy",
        re.IGNORECASE,
    ),
}
_ANIMALS = re.compile(r"(?:宠物|饲料|兽药|农药|种子|肥)[^，。；\n]{0,6}")
_OFTEN = 3
_SALES = re.compile(r"销售(?:合作)?(?:协议|合同|合约)")  # 「复合肥销售协议」 with a dealer as the other party
_WORDS: Mapping[Kind, re.Pattern[str]] = {
    Kind.CONFIDENTIALITY: re.compile(r"保密|[机秘]密|泄[露漏]|外[泄传]|披露|接收方|提供方|资料|保守|缄口"),
    Kind.DEALER: re.compile(
        r"经销|代理|授权|区域|返利|市场|终端|门[店市]|批发|[进提窜铺]货|渠道|网点|专卖|[厂下]家|分销|陈列|卖场|推广|店招"
    ),
    Kind.PURCHASING: re.compile(r"采购|购买|订购|[供需买卖]方|交货|交付|验收|发票|规格"),
}
_VERY_OFTEN = 5
_OF_ANOTHER_NAME = re.compile(r"租|劳[动务]|雇|聘|借款|贷款|保险|运输|承揽|施工|装修|工程|技术|赠与|房|土地|股权|合伙")


def kind_of(contract: Contract) -> Kind:
    """From the title, else from what the text speaks of most; a contract of another name by law is another thing."""
    title = simplified(contract.title)
    for kind, pattern in _KINDS:
        if pattern.search(title):
            return kind
    counts = {kind: len(pattern.findall(contract.masked[:20_000])) for kind, pattern in _KINDS}
    if _SALES.search(title) and counts[Kind.DEALER]:
        return Kind.DEALER
    best = max(counts, key=lambda kind: counts[kind])
    if counts[best] >= _OFTEN:
        return best
    return Kind.OTHER if _OF_ANOTHER_NAME.search(title) else _by_its_words(contract.masked)


def _by_its_words(text: str) -> Kind:
    """A clerk's contract may never say what it is, yet it speaks of little else."""
    counts = {kind: len(pattern.findall(text)) for kind, pattern in _WORDS.items()}
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] >= _VERY_OFTEN else Kind.OTHER


def trades_of(contract: Contract) -> frozenset[str]:
    """What goods it is about, as far as a duty depends on them."""
    title = simplified(contract.title)
    if _ANIMALS.search(title):
        return frozenset()
    text = _ANIMALS.sub("", contract.masked)
    counts = {trade: len(pattern.findall(text)) + 2 * len(pattern.findall(title)) for trade, pattern in _TRADES.items()}
    return frozenset(trade for trade, count in counts.items() if count >= 2)
