"""Which of several contracts a message means: one that it names, the second of them, or the one that is asked for."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from agents.offline.arguments.slots import ordinal
from agents.offline.mind import Mind
from agents.offline.plans import Ask, Do, Plan, Step, ask
from agents.offline.reading.understanding import Reading
from core.language.normalise import fold

SLOT, COMPARING, LISTED = "file", "compare_contracts", "list_contract_dates"
TOGETHER = frozenset({None, "version"})  # what two in view are compared by: each other
PLACES: Mapping[str, int] = {
    **dict(zip("一二三四五", range(5), strict=True)), **dict(zip("12345", range(5), strict=True)),
    "前": 0, "后": -1, "後": -1, "former": 0, "latter": -1,
    **dict(zip(("first", "second", "third", "fourth", "fifth"), range(5), strict=True)),
}  # fmt: skip
ORDINAL = re.compile(
    r"第([一二三四五1-5])(?:份|[个個](?=合|协|協|文|$|[,，。?？呢的]))(?:合同|合約|协议|協議|文件|檔案)?"
    r"|(?<![和跟与與比同对對])([前后後])(?:面)?[一那]?份(?:合同|合約|协议|協議)?"
    r"|(?<![a-z])(?:the )?(?:(first|second|third|fourth|fifth) (?:one|contract|agreement|file|document)"
    r"|(former|latter))(?![a-z])",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"(?:另外?|其他那|另外那)(?:一)?份(?:合同|合約|协议|協議)?"
    r"|(?<![a-z])the other (?:one|contract|agreement|file)(?![a-z])",
    re.IGNORECASE,
)
OF_BOTH = re.compile(
    r"[两兩](?:份|[个個])(?:合同|合約)?(?=都|各|分[别別])|(?<![a-z])both(?: of them| contracts| files)?(?![a-z])",
    re.IGNORECASE,
)
BOTH = re.compile(
    r"(?:[这這]?[两兩](?:份|[个個])|都|全部)(?:合同|合約)?(?:都|一起)?(?:要|看|查|说|說|问|問|讲|講|审|審)*(?:一?下)?[吧。.]?"
    r"|both(?: of them| contracts)?(?:,? please)?\.?",
    re.IGNORECASE,
)
NOTHING_ELSE = re.compile(
    r"[\s,，。.?？!！那就看查说說问問是的呢吧啊呀份]|请|請|我|要|what about|how about|the|and|for|please|in"
)
ASCII_STEM, STEM = 4, 3


def named_in(message: str, mind: Mind) -> tuple[str, tuple[str, ...]]:
    """The message with "this contract" where it names a file or says "the second one", and the files that it means."""
    known, seen = mind.briefing.papers, mind.briefing.in_view
    if not known:
        return message, ()
    of = seen if len(seen) > 1 else known
    others = [name for name in known if name not in seen]
    stands, meant = mind.words("contracts.this_contract"), list[str]()
    for called, name in sorted(_called(known, mind), key=lambda pair: -len(pair[0])):
        pattern = rf"(?<![A-Za-z0-9-])[“\"《「]?{re.escape(called)}[”\"》」]?(?![A-Za-z0-9-])"
        if re.search(pattern, message, re.IGNORECASE):
            meant.append(name)
            message = re.sub(pattern, stands, message, flags=re.IGNORECASE)
    for found in ORDINAL.finditer(message):
        if (at := PLACES[next(one for one in found.groups() if one).lower()]) < len(of):
            meant.append(of[at])
            message = message.replace(found.group(), stands, 1)
    if len(others) == 1 and OTHER.search(message):
        meant.append(others[0])
        message = OTHER.sub(stands, message)
    if not meant and len(seen) > 1 and OF_BOTH.search(message) and not BOTH.fullmatch(message.strip()):
        meant += seen
    return message, tuple(dict.fromkeys(meant))


def _called(names: tuple[str, ...], mind: Mind) -> list[tuple[str, str]]:
    """Each file by its name, and by that without its ending where it says more than that it is a contract."""
    general = mind.lexicon.lists.get("a contract", ())
    called = [(name, name) for name in names]
    for name in names:
        stem = PurePath(name).stem
        enough = len(stem) >= (ASCII_STEM if stem.isascii() else STEM)
        if enough and fold(stem) not in general and stem != name:
            called.append((stem, name))
    return called


def of_files(reading: Reading, files: tuple[str, ...]) -> Reading:
    """The same, and each clause of it, about these files."""
    if not files:
        return reading
    return replace(reading, files=files, clauses=tuple(replace(one, files=files) for one in reading.clauses))


def chosen(reading: Reading, mind: Mind) -> Plan | None:
    """The answer to "which one?": the call that waited for it, for that file or for both."""
    asked = mind.state.asked
    if asked is None or asked.slot != SLOT or asked.tool not in mind.schemas:
        return None
    files = asked.choices if BOTH.fullmatch(reading.original.strip()) else reading.files
    if files is reading.files and _says_more(reading, mind):
        return None
    return Plan(tuple(Do(asked.tool, {**asked.args, SLOT: name}) for name in files)) if files else None


def picked(reading: Reading, mind: Mind) -> Plan | None:
    """「第二份呢」 and a file's name alone take the last call again; two names and "compare" are one call."""
    last = mind.state.last
    if len(reading.files) == 2 and COMPARING in mind.schemas and (last is None or _compares(reading, mind)):
        return Plan((Do(COMPARING, {SLOT: reading.files[1], "other": reading.files[0]}),))
    if not reading.files or last is None or SLOT not in _arguments(last.name, mind):
        return None
    if _says_more(reading, mind):
        return None
    kept = {name: value for name, value in last.args.items() if name not in {SLOT, "other", "contract", "dealer"}}
    return Plan(tuple(Do(last.name, {**kept, SLOT: name}) for name in reading.files))


def _says_more(reading: Reading, mind: Mind) -> bool:
    """Whether a message does more than to name files."""
    stands = fold(mind.words("contracts.this_contract"))
    return bool(NOTHING_ELSE.sub("", fold(reading.original).replace(stands, "")))


def _compares(reading: Reading, mind: Mind) -> bool:
    patterns = mind.recogniser.intents[COMPARING].within
    return any(re.search(pattern, reading.text) for pattern in patterns)


def each(tool: str, args: Mapping[str, Any], reading: Reading, mind: Mind) -> tuple[Step, ...]:
    """A call for each of several files that are named, or the question that one needs, else the call as it is."""
    if len(reading.files) > 1 and tool != COMPARING and {SLOT, "contract"} <= _arguments(tool, mind):
        return tuple(Do(tool, {**args, SLOT: name}) for name in reading.files)
    return (_which(tool, args, mind) or Do(tool, {**args, **_number_spoken_of(tool, args, reading, mind)}),)


def _number_spoken_of(tool: str, args: Mapping[str, Any], reading: Reading, mind: Mind) -> dict[str, Any]:
    """ "Run a risk review on it" behind HT-2026-040: that one's number, unless another contract came after it.

    Behind contracts' days, the one that was listed or that the words count out: "notice period for the first one".
    """
    looks = _is_of_one(tool, mind) and not tool.startswith("propose_")
    if (
        not looks
        or len(mind.briefing.in_view) > 1
        or reading.files
        or any(args.get(name) for name in (SLOT, "contract", "dealer", "other"))
    ):
        return {}
    of_contracts = (c for c in reversed(mind.state.recent) if c.name == LISTED or _is_of_one(c.name, mind))
    last = next(of_contracts, None)
    if last is not None and last.name == LISTED and not last.args.get("dealer"):
        listed = mind.state.shown.get("contract", ())
        place = ordinal(reading.text) if len(listed) > 1 else 0
        known = place is not None and -len(listed) <= place < len(listed)
        return {"contract": listed[place]} if known and place is not None else {}
    return {"contract": last.args["contract"]} if last is not None and last.args.get("contract") else {}


def _is_of_one(tool: str, mind: Mind) -> bool:
    return {SLOT, "contract"} <= _arguments(tool, mind)


def _which(tool: str, args: Mapping[str, Any], mind: Mind) -> Ask | None:
    """While several contracts are in view and the call names none of them."""
    several = mind.briefing.in_view
    if len(several) < 2 or not {SLOT, "contract"} <= _arguments(tool, mind):
        return None
    if any(args.get(name) for name in (SLOT, "contract", "dealer", "other")):
        return None
    if tool == COMPARING and len(several) == 2 and args.get("against") in TOGETHER:
        return None
    return ask(tool, dict(args), SLOT, mind.words("ask.file"), [(name, name) for name in several])


def _arguments(tool: str, mind: Mind) -> frozenset[str]:
    schema = mind.schemas.get(tool)
    return frozenset(schema.properties) if schema is not None else frozenset()
