"""The catalogues are whole, and what checks them finds what is wrong with bad ones."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from babel import UnknownLocaleError

from core.words import LOCALES
from tests.catalogues.checks import FOLDER, Entry, findings, missing, other_parameters, read, unused
from tests.catalogues.keys import Use, Used, used
from tests.catalogues.skeletons import begin
from tests.lints.source import Finding

ROOT = Path(__file__).parents[2]
ASKED = Used((Use("a.b", "x.py", 3, frozenset({"count"})),), frozenset({"a.c"}), ())


def catalogue(**said: str) -> dict[str, Entry]:
    return {key.replace("_", "."): Entry(text, "xx/a.po", 2) for key, text in said.items()}


def messages(found: Iterable[Finding]) -> list[str]:
    return [str(one) for one in found]


@pytest.fixture(scope="module")
def asked() -> Used:
    return used(ROOT)


def test_every_language_says_everything() -> None:
    assert messages(findings(ROOT)) == []


def test_every_language_has_the_same_files() -> None:
    names = {locale: {file.name for file in (ROOT / FOLDER / locale).iterdir()} for locale in LOCALES.values()}
    assert len({frozenset(files) for files in names.values()}) == 1


def test_a_key_that_the_code_asks_for_is_missed() -> None:
    [found] = messages(missing("xx", {}, {"xx": {}}, ASKED))
    assert found == "prompts/locale/xx:1: catalogue: a.b is missing (x.py:3)"


def test_a_key_that_another_language_has_is_missed() -> None:
    [found] = messages(missing("xx", catalogue(a_b="1"), {"en": catalogue(a_c="2")}, ASKED))
    assert "a.c is missing" in found


def test_other_parameters_are_found() -> None:
    english = catalogue(a_c="{count} of {whole}")
    [found] = messages(other_parameters(catalogue(a_c="{count} of {all}"), english, ASKED))
    assert "a.c has {all} {count}, the English {count} {whole}" in found


def test_a_parameter_that_no_call_gives_is_found() -> None:
    said = catalogue(a_b="{count} for {name}")
    [found] = messages(other_parameters(said, said, ASKED))
    assert found == "x.py:3: catalogue: a.b is not given {name}, which xx/a.po uses"


def test_an_open_brace_is_found() -> None:
    [found] = messages(other_parameters(catalogue(a_c="{count"), {}, ASKED))
    assert "a.c: expected '}'" in found


def test_what_nobody_asks_for_is_found() -> None:
    [found] = messages(unused(catalogue(a_b="", a_c="", a_d=""), ASKED))
    assert "a.d is asked for nowhere" in found


@pytest.mark.parametrize(
    "key",
    ["order.placed", "order.state.submitted", "unit.case.one", "web.ui.send", "web.ui.status.done", "web.role.rep"],
)
def test_how_the_code_asks_is_understood(key: str, asked: Used) -> None:
    assert asked.holds(key)


def test_a_language_is_begun_and_goes_on_where_it_was(tmp_path: Path) -> None:
    english = tmp_path / FOLDER / "en"
    english.mkdir(parents=True)
    (english / "a.po").write_text('msgid "a.b"\nmsgstr "Yes\\nor no"\n\nmsgid "a.c"\nmsgstr "No"\n', "utf-8")
    [file] = begin(tmp_path, "pt_BR")
    assert file == tmp_path / FOLDER / "pt_BR" / "a.po"
    assert '#. Yes\n#. or no\nmsgid "a.b"\nmsgstr ""\n' in file.read_text("utf-8")
    assert read(tmp_path, "pt_BR") == {}
    file.write_text('msgid "a.b"\nmsgstr "Sim"\n', "utf-8")
    assert list(begin(tmp_path, "pt_BR")) == [file]
    assert file.read_text("utf-8") == 'msgid "a.b"\nmsgstr "Sim"\n\n#. No\nmsgid "a.c"\nmsgstr ""\n'
    assert list(begin(tmp_path, "pt_BR")) == []


def test_no_language_is_no_language(tmp_path: Path) -> None:
    with pytest.raises(UnknownLocaleError):
        list(begin(tmp_path, "xx_YY"))
