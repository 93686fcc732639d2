"""Chinese characters written by ear, or twice: 绿查来5箱, 消售, 30箱箱, as the ones that usually stand there.

Every character of the sound is weighed by how usual it is between its neighbours; what is usual as written stays, and
so does what is part of a name. No figure is made nor changed: a quantity isn't guessed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pypinyin.constants import PHRASES_DICT

from agents.offline.wording.byear import without_slips
from core.language.dictionary import is_a_word
from core.language.pinyin import alike, sounds_of
from core.language.usual import EDGE, FIGURE, Grams, Usual, symbols

NUMBERS = frozenset("零〇一二三四五六七八九十百千万亿两半双几多壹贰叁肆伍陆柒捌玖拾佰仟俩仨")
COUNTS = NUMBERS | frozenset("箱件提包排托板瓶支罐听桶盒袋杯打吨斤块个元角分毛号月日年点周天季升克趟")
NEVER_TWICE = frozenset("十百千拾佰仟两")
ASKING = frozenset("少久长大远")  # behind 多: it counts nothing there
MADE = frozenset("多月季周")  # the ones of these that may be made: 多少, 上个月
NO = frozenset("不没未无非别莫勿否")  # never made
KEPT = NO | frozenset(  # a yes, a no, what is done, money, and what is often said by itself: 「被罚了」「来个急的」
    "是系好行可停废欠付改加减换退涨起砍删划钱罚急抵逗宝催亏赚赔丢撞抢救事"
)
DECIDED = frozenset("确认 确定 取消 同意 撤销 可以 作废".split())
WHOLE = frozenset(  # of the trade, which few examples hold
    "工作日 休息日 到期日 结算日 截单日 结下来 到齐 发齐 用得 年会".split()
)
PLAIN = frozenset(  # stand beside anything, so that little is to be read out of what is beside them
    "买卖赔呢了吗吧啊呀么砍划删搞弄补留拿谁也起久实写去但又还都就才把让被和跟在再有能会想用哦呃嗯哎唉他她它说家住这那差先于太完低"
)
BEFORE_MUCH = frozenset("最不好更许")
PLACES, TITLES = frozenset("店仓路街超"), frozenset("总经哥姐老师工叔")  # end a shop's name, follow a person's
SURNAMES = frozenset(  # behind 小 and 老 they are somebody's, whom no example names
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏方邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵严戴孔汤"
)
CALLED = frozenset("小老阿")
AGAIN = frozenset("上下前后")  # 上上周, 下下个月
TIMES = frozenset("个月周季礼星次年")
# How much likelier another character must make the whole (natural logarithm): in a name, a word, where it often stands.
BY_A_NAME, BY_A_WORD, BY_PLACE, PLAINLY = 2.9, 4.0, 6.0, 7.5
SIMILAR = 9.0  # where it only sounds similar
BY_ITSELF = 12.5  # of two that nothing beside them tells apart
COMMON = 40  # times that a character must have been seen for that
ONCE = 4.5  # and a character that is said once
SELDOM = 2  # times that something may have been seen and still be a slip: examples hold slips too
LEAST, OFTEN = 3, 6  # times that a word, and three symbols in a row, must have been seen
FAR = 15  # how much oftener a word must have been seen than the one that is written
TOGETHER = 8.0  # how much oftener than by chance the characters of a word stand together
A_NAME = 10  # times that a name counts for
MOST = 8  # slips in a message


@dataclass(frozen=True)
class Ear:
    """What is usually written, and which characters sound alike."""

    usual: Usual

    @cached_property
    def _alike(self) -> Mapping[str, Sequence[str]]:
        """Each sound's characters, similar ones too."""
        found: dict[str, list[str]] = defaultdict(list)
        for char in sorted(gram for gram, times in self.usual.grams.items() if len(gram) == 1 and gram > "\u3400"):
            if (char not in COUNTS or char in MADE) and char not in NO:
                for sound in {alike(sound) for sound in sounds_of(char)}:
                    found[sound].append(char)
        return found

    def mended(self, text: str, names: Grams) -> str:
        """A folded text without such slips, the likeliest one first."""
        text = without_slips(text, names)
        for _ in range(MOST):
            found, spans = symbols(text)
            line = EDGE + "".join(found)
            best = max(self._slips(line, names), default=(0.0, 0, ""))
            if best[0] <= 0:
                break
            start = spans[best[1] - 1][0]
            text = text[:start] + best[2] + text[start + max(1, len(best[2])) :]
        return text

    def _slips(self, line: str, names: Grams) -> Iterable[tuple[float, int, str]]:
        """Which character is better another, or left out, and by how much it is better than it must be."""
        for at in range(2, len(line) - 1):
            char, before, behind = line[at], line[at - 2 : at], line[at + 1 : at + 4]
            if char < "\u3400":
                continue
            own = self._surprise(before + char + behind[:2], names)
            if char == behind[0] and not self._doubled(before[1] + char * 2 + behind[1:2], names):
                twice = self._surprise(before + char + behind, names)
                yield twice - self._surprise(before + behind, names) - ONCE, at, ""
            if char in COUNTS or char in KEPT or (before[1] in CALLED and char in SURNAMES):
                continue
            known = self._known(line, at, names)
            least = PLAINLY if char in PLAIN else 0.0
            for other in self._of_its_sound(char):
                five = before + other + behind[:2]
                if _of_a_name(char + behind[:2]) and not any(pair in names for pair in (five[1:3], five[2:4])):
                    continue
                if known * FAR >= self._likeliest(five, before[1] + char + behind[:1], names):
                    continue
                must = self._stands(five, names) or self._by_itself(char, other, names)
                if sounds_of(char).isdisjoint(sounds_of(other)):
                    least, must = SIMILAR, must if 0 < must <= BY_A_WORD and other not in PLAIN else 0.0
                gain = own - self._surprise(five, names) - max(must, least) if must else 0.0
                if gain > 0 and (must == BY_A_NAME or not _in_a_word(line, at)):
                    yield gain, at, other
            yield from self._two(line, at, names)

    def _two(self, line: str, at: int, names: Grams) -> Iterable[tuple[float, int, str]]:
        """A word both of whose characters are wrong: 录查."""
        written = line[at : at + 2]
        if min(written) < "\u3400" or set(written) & (COUNTS | KEPT | PLAIN):
            return
        if self._known(line, at, names) or self._known(line, at + 1, names) or is_a_word(written):
            return
        before, behind = line[at - 2 : at], line[at + 2 : at + 4]
        own = self._surprise(before + written + behind, names)
        for one in self._of_its_sound(written[0]):
            for other in self._of_its_sound(written[1]):
                if self._times(one + other, names) >= A_NAME and self._word(one + other, names):
                    yield own - self._surprise(before + one + other + behind, names) - 2 * BY_A_WORD, at, one + other

    def _doubled(self, four: str, names: Grams) -> bool:
        """Whether a character is said twice there."""
        char, twice, behind = four[1], four[1:3], four[2:]
        if char in NEVER_TWICE:
            return False  # 「叁拾拾箱」
        if (char in NUMBERS and four[3:] not in ASKING) or (char in AGAIN and four[3:] in TIMES):
            return True
        if char in COUNTS and four[0] == FIGURE and behind in names:
            return True  # 「20桶桶装水」
        if char == "多" and four[0] in BEFORE_MUCH:
            return True  # 「最多多少」
        if self._times(twice, names) <= SELDOM:
            return False
        return twice in names or any(self._times(three, names) for three in (four[:3], four[1:]) if len(three) == 3)

    def _known(self, line: str, at: int, names: Grams) -> int:
        """How often the word that is written there was seen; a word of the language counts as one that often is."""
        pairs = [pair for pair in (line[at - 1 : at + 1], line[at : at + 2]) if min(pair) > "\u3400"]
        threes = (line[at - 2 : at + 1], line[at - 1 : at + 2], line[at : at + 3])
        if any(word in PHRASES_DICT or word in names or word in DECIDED | WHOLE for word in (*pairs, *threes)):
            return self.usual.total
        times = max((self._times(pair, names) for pair in pairs), default=0)
        return times if times > SELDOM else 0

    def _likeliest(self, five: str, written: str, names: Grams) -> int:
        """How often the middle one of five was seen beside a neighbour; part of a name counts where nothing else is."""
        sides = ((five[1:3], written[:2]), (five[2:4], written[1:]))
        if any(pair in names and self._times(own, names) <= SELDOM for pair, own in sides):
            return self.usual.total
        return max(self._times(pair, names) for pair, _ in sides)

    def _stands(self, five: str, names: Grams) -> float:
        """How much likelier the middle one of five must make the whole; 0 where it has no business there."""
        if five[2] == "多" and five[3] not in ASKING and five[1] != "最":
            return 0.0
        sides = (five[1:3], five[2:4])
        if any(pair in names for pair in sides):
            return BY_A_NAME
        if any(self._word(pair, names) for pair in sides):
            return BY_A_WORD
        if all(self._times(pair, names) > SELDOM for pair in sides):
            return BY_PLACE
        threes = (five[at : at + 3] for at in range(len(five) - 2))
        often = max((self._times(three, names) for three in threes if three.count(EDGE) < 2), default=0)
        return BY_PLACE if often >= OFTEN else 0.0

    def _by_itself(self, char: str, other: str, names: Grams) -> float:
        """The same for a character that the desk never reads, where it often reads the other."""
        return BY_ITSELF if self._times(char, names) <= SELDOM and self._times(other, names) >= COMMON else 0.0

    def _word(self, pair: str, names: Grams) -> bool:
        """Whether two characters are found together far oftener than chance has it."""
        if min(pair) < "\u3400":
            return False
        times = self._times(pair, names)
        apart = self._times(pair[0], names) * self._times(pair[1], names)
        return times >= LEAST and times * self.usual.total > TOGETHER * apart

    def _times(self, gram: str, names: Grams) -> int:
        return self.usual.grams.get(gram, 0) + A_NAME * names.get(gram, 0)

    def _surprise(self, stretch: str, names: Grams) -> float:
        return self.usual.surprise(stretch, names, A_NAME)

    def _of_its_sound(self, char: str) -> Iterable[str]:
        """The other characters that may have been meant."""
        sounds = {alike(sound) for sound in sounds_of(char)}
        return {other for sound in sounds for other in self._alike.get(sound, ()) if other != char}


def _in_a_word(line: str, at: int) -> bool:
    """Whether the character is part of a word of the language as it is written: 「天津的呢」 is no 天近."""
    spans = ((1, 0), (0, 1), (2, 0), (1, 1), (0, 2))
    return any(is_a_word(line[max(0, at - before) : at + behind + 1]) for before, behind in spans)


def _of_a_name(three: str) -> bool:
    """Whether a shop's or a person's name may begin there, which may be written as it likes: 送道口店, 宋经理."""
    return bool(PLACES & set(three[1:])) or three[1:2] in TITLES
