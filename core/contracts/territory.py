"""The territory that a contract gives: the brand's regions, by their names or by the cities that lie in them."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.language.normalise import simplified

Regions = Mapping[str, Iterable[str]]
Path = tuple[str, ...]  # a region's codes from the root
Cities = Mapping[str, Collection[Path]]

_COMPANY = re.compile(
    r"(?:[\u4e00-\u9fff]{2,3}市)?[^\W省市区县在于为，、。；：]{2,24}(?:有限(?:责任)?公司|股份公司|集团公司|商行|经营部|批发部)"
    r"|(?:[A-Z][\w&’'-]*[ ,]+){1,6}(?:Co\b|Company|Ltd|Limited|Inc\b|Corp)"
)
_BUT = re.compile(
    r"(?:除了?|不含|不包括|不包含)[^，,。；;）)]*|\b(?:except|excluding|other than)\b[^,.;)]*", re.IGNORECASE
)
_BEFORE = frozenset("：:、，,和及与或为在于是省含即内区国 \n\t（(“\"'")
_BEHIND = frozenset("、，,。；;和及与或以内地全等两三四五六范辖的经 \n\t）)”\"'")
_ADDRESS = re.compile(
    r"\s*(?:中国)?(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?\s*([\u4e00-\u9fff]{2,8}?)(?:市|自治州|地区|盟)"
    r"(?:([\u4e00-\u9fff]{2,6}?)(?:市|县))?"
)
_SOME_CITY = re.compile(r"(?:^|(?<=[：:、，,和及与或为在于是省含\s（(“]))([\u4e00-\u9fff]{2,6}?(?:市(?!场)|县|自治州))")
_OF_A_PROVINCE = re.compile(r"(?:省|自治区)[\u4e00-\u9fff]{2,6}?(?:市|县|自治州)")  # 「江苏省宜兴市、溧阳市」
_ITS_CITIES = r"(?:省|[\u4e00-\u9fff]{0,4}自治区)([\u4e00-\u9fff]{2,6}?(?:市|县|自治州))"
_AND_A_CITY = re.compile(r"(?:[、，,]|以?及|和|与)([\u4e00-\u9fff]{2,6}?(?:市|县|自治州))")
_NO_NAME = re.compile(r"^(?:[各全本该此其某]|下列|以下|指定|所在|相关|有关|其他|其它|直辖|上述)|[城超上]市$|区县$")


@dataclass(frozen=True, slots=True)
class City:
    """A city as the contract writes it, with the regions that it may lie in."""

    name: str
    paths: frozenset[Path]

    def lies_in(self, region: str) -> bool:
        """Whether a region is the city's own or around it."""
        return any(region in path for path in self.paths)

    def may_be_of(self, regions: Sequence[str]) -> bool:
        """Whether it is part of a dealer's region, the first of ``regions``; or known no closer than those above that.

        Sisters below one region are apart: 苏州 is none of Shanghai's.
        """
        closest = {path[-1] for path in self.paths}
        return bool(regions) and (self.lies_in(regions[0]) or not closest.isdisjoint(regions))


@dataclass(frozen=True, slots=True)
class Territory:
    """``cities`` lie outside of the ``regions`` that are named; of ``unplaced`` nobody knows where they are."""

    regions: tuple[str, ...] = ()
    cities: tuple[City, ...] = ()
    unplaced: tuple[str, ...] = ()


def cities_of(address: str) -> tuple[str, ...]:
    """The cities that an address begins with, the larger one first: 「江苏省苏州市昆山市…」 is 苏州 and 昆山."""
    found = _ADDRESS.match(simplified(address))
    return tuple(name for name in found.groups() if name) if found else ()


def bare_cities(name: str) -> tuple[str, ...]:
    """A city's name without 市; none where that leaves no name."""
    bare = simplified(name).strip().removesuffix("市")
    return (bare,) if len(bare) > 1 else ()


def territory_in(sentence: str, regions: Regions, cities: Cities) -> Territory:
    """What a sentence on the territory names; companies, and what it takes out again, aren't part of that.

    ``cities`` gives for a city's Chinese name, without 市, the paths of the regions that it may lie in.
    """
    plain = _BUT.sub(_blank, _COMPANY.sub(_blank, simplified(sentence)))
    in_provinces, plain = _of_provinces(plain, sentence, regions, cities)
    named = [code for code, names in regions.items() if any(name and name in plain for name in names)]
    found = [*in_provinces, *_written(plain, sentence, cities)]
    outside = tuple(one for one in found if not any(one.lies_in(code) for code in named))
    rest = plain
    for name in (*(name for code in named for name in regions[code]), *(simplified(one.name) for one in found)):
        rest = rest.replace(name, " " * len(name)) if name else rest
    return Territory(tuple(named), outside, () if _OF_A_PROVINCE.search(plain) else _unplaced(rest))


def _of_provinces(text: str, sentence: str, regions: Regions, cities: Cities) -> tuple[list[City], str]:
    """Cities that are written behind their province, which then isn't meant as a whole; and the text without them.

    What follows such a city in a list and is known nowhere else is of the same province.
    """
    found: list[City] = []
    known = {*cities, *(name for names in regions.values() for name in names)}
    for code, names in regions.items():
        for match in [one for name in names if name for one in re.finditer(re.escape(name) + _ITS_CITIES, text)]:
            end = match.end()
            found.append(City(sentence[match.start() : end], _paths_to(code, cities)))
            while (more := _AND_A_CITY.match(text, end)) and not _is_known(more[1], known):
                end = more.end()
                found.append(City(sentence[more.start(1) : end], _paths_to(code, cities)))
            text = text[: match.start()] + " " * (end - match.start()) + text[end:]
    return found, text


def _is_known(city: str, known: Collection[str]) -> bool:
    return any(name and city.startswith(name) for name in known)


def _paths_to(region: str, cities: Cities) -> frozenset[Path]:
    """A region's codes from the root, as far as any city tells what is above it."""
    paths = (path for several in cities.values() for path in several if region in path)
    return frozenset({path[: path.index(region) + 1] for path in paths} or {(region,)})


def _unplaced(rest: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in _SOME_CITY.findall(rest) if not _NO_NAME.search(each)))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _written(text: str, sentence: str, cities: Cities) -> list[City]:
    """Known cities, with 市 behind them or standing by themselves; in Latin letters as pinyin has them."""
    found: dict[str, City] = {}
    names = sorted(cities, key=len, reverse=True)
    if names:
        for match in re.finditer("|".join(map(re.escape, names)), text):
            before, behind = text[: match.start()][-1:], text[match.end() :][:1]
            alone = (not before or before in _BEFORE) and (not behind or behind in _BEHIND)
            if behind == "市" or alone:
                name = sentence[match.start() : match.end() + (behind == "市")]
                found.setdefault(match.group(), City(name, frozenset(cities[match.group()])))
    for spelt, paths in _in_latin(text, names, cities).items():
        found.setdefault(spelt, City(spelt, frozenset(paths)))
    return list(found.values())


def _in_latin(text: str, names: Iterable[str], cities: Cities) -> dict[str, set[Path]]:
    """Suzhou is 苏州, and 宿州 too: the regions of both."""
    words = set(re.findall(r"[A-Z][a-z’']+", text))
    if not words:
        return {}
    from pypinyin import lazy_pinyin

    found: dict[str, set[Path]] = {}
    for name in names:
        spelt = "".join(lazy_pinyin(name)).capitalize()
        for word in words:
            if re.sub("[’']", "", word) == spelt:
                found.setdefault(word, set()).update(cities[name])
    return found
