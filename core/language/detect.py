"""Which of the languages in use a message is written in."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from core.language.normalise import fold, leaning

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

CONSIDERED = 2000  # characters
_SCRIPTS: Mapping[str, str] = {
    "kana": r"[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]",
    "han": r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f]",
    "hangul": r"[\u1100-\u11ff\uac00-\ud7af]+",
    "thai": r"[\u0e00-\u0e7f]+",
    "cyrillic": r"[\u0400-\u052f]+",
    "arabic": r"[\u0600-\u06ff\u0750-\u077f]+",
    "greek": r"[\u0370-\u03ff]+",
    "hebrew": r"[\u0590-\u05ff]+",
    "devanagari": r"[\u0900-\u097f]+",
    "latin": r"[a-z\u00df-\u024f\u1e00-\u1eff\u0300-\u036f']+",
}
_SCRIPT_OF: Mapping[str, str] = (
    {
        "zh": "han",
        "yue": "han",
        "ja": "kana",
        "ko": "hangul",
        "th": "thai",
        "el": "greek",
        "he": "hebrew",
        "hi": "devanagari",
    }
    | dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"), "cyrillic")
    | dict.fromkeys(("ar", "fa", "ur", "ps", "ug"), "arabic")
)
_WORDS_A_CHARACTER: Mapping[str, float] = {"han": 0.67, "kana": 0.5}
_NEUTRAL = re.compile(
    r"https?://\S+|(?<!\S)\S+@\S+|(?<![a-z0-9])[a-z]{0,8}[-_]?\d[a-z0-9]*(?:[-_/.][a-z0-9]+)*"
    r"|(?<![a-z])(?:ok|okay|k|hi|sku|ml|l|kg|g|t|cs|ctns?|pcs?|pc|x|rmb|cny|usd|eur|po|so|vip|app|pdf|xlsx?|csv|no|ytd|mtd"
    r"|am|pm|ka)(?![a-z])"
)
_CHINESE_FRAME = re.compile(
    "[的了吗呢吧么啊我你您他她它们要查看下一是在有没啥怎什多少哪给把来再请帮和跟也都还就这那到从对会能可想个几谁为"
    "吃送订发退换改补问]"
)
_JAPANESE_FRAME = re.compile("[ぁ-ゖ]")
_ENGLISH_FRAME = frozenset(
    "i you we they he she it me my our your a an the and or of to for in on at by from with is are am was were be do "
    "does did have has had can could will would should please what where when which who how why not no yes want need "
    "show tell give this that these those there".split()
)
_GREETINGS: Mapping[str, str] = {
    "en": "hello hey thanks thank bye price stock order help yes cancel confirm rebate delivery invoice",
    "es": "hola gracias buenos buenas precio pedido sí ayuda",
    "pt": "olá oi obrigado obrigada bom boa preço pedido ajuda sim",
    "fr": "bonjour salut merci oui prix commande aide bonsoir",
    "de": "hallo danke guten bitte preis bestellung hilfe ja nein",
    "it": "ciao grazie buongiorno prezzo ordine aiuto buonasera",
    "nl": "hoi dank bedankt goedemorgen prijs bestelling",
    "pl": "cześć dziękuję dzięki cena zamówienie dzień dobry",
    "tr": "merhaba teşekkürler selam fiyat sipariş evet",
    "vi": "chào xin cảm ơn giá đơn",
    "id": "halo terima kasih harga pesanan tolong selamat",
    "ms": "hai terima kasih harga pesanan tolong selamat",
}  # what a model trained on longer texts gets wrong
_TWINS: Mapping[str, frozenset[str]] = {
    "id": frozenset(
        "bisa dus kirim dikirim kirimkan kemarin kuartal lalu dong gimana bagaimana nggak toko kantor faktur tagihan "
        "lunas jatuh tempo plafon termin piutang kulkas telepon batalin kok deh sih penjualan butuh unggah "
        "publikasikan gratis merek rusak karena resi ekspedisi kedaluwarsa pak mau anda sudah perusahaan".split()
    ),
    "ms": frozenset(
        "tak nak dah tu ni awak bila semalam lepas hantar dihantar penghantaran kedai lori pukul cawangan had bayaran "
        "tertunggak invois jualan jurujual pengedar percuma kotak kilang duit bagi cakap perisa tin kutipan luput "
        "semak fail terbitkan senarai peratus suku rebat belian tersalah tangguh pembekal aduan senaraikan mahu "
        "sajalah berbanding kola bos sekotak syarikat kenapa".split()
    ),
}  # words of one of two languages that the model takes for each other


def detect(text: str, *, among: Sequence[str] = ("zh", "en"), default: str) -> str:
    """One of ``among`` (such as zh, zh_TW, en), or ``default`` for a code, a number, an emoji or a foreign script.

    The script decides; between languages that share one, py3langid. In a mixed message the words that hold the sentence
    together count more than the names in it. Chinese that simplified and traditional characters write alike is in those
    of ``default``.
    """
    said = _NEUTRAL.sub(" ", fold(text[:CONSIDERED]))
    weights = _weights(said)
    languages = {_base(code): code for code in reversed(among)}
    for script in sorted(weights, key=lambda script: -weights[script]):
        candidates = [base for base in languages if _SCRIPT_OF.get(base, "latin") == script]
        if script == "han" and "kana" in weights and "ja" in languages:
            return languages["ja"]
        if script == "han" and len(_JAPANESE_FRAME.findall(said)) > 1:
            return default
        if candidates:
            best = candidates[0] if len(candidates) == 1 else _identify(said, frozenset(candidates), _base(default))
            return _variant(text, among, default) if best == "zh" else languages[best]
    return default


def _base(code: str) -> str:
    return re.split("[-_]", code, maxsplit=1)[0].lower()


def _weights(said: str) -> dict[str, float]:
    """How many words of each script there are, about; single letters and a lone の are none."""
    found = {script: pattern.findall(said) for script, pattern in _patterns().items()}
    found["latin"] = [word for word in found["latin"] if len(word) > 1 or word in "iaeoyàéóu"]
    if found["kana"] in (["の"], ["ノ"]) and found["han"]:
        found["kana"] = []
    weights = {script: len(words) * _WORDS_A_CHARACTER.get(script, 1.0) for script, words in found.items() if words}
    if found["han"] and found["latin"]:
        weights["han"] += 1.5 * len(_CHINESE_FRAME.findall(said))
        weights["latin"] += 1.5 * sum(word in _ENGLISH_FRAME for word in found["latin"])
    return weights


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {script: re.compile(pattern) for script, pattern in _SCRIPTS.items()}


def _variant(text: str, among: Sequence[str], default: str) -> str:
    """Traditional characters are answered in them, where they are in use."""
    codes = [code for code in among if _base(code) == "zh"]
    side = leaning(text[:CONSIDERED])
    if side == 0 and default in codes:
        return default
    wanted = ("tw", "hk", "hant") if side > 0 else ("zh", "cn", "sg", "hans")
    return next((code for code in codes if re.split("[-_]", code.lower())[-1] in wanted), codes[0])


def _identify(said: str, candidates: frozenset[str], default: str) -> str:
    words = said.split()
    likely = sorted(candidates, key=lambda language: (language != default, language))
    if len(words) <= 3:
        for language in likely:
            if set(_GREETINGS.get(language, "").split()) & set(words):
                return language
        if len(words) == 1 and said.isascii() and default in candidates:
            return default
    identifier = _identifier(candidates)
    if identifier is None:
        return likely[0]
    found = str(identifier.classify(said)[0])
    return _twin(found, said, default) if found in _TWINS and candidates >= _TWINS.keys() else found


def _twin(found: str, said: str, default: str) -> str:
    words = set(_patterns()["latin"].findall(said))
    return max(_TWINS, key=lambda one: (len(words & _TWINS[one]), one == default, one == found))


@cache
def _identifier(languages: frozenset[str]) -> "LanguageIdentifier | None":
    """py3langid's model, restricted; it takes about half a second to load."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = languages & set(identifier.labels)
    identifier.set_languages(known or None)
    return identifier if known else None
