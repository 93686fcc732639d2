"""Characters that hasty typing brings up by their sound and that mean nothing where they stand: 差朵少, 最后一担, 返力.

``prompts/slips/heard.yaml`` lists what is written, what is meant, and beside what. Nothing here makes a figure, a yes
or a no, and what stands in a name stays.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from core import plainyaml
from core.language.usual import FIGURE, Grams, symbols

# Told by more than a word beside it: who asks something else of 哪张 means 那张, 得 ends 记得 and 值得, 越 comes twice
# where it isn't 月, 夏 is a season and part of a place, 现在加 is no 再加.
TOLD: Mapping[str, str] = {
    "那": "(?<![有道看我诉晓问清查选是])哪(?=[张单家份个批笔](?:是不是|是什么原因"
    "|[^哪|]*(?:[^什]吗|为啥|为什么|怎么没|怎么还|到哪|款吧|[过走到发]了没)))",
    "的": r"(?<![记觉值要使舍晓懂认不难划用来懒省取获就先都才])(?<=[\u3400-\u9fff])得(?=[呢吗吧]?\|)",
    "给": "几(?=[小老][^时箱件瓶包袋盒0|])",
    "月": "(?<!越.0个)(?<!越..0个)(?<=[0个本上下这当每])越(?![来过]|.{0,6}越)",
    "季": "(?<=[上今本下这])计(?![划算价入量件提时日数重较])",
    "下": r"(?<![今明去前后初盛仲立入这整华宁炎大年])夏(?=[单个来去午周月星面次货架]|\|)",
    "货": r"(?<=[发退补配提送进订要拿到])或(?=\||[了的吗呢没罚]|条款)",
    "再": "(?<![现正])在(?=[加来补减添多要订少](?:0|点|几))",
    "改": r"(?<![覆掩涵瓶])盖(?=成|到|为|单|送|地址|一下)|(?<=[更修])盖|(?<=\|)盖(?=0)",
    "送": r"(?<![小老阿姓])宋(?=[到货过去往城店哪]|上门|前打|0[箱件瓶]|[来给我](?!了))|(?<=[配赠搭])宋",
}
# Told by the figure itself, which a line of symbols hides.
FIGURED: Mapping[str, str] = {
    "期": r"(?<=[逾账帐延展临])七(?![\d天日号个月年周折])|(?<=星)七(?=[一二三四五六日天几\d])",
    "单": "(?<![负承分零整扁重])担(?![心保当任忧负搁待])",
}
FIGURES = re.compile("[零〇一二三四五六七八九十百千万亿两]+")


@dataclass(frozen=True)
class Slip:
    """One character by its sound: what is meant, where it is wrong, and where in there it is right."""

    meant: str
    wrong: re.Pattern[str]
    right: re.Pattern[str] | None = None

    def places(self, line: str) -> set[int]:
        """Where it is wrong in a line of symbols."""
        right = {match.start() for match in self.right.finditer(line)} if self.right else set()
        return {match.start() for match in self.wrong.finditer(line)} - right


def without_slips(text: str, names: Grams) -> str:
    """A folded text with what is meant; ``names`` are grams of the names that are spelt as they are."""
    for meant, pattern in FIGURED.items():
        text = re.sub(pattern, meant, text)
    found, spans = symbols(text)
    line = "".join(found)
    written = list(text)
    for slip in _slips():
        for at in slip.places(line):
            if line[at - 1 : at + 1] not in names and line[at : at + 2] not in names:
                written[spans[at][0]] = slip.meant
                line = line[:at] + slip.meant + line[at + 1 :]
    return "".join(written)


@cache
def _slips() -> Sequence[Slip]:
    table = plainyaml.load((files("prompts") / "slips" / "heard.yaml").read_text("utf-8"))
    return (
        *(Slip(pair[1], re.compile(pair[0]), _within(pair[0], words)) for pair, words in table["everywhere"].items()),
        *(Slip(pair[1], _within(pair[0], words)) for pair, words in table["beside"].items()),
        *(Slip(meant, re.compile(pattern)) for meant, pattern in TOLD.items()),
    )


def _within(char: str, words: Iterable[str]) -> re.Pattern[str]:
    """The places of a character within any of these words."""
    shown = [FIGURES.sub(FIGURE, word) for word in words]
    found = {(word[: word.index(char)], word[word.index(char) + 1 :]) for word in shown}
    return re.compile("|".join(f"(?<={re.escape(one)}){char}(?={re.escape(two)})" for one, two in sorted(found)))
