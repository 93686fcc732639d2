"""Amounts in a currency that results don't count in: yuan told as dollars, euros or yen."""

import re
from collections.abc import Iterator, Mapping

from core.checks.said import Said
from core.checks.view import View
from core.checks.wrong import Wrong

CURRENCIES: Mapping[str, re.Pattern[str]] = {
    "USD": re.compile(r"us ?\$|(?<![a-z])(?:usd|us dollars?|american dollars?)(?![a-z])|美[元金刀]"),
    "HKD": re.compile(r"hk ?\$|(?<![a-z])(?:hkd|hong kong dollars?)(?![a-z])|港(?:元(?!朗)|[币幣纸])"),
    "TWD": re.compile(r"nt ?\$|(?<![a-z])(?:twd|ntd)(?![a-z])|[新]?台[币幣]"),
    "SGD": re.compile(r"(?<![a-z])(?:sgd|singapore dollars?)(?![a-z])|(?<![a-z])s\$|新(?:加坡)?元(?!旦|素|气)"),
    "EUR": re.compile(r"€|(?<![a-z])(?:eur|euros?)(?![a-z])|欧元"),
    "GBP": re.compile(r"£|(?<![a-z])(?:gbp|pounds? sterling|british pounds?)(?![a-z])|英镑"),
    "JPY": re.compile(r"jp ?¥|(?<![a-z])(?:jpy|yen)(?![a-z])|日(?:元(?![旦气素])|圆)|円"),
    "CNY": re.compile(r"(?:cn|rmb) ?¥|(?<![a-z])(?:cny|rmb|renminbi|yuan)(?![a-z])|人民币"),
}
YUAN = frozenset({"CNY"})
FOREIGN = re.compile(
    r"[$€£円刀圆]|[美港欧日]元|美[金刀]|新(?:加坡)?元|港[纸]|币|镑|jp ?¥"
    r"|(?<![a-z])(?:usd|hkd|twd|ntd|sgd|eur|euros?|gbp|pounds?|jpy|yen|british|dollars?)(?![a-z])"
    r"|dollars?|sterling"
)
DOLLARS = frozenset({"USD", "HKD", "TWD", "SGD", "AUD", "CAD", "NZD"})
ANY_DOLLARS = re.compile(r"(?<![a-z])\$ ?\d|(?<![a-z])dollars?(?![a-z])|(?<=[\d万千百])(?:美|加|澳)?刀(?![具片])")


def wrong_currencies(said: Said, view: View) -> Iterator[Wrong]:
    """A currency that neither the figures nor the words of results nor the reader's have."""
    if not view.currencies:
        return
    if view.currencies == YUAN and not FOREIGN.search(said.text):
        return
    for name, pattern in CURRENCIES.items():
        found = pattern.search(said.text)
        known = name in view.currencies or view.matches(pattern) or pattern.search(view.said)
        if found and not known:
            yield Wrong(f"{found.group()}: results don't count in {name}")
    found = ANY_DOLLARS.search(said.text)
    if found and not view.currencies & DOLLARS and not view.holds("$") and not view.holds("dollar"):
        yield Wrong(f"{found.group()}: results count in no dollars")
