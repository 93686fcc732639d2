"""Who is the brand and who the dealer in a contract, and by which names it calls them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.language.normalise import simplified

_BRAND_WORDS = (
    "供方|供货方|供应商|供应方|原厂|生产方|出卖方|许可人|卖方|出卖人|销售方|厂方|厂家|厂商|生产商|生产企业|制造商|品牌方|品牌商|授权方|许可方|特许人|委托方|委托人|"
    "被代理人|本公司|我司|我公司|贵方公司|总部|总代理商?|上游"
)
_DEALER_WORDS = (
    "需方|购货方|分销方|渠道方|渠道商|承销人|承销方|推广方|推广商|服务方|服务商|总经销(?!单位)|经营部|受推广方|收货方|采购方|采购商|买方|买受人|受让方|经销商|分销商|代理商|代销商|代理人|代销方|经销方|代理方|被授权方|被许可方|受许人|"
    "加盟商|加盟方|特约店|合作商|合作方|客户|门店|受托方|受托人|零售商|批发商"
)
_BRAND_ENGLISH = (
    r"the Supplier|Supplier|the Manufacturer|Manufacturer|the Company|Company|the Vendor|Vendor|the Seller|"
    r"Seller|the Principal|"
    r"Principal|the Licensor|Licensor|the Franchisor|Franchisor|the Producer|Producer|the Brand Owner|Brand Owner"
)
_DEALER_ENGLISH = (
    r"the Distributor|Distributor|the Dealer|Dealer|the Reseller|Reseller|the Agent|Agent|the Buyer|Buyer|"
    r"the Purchaser|Purchaser|"
    r"the Customer|Customer|the Licensee|Licensee|the Franchisee|Franchisee|the Retailer|Retailer|the Wholesaler|"
    r"Wholesaler"
)
_NOBODY = "(?!)"
_OURSELVES = re.compile("厂|本公司|我司|我公司|贵方公司|总部")  # a party whatever else the contract calls it
_NAMED_AS = (
    r"{x}\s*(?:为|系|是|[（(])?\s*(?:以下|下)?(?:简?称(?:为)?)?[“\"]?(?:{role})[）)”\"，。,]|(?:{role})\s*[（(]\s*{x}"
)
_MOSTLY_OTHERS, _OFTEN = {"客户", "门店", "零售商", "批发商"}, 5
_SAID = 20  # what a role that is said outright counts for
_ORGANISED = re.compile("公司|集团|[厂店行社部站庄园场院所]$|中心|超市|门市|企业|商行|经营|合作社|个体|某|[A-Za-z]{3}")
_ROLE = re.compile("[方人商店社部厂]$|公司$")
_SURE = -2  # the first party is the brand unless the text says clearly otherwise
_PAIRS: Sequence[tuple[str, str]] = (("甲方", "乙方"), ("Party A", "Party B"), ("A方", "B方"))
_DOES_AS_BRAND = (
    r"{x}\s*(?:[^。；\n]{{0,12}})?(?:授权|委任|许可|供货|发货|交货|供应|生产|产品|商标|品牌|给予|支持|出厂)",
    r"{x}\s*[系为是][^。；\n]{{0,24}}(?:生产|厂|总经销|总代理|品牌)",
    r"向\s*{x}\s*(?:[^。；\n]{{0,12}})?(?:采购|购买|订货|进货|支付货款|付款|缴纳|交纳|提货|打款|下达?订单)",
    r"(?:经销|代理|销售|代销|购买|卖|推广|分销)\s*{x}\s*(?:的|生产|供应|所|产品|[“\"])",
    r"{x}\s*(?:grants|appoints|supplies|sells|shall supply|shall deliver|manufactures)",
)
_DOES_AS_DEALER = (
    r"{x}\s*(?:[^。；\n]{{0,12}})?(?:经销|代理销售|订货|采购|购买|进货|提货|付清|付款|缴纳|交纳|打款)",
    r"{x}\s*(?:[^。；\n]{{0,12}})?(?:支付货款|转售|门店|终端|库存|下游)",
    r"(?:授权|委任|许可|供货给|交付给|发给|返利给|给予)\s*{x}",
    r"向\s*{x}\s*(?:[^。；\n]{{0,6}})?(?:供货|发货|交货|供应|交付|提供产品|返利)",
    r"(?:grants|appoints|grants to|supplies|sells to)\s+{x}",
)
_DEFINED = re.compile(
    r"([\u4e00-\u9fff（）()A-Za-z·&，, ]{4,40}?)\s*[（(][^（()）\n“”\"]{0,24}?(?:(?:简)?称(?:为)?\s*[：:]?"
    r"\s*[“\"「]?|[“\"「])\s*"
    r"([\u4e00-\u9fffA-Za-z]{2,8})\s*[”\"」]?\s*[)）]"
)
_NAMED = re.compile(
    r"(甲\s*方|乙\s*方|供方|需方|卖方|买方|披露方|接收方|Party A|Party B)\s*(?:[（(][^）)\n]{1,12}[）)])"
    r"?\s*[：:]\s*([^\n，,；;。：:]{3,50}?)(?=[\s（(]|[甲乙]方|$|[\n，,；;。：:])"
)
_ENGLISH_NAMED = re.compile(
    r"([A-Z][\w&.,'’() -]{2,70}?(?:Inc|Ltd|Limited|LLC|Corp|Corporation|GmbH|AG|S\.A|B\.V|PLC|plc|Co|"
    r"Company|L\.P)\b\.?)"
    r"[^\"“]{0,160}?[(]\s*(?:hereinafter|the|collectively|referred to as|\s|,)*[\"“]([A-Z][\w ]{1,30})[\"”]"
)


@dataclass(frozen=True, slots=True)
class Parties:
    """``names`` by the label the contract uses; the labels of either side as patterns."""

    names: Mapping[str, str]
    brand: str
    dealer: str

    def pattern(self, side: str) -> str:
        """The labels of ``brand`` or ``dealer``, longest first, ready for a regular expression."""
        return self.brand if side == "brand" else self.dealer


def parties_of(text: str) -> Parties:
    """From the contract's own words: who authorises, delivers and grants, who buys, pays and resells."""
    names = dict(_names(text))
    brand, dealer = _labels(text, names)
    return Parties(names, "|".join(brand), "|".join(dealer))


def names_another(parties: Mapping[str, str], text: str, own: Sequence[str], brand: Sequence[str]) -> str:
    """The company that a contract is with, other than the brand, where it isn't the one with these ``own`` names.

    Empty where it is, or where the contract names nobody.
    """
    plain = _core(text)
    if any(name and _core(name) in plain for name in own):
        return ""
    others = (name for name in parties.values() if _ORGANISED.search(name))
    return next((name for name in others if not any(one and _core(one) in _core(name) for one in brand)), "")


def _core(name: str) -> str:
    """A company's name without its legal form, whichever characters it is written in."""
    return _LEGAL_FORM.sub("", re.sub(r"\s+", "", simplified(name)).casefold())


_LEGAL_FORM = re.compile(r"(?:股份|集团|有限责任|有限)*公司$|(?:co\.?,?)?(?:ltd|limited)\.?$|(?:inc|llc|corp)\.?$")


def anybody() -> Parties:
    """All words that may mean a party: for a sentence without its contract."""
    return Parties({}, f"{_BRAND_WORDS}|{_BRAND_ENGLISH}", f"{_DEALER_WORDS}|{_DEALER_ENGLISH}")


def _names(text: str) -> Sequence[tuple[str, str]]:
    head = text[:4_000]
    found = [(re.sub(r"\s", "", match.group(1)), match.group(2).strip(" _：:")) for match in _NAMED.finditer(head)]
    defined = [match for match in _DEFINED.finditer(head) if re.search("[\u4e00-\u9fff]", match.group(1))]
    found += [(match.group(2), _trimmed(match.group(1))) for match in defined]
    found += [(match.group(2), match.group(1).strip()) for match in _ENGLISH_NAMED.finditer(head)]
    return [(label, name) for label, name in reversed(found) if name and "盖章" not in name and "签字" not in name]


def _trimmed(name: str) -> str:
    return re.sub(r"^.*?(?:由|与|和|及|，|,)\s*", "", name).strip()


def _labels(text: str, names: Mapping[str, str]) -> tuple[list[str], list[str]]:
    brand = [*_spoken_of(_BRAND_WORDS, text, names), _BRAND_ENGLISH]
    dealer = [*_spoken_of(_DEALER_WORDS, text, names), _DEALER_ENGLISH]
    for one, other in (*(pair for pair in _PAIRS if all(each in text for each in pair)), *_coined(text, names)):
        sure = _NOBODY in {one, other} or _score(text, one) - _score(text, other) >= _SURE
        first, second = (one, other) if sure else (other, one)
        brand.insert(0, _label(first))
        dealer.insert(0, _label(second))
    return brand, dealer


def _spoken_of(words: str, text: str, names: Mapping[str, str]) -> list[str]:
    """The general words that mean a party here: where a contract says 甲方 and 乙方, or one of these words far more
    often, its customers and other dealers are third parties."""
    counts = {word: len(re.findall(word, text)) for word in words.split("|")}
    often = min(text.count(one) for one in _PAIRS[0]) or max(counts.values()) / 2
    return [
        word
        for word, count in counts.items()
        if word in names or _OURSELVES.search(word) or count >= max(often, _OFTEN if word in _MOSTLY_OTHERS else 1)
    ]


def _coined(text: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Labels that only this contract uses, with the one on the other side."""
    known = f"(?:{_BRAND_WORDS}|{_DEALER_WORDS}|{_BRAND_ENGLISH}|{_DEALER_ENGLISH}|甲方|乙方)"
    labels = [
        label
        for label, name in names.items()
        if re.fullmatch(known, label) is None
        and text.count(label) > 2
        and (_ORGANISED.search(name) or _ROLE.search(label))
    ]
    if not labels and not re.search("甲方|乙方", text):
        labels = _short_names(text)
    if len(labels) == 2:
        return [(labels[0], labels[1])]
    if len(labels) != 1:
        return []
    others = [label for label in names if label != labels[0]]
    is_brand = any(re.fullmatch(f"(?:{_DEALER_WORDS}|{_DEALER_ENGLISH}|乙方)", other) for other in others)
    is_dealer = any(re.fullmatch(f"(?:{_BRAND_WORDS}|{_BRAND_ENGLISH}|甲方)", other) for other in others)
    return [(labels[0], _NOBODY)] if is_brand else [(_NOBODY, labels[0])] if is_dealer else []


def _short_names(text: str) -> list[str]:
    """The two companies that are spoken of most, where the contract gives nobody a role."""
    counts = Counter(
        match
        for match in re.findall("[\u4e00-\u9fff]{2}公司", text)
        if not re.search("有限|股份|分子|母公|本公|我公|贵公|任何|该公|关联|保险|物流", match)
    )
    return [name for name, count in counts.most_common(2) if count > 4]


def _label(label: str) -> str:
    if label == "公司":
        return _CHINESE_COMPANY
    return label.replace(" ", r"\s") if label != _NOBODY else _NOBODY


_CHINESE_COMPANY = "(?<![有限份分子限总母立该本我贵联])公司(?!法|章|印|注册|股|成立|名|登记|住所|组织)"


def _score(text: str, label: str) -> int:
    if label == _NOBODY:
        return 0
    as_brand = sum(len(re.findall(pattern.format(x=label), text)) for pattern in _DOES_AS_BRAND)
    as_dealer = sum(len(re.findall(pattern.format(x=label), text)) for pattern in _DOES_AS_DEALER)
    said = sum(
        sign * bool(re.search(_NAMED_AS.format(x=label, role=role), text))
        for role, sign in ((_BRAND_WORDS, _SAID), (_DEALER_WORDS, -_SAID))
    )
    return as_brand - as_dealer + said
