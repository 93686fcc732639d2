"""Nothing here may be slow on any text. Bounds are loose, for busy machines, yet a runaway pattern breaks them."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from time import perf_counter

import pytest

from core.language.dates import find_wanted_date
from core.language.detect import detect
from core.language.normalise import clean, fold
from core.language.numerals import find_numbers
from core.language.quantities import find_quantities
from core.language.timeranges import find_time_range

TODAY = date(2026, 11, 20)
FINDERS: dict[str, Callable[[str], object]] = {
    "clean": clean,
    "fold": fold,
    "numbers": find_numbers,
    "quantities": find_quantities,
    "time range": lambda text: find_time_range(text, TODAY),
    "wanted date": lambda text: find_wanted_date(text, TODAY),
    "language": lambda text: detect(text, default="zh"),
}
MESSAGES = (
    "查一下W-550的库存，要10箱绿茶5箱矿泉水，明天上午送到城南仓，谢谢👌",
    "Please send 10 cases of W-550 and a couple of pallets by next Friday",
    "去年三季度到今年9月华东的销量和同期比怎么样",
)
HOSTILE = (
    "1", "一", "几", "1,", "1,111", "a1", "1-", "1.", "one ", "hundred and ", "¥", "x1", "w-", "1 000 ", "@a", "到1",
    "35块8", "24瓶", "10月到", "去年", "last ", "2026-", "25号", "jan ", "q1-", "近1", " ", "\u0301", "\u200b", "👌",
    "绿茶 ", "http",
)  # fmt: skip


@pytest.mark.parametrize("name", FINDERS)
@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_takes_about_a_millisecond(name: str, message: str) -> None:
    find = FINDERS[name]
    find(message)
    assert min(_seconds(find, message) for _ in range(20)) < 0.005


@pytest.mark.parametrize("name", [name for name in FINDERS if name != "numbers"])
def test_time_grows_with_the_length_of_the_text_and_no_faster(name: str) -> None:
    for piece in HOSTILE:
        assert _seconds(FINDERS[name], piece * (5_000 // len(piece))) < 2, piece


@pytest.mark.parametrize("name", [name for name in FINDERS if name != "numbers"])
def test_a_hundred_thousand_characters_are_no_trouble(name: str) -> None:
    assert _seconds(FINDERS[name], (MESSAGES[0] + "\n") * 2700) < 20


def _seconds(find: Callable[[str], object], text: str) -> float:
    start = perf_counter()
    find(text)
    return perf_counter() - start


def test_the_heavy_libraries_wait_until_they_are_needed() -> None:
    program = (
        "import sys, core.language.dates, core.language.detect, core.language.pinyin, core.language.quantities\n"
        "core.language.quantities.find_quantities('要10箱')\n"
        "print(sorted({'pypinyin', 'rapidfuzz', 'py3langid', 'cn2an', 'numpy', 'opencc'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "['opencc']"  # whose table of characters is read; 8 ms
