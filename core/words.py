"""The catalogues: what the desk says, by key and language, with amounts and dates as the reader writes them (CLDR)."""

import io
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent

from core.errors import QudaoError
from core.money import Amount, round_money

LOCALES: Mapping[str, str] = {"zh": "zh_CN", "zh_TW": "zh_TW", "en": "en"}
FALLBACKS: Mapping[str, str] = {"zh_TW": "zh"}  # whose words stand in where a catalogue lacks some; else English ones
_TRADITIONAL = frozenset({"tw", "hk", "mo", "hant"})


def our_language(tag: str) -> str:
    """Which of ours a tag such as ``zh-Hant-HK`` or ``en_GB`` asks for; empty where it is none."""
    base, *rest = re.split("[-_]", tag.lower())
    if base == "zh" and "hans" not in rest and not _TRADITIONAL.isdisjoint(rest):
        return "zh_TW"
    return base if base in LOCALES else ""


class Words:
    """One language's catalogue. Calling it with a key gives the words, with the parameters put in.

    ``tag`` is one of ``LOCALES``; ``language`` is the same for its variants, as names of dealers and offers are.
    """

    def __init__(self, tag: str, messages: Mapping[str, str], zone: str = "Asia/Shanghai") -> None:
        self.tag = tag
        self.language = tag.partition("_")[0]
        self.zone = ZoneInfo(zone)
        self._messages = messages

    @cached_property
    def locale(self) -> Locale:
        """The CLDR locale of the language."""
        return Locale.parse(LOCALES[self.tag])

    @property
    def web_locale(self) -> str:
        """The same as browsers write it: ``zh-TW``."""
        return LOCALES[self.tag].replace("_", "-")

    def __contains__(self, key: str) -> bool:
        return key in self._messages

    def __call__(self, key: str, /, **params: Any) -> str:
        """The words for ``key``; dates, amounts and numbers among the parameters are written as the reader does."""
        return self._messages[key].format_map({name: self._shown(value) for name, value in params.items()})

    def under(self, prefix: str) -> dict[str, str]:
        """Every entry whose key begins so, as it is written: for a page that puts the parameters in itself."""
        return {key: text for key, text in self._messages.items() if key.startswith(prefix)}

    def error(self, error: QudaoError) -> str:
        """What a refusal says."""
        return self(error.message_key, **error.params)

    def money(self, amount: Decimal, currency: str) -> str:
        """``¥1,234.50``; rounded half up to the currency's minor unit."""
        return format_currency(round_money(amount, currency), currency, locale=self.locale)

    def number(self, value: Decimal | int | float) -> str:
        """Grouped; at most two decimals, half up."""
        exact = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        return format_decimal(exact.normalize() if exact else exact, locale=self.locale)

    def percent(self, rate: Decimal, decimals: int = 1) -> str:
        """A share of one: 0.035 is ``3.5%``; half up, no trailing zeros."""
        exact = rate.quantize(Decimal(1).scaleb(-decimals - 2), rounding=ROUND_HALF_UP)
        pattern = "0." + "#" * decimals + "%" if decimals else "0%"
        return format_percent(exact, pattern, locale=self.locale)

    def day(self, value: date) -> str:
        """``2026年11月20日`` / ``Nov 20, 2026``."""
        return format_date(value, "medium" if self.language != "zh" else "long", locale=self.locale)

    def moment(self, value: datetime) -> str:
        """Day and time of day where the brand trades."""
        return format_datetime(value, "yyyy-MM-dd HH:mm", tzinfo=self.zone, locale=self.locale)

    def quantity(self, value: Decimal | int, unit: str) -> str:
        """``10箱`` / ``10 cases``."""
        amount = Decimal(value)
        key = f"unit.{unit}.one" if amount == 1 else f"unit.{unit}"
        return self(key, quantity=self.number(amount))

    def _shown(self, value: Any) -> Any:
        if isinstance(value, Amount):
            return self.money(value.value, value.currency)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
            return self.number(value)
        return value


class Catalogues:
    """Every language's catalogue, read from ``prompts/locale/<locale>/*.po`` and from what tool packages bring."""

    def __init__(self, *extra: Traversable, zone: str = "Asia/Shanghai") -> None:
        roots = (files("prompts") / "locale", *extra)
        read = {tag: _read(locale, roots) for tag, locale in LOCALES.items()}
        self._words = {tag: Words(tag, read[FALLBACKS.get(tag, "en")] | read[tag], zone) for tag in LOCALES}

    def words(self, language: str) -> Words:
        """The catalogue of a language; one that we lack is answered in English."""
        return self._words.get(language) or self._words["en"]


def _read(locale: str, roots: tuple[Traversable, ...]) -> dict[str, str]:
    messages: dict[str, str] = {}
    for root in roots:
        folder = root / locale
        if not folder.is_dir():
            continue
        for file in sorted(folder.iterdir(), key=lambda item: item.name):
            if file.name.endswith(".po"):
                messages.update(_messages(file.read_bytes()))
    return messages


@cache
def _messages(content: bytes) -> Mapping[str, str]:
    """A catalogue file; each is read once a process, however many desks it has."""
    return {str(m.id): str(m.string) for m in read_po(io.BytesIO(content)) if m.id and m.string}
