"""Days that mean something: when a lot was made, and until when it keeps."""

import re
from collections.abc import Iterator, Mapping

from core.checks.around import PHRASE
from core.checks.spoken import Said, readings
from core.checks.view import View
from core.checks.wrong import Wrong
from core.language.periods import Grain

MEANT: Mapping[str, re.Pattern[str]] = {
    "made": re.compile(r"产(?!品|线)|(?<![a-z])(?:made|produced|manufactured|production|packed on)(?![a-z])"),
    "keeps": re.compile(
        r"到期|过期|保质|(?<![a-z])(?:best before|good until|use by|expires?|expiring|expiry|keeps until|"
        r"valid until)(?![a-z])"
    ),
}
CUT_OFF = re.compile(r"(?:截至|截止|as of|as at) ?$")
JOINT = re.compile(r"(?<![a-z])(?:and|but|while|then)(?![a-z])")


def wrong_meanings(said: Said, view: View) -> Iterator[Wrong]:
    """A day that is told as the one on which goods were made, where results say that of another."""
    told = dict(_meant(said))
    if not told:
        return
    known = {
        name: {days for line in view.lines for one, days in _meant(line) if one == name} for name in (*MEANT, "cut_off")
    }
    for name, days in told.items():
        if (name == "cut_off" or known["made"]) and known[name] and not any(days & other for other in known[name]):
            yield Wrong(f"{name} is another day")


def _meant(said: Said) -> Iterator[tuple[str, frozenset[object]]]:
    """What a phrase with one day says of it."""
    for time in said.times:
        begin, end = time.span
        start = max([0, *(found.end() for breaks in (PHRASE, JOINT) for found in breaks.finditer(said.text, 0, begin))])
        stops = [found.start() for breaks in (PHRASE, JOINT) if (found := breaks.search(said.text, end))]
        phrase = f"{said.text[start:begin]} {said.text[end : min([*stops, len(said.text)])]}"
        names = [name for name, pattern in MEANT.items() if pattern.search(phrase)]
        if CUT_OFF.search(said.text[:begin]) and time.grain is Grain.DAY:
            names = ["cut_off"]
        if len(names) == 1:
            yield names[0], frozenset(readings(time))
