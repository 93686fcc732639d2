"""The same words as people mistype them: each kind of noise changes a message without changing what it asks."""

import random
import re
from collections.abc import Callable, Mapping

from core.language.detect import detect

Noise = Callable[[str, random.Random], str]

# Each character before one that the same pinyin brings up. Figures and units stay: another one means another thing.
SOUND_ALIKE = """
    绿录 茶查 水睡 汁之 橙成 返反 利力 订定 单担 货或 到道 那哪
    上尚 下夏 送宋 仓苍 库裤 存村 价架 多朵 少绍 还环 欠歉 查茶
    改盖 再在 给几 额鹅 授受 信心 款宽 期七 季计 度渡 销消 售受
    区曲 月越 的得 在再 可克 乐勒 红宏 矿况 泉全 加家 取娶 消销
    确却 发法
"""
SOUNDS: Mapping[str, str] = {pair[0]: pair[1] for pair in SOUND_ALIKE.split()}
FACES = ("😊", "🙏", "👍", "😂", "❤️", "🌹")
MARKS = re.compile(r"[，。！？；：、,.!?;:](?!\d)(?<!\d[,.:])")
LATIN = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z]{5,}(?![A-Za-z0-9-])")
HAN = re.compile(r"[\u4e00-\u9fff]")


def _typos(text: str, draw: random.Random) -> str:
    """Two letters of a longer word change places; a Chinese character comes twice."""
    words = [match for match in LATIN.finditer(text) if not match.group().isupper()]
    if words:
        word = draw.choice(words)
        at = word.start() + draw.randrange(1, len(word.group()) - 2)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    places = [match.start() for match in HAN.finditer(text)]
    if not places:
        return text
    at = draw.choice(places)
    return text[:at] + text[at] + text[at:]


def _full_width(text: str, _draw: random.Random) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _spaces(text: str, draw: random.Random) -> str:
    """Between Chinese characters, and double between words; never within a number, a code or a word."""
    spread = re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", lambda _: " " if draw.random() < 0.3 else "", text)
    return " " + spread.replace(" ", "  ") + " "


def _emoji(text: str, draw: random.Random) -> str:
    return f"{draw.choice(FACES)}{text}{draw.choice(FACES)}{draw.choice(FACES)}"


def _homophones(text: str, draw: random.Random) -> str:
    """One character in five words or so, as a hasty input method writes it."""
    places = [at for at, char in enumerate(text) if char in SOUNDS]
    if not places:
        return text
    wrong = set(draw.sample(places, max(1, len(places) // 5)))
    return "".join(SOUNDS[char] if at in wrong else char for at, char in enumerate(text))


def _unpunctuated(text: str, _draw: random.Random) -> str:
    return " ".join(MARKS.sub(" ", text).split())


def _polite(text: str, _draw: random.Random) -> str:
    if detect(text, among=("zh_CN", "zh_TW", "en"), default="zh_CN") == "zh_TW":
        return f"您好，麻煩您了，{text}，謝謝啦"
    chinese = len(HAN.findall(text)) * 2 > len(re.findall(r"[A-Za-z]", text))
    return f"您好，麻烦您了，{text}，谢谢啦" if chinese else f"Hi there, {text} Thanks a lot!"


NOISES: Mapping[str, Noise] = {
    "typos": _typos,
    "full width": _full_width,
    "spaces": _spaces,
    "emoji": _emoji,
    "homophones": _homophones,
    "no punctuation": _unpunctuated,
    "politeness": _polite,
}
