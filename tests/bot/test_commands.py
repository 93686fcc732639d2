"""The commands as an operator types them: what they print, and with which status they end."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import COMMANDS, qudao
from bot.commands import doctor, settings_findings
from core.settings import Settings

DAY = "2026-11-20"
Run = Callable[..., Result]
KEYS = {"text", "blocks", "buttons", "citations", "tools", "brain", "conversation", "ms"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an empty folder of its own, without any database."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(f"QUDAO_{field.upper()}", raising=False)
    monkeypatch.setenv("QUDAO_EMBEDDER", "hash")

    def go(*arguments: str) -> Result:
        return CliRunner().invoke(qudao, arguments)

    return go


@pytest.fixture
def on_demo(run: Run, demo_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a copy of the demo."""
    monkeypatch.setenv("QUDAO_DATABASE_URL", demo_url)
    return run


def ask(run: Run, *arguments: str, person: str = "D001-buyer") -> dict[str, Any]:
    asked = run("ask", "--as", person, "--today", DAY, "--json", *arguments)
    assert asked.exit_code == 0, asked.output
    reply: dict[str, Any] = json.loads(asked.stdout)
    return reply


class TestHelp:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_has_help(self, run: Run, name: str) -> None:
        helped = run(name, "--help")
        assert helped.exit_code == 0
        assert helped.output.startswith("Usage:")

    def test_the_list_names_every_command(self, run: Run) -> None:
        helped = run("--help").output
        assert all(f"  {name} " in helped for name in COMMANDS)

    def test_an_unknown_command_is_wrong_usage(self, run: Run) -> None:
        assert run("fly").exit_code == 2


class TestAsk:
    def test_json_has_the_keys_that_checks_rely_on(self, on_demo: Run) -> None:
        reply = ask(on_demo, "要10箱矿泉水")
        assert set(reply) == KEYS
        assert reply["brain"] == "offline"
        assert [tool["name"] for tool in reply["tools"]] == ["propose_order"]
        assert {"confirm", "cancel"} <= {button["id"] for button in reply["buttons"]}
        assert all(block["type"] for block in reply["blocks"])

    def test_a_press_confirms_what_the_last_reply_offered(self, on_demo: Run) -> None:
        ask(on_demo, "要10箱矿泉水")
        assert "SO-" in ask(on_demo, "--press", "confirm")["text"]

    def test_words_need_no_quotes(self, on_demo: Run) -> None:
        reply = ask(on_demo, "where", "is", "my", "last", "order", person="D040-buyer")
        assert [tool["name"] for tool in reply["tools"]] == ["order_status"]

    def test_a_refusal_is_a_reply(self, on_demo: Run) -> None:
        assert ask(on_demo, "绿茶多少钱", person="legal")["tools"] == []

    @pytest.mark.parametrize("wrong", [("--as", "nobody", "hello"), ("--as", "D001-buyer"), ("hello",)])
    def test_unknown_person_or_nothing_to_say_is_status_2(self, on_demo: Run, wrong: tuple[str, ...]) -> None:
        assert on_demo("ask", *wrong).exit_code == 2

    def test_a_day_that_is_none_is_wrong_usage(self, on_demo: Run) -> None:
        asked = on_demo("ask", "--as", "D001-buyer", "--today", "soon", "hello")
        assert asked.exit_code == 2
        assert "soon" in asked.output

    def test_without_a_database_it_says_how_to_make_one_and_makes_none(self, run: Run, tmp_path: Path) -> None:
        asked = run("ask", "--as", "D001-buyer", "hello")
        assert asked.exit_code == 1
        assert "qudao demo" in asked.output
        assert not list(tmp_path.iterdir())


def test_tools_are_listed_with_schema_permission_and_effect(run: Run) -> None:
    listed = json.loads(run("tools", "--json").stdout)
    assert {"quote", "propose_order", "explain_rebate", "search_knowledge"} <= {tool["name"] for tool in listed}
    assert all(set(tool) == {"name", "description", "schema", "permission", "effect"} for tool in listed)
    assert {tool["effect"] for tool in listed} == {"read", "record", "propose"}


def test_an_order_is_advanced_only_along_its_states(on_demo: Run) -> None:
    ask(on_demo, "要10箱矿泉水")
    text = ask(on_demo, "--press", "confirm")["text"]
    number = text[text.index("SO-") :][:15]
    moved = on_demo("orders", "advance", number, "accepted", "--today", DAY)
    assert (moved.exit_code, moved.output) == (0, f"{number}: accepted\n")
    refused = on_demo("orders", "advance", number, "closed", "--today", DAY)
    assert refused.exit_code == 1
    assert refused.output.rstrip().endswith("From accepted it can go to: cancelled, part_shipped, shipped.")
    on_demo("orders", "advance", number, "cancelled", "--today", DAY)
    ended = on_demo("orders", "advance", number, "accepted", "--today", DAY).output
    assert "stays cancelled" in ended
    assert on_demo("orders", "advance", "SO-20000101-001", "shipped", "--today", DAY).exit_code == 2
    assert on_demo("orders", "advance", number, "flown").exit_code == 2


class TestInit:
    def test_a_brand_is_founded_once_and_its_administrator_invited(self, run: Run) -> None:
        assert run("init", "--name", "Spring").exit_code == 0
        for again in (("init", "--name", "Autumn"), ("demo", "--until", DAY)):
            refused = run(*again)
            assert refused.exit_code == 1
            assert "QUDAO_DATABASE_URL" in refused.output
        invited = run("invite", "admin")
        assert invited.exit_code == 0
        assert "Code: " in invited.output
        assert "/sign-in/" in invited.output

    @pytest.mark.parametrize("wrong", [("--zone", "Mars/North"), ("--currency", "XQQ"), ("--fiscal-year-start", "13")])
    def test_what_does_not_exist_is_wrong_usage(self, run: Run, tmp_path: Path, wrong: tuple[str, ...]) -> None:
        assert run("init", "--name", "Spring", *wrong).exit_code == 2
        assert not list(tmp_path.iterdir())

    def test_an_unknown_person_is_not_invited(self, on_demo: Run) -> None:
        assert on_demo("invite", "nobody").exit_code == 2


class TestDemo:
    @pytest.mark.parametrize("asked", [(), ("--until", DAY), ("--seed", "1"), ("--until", DAY, "--seed", "1")])
    def test_the_one_that_is_there_is_left_as_it_is(self, on_demo: Run, asked: tuple[str, ...]) -> None:
        again = on_demo("demo", *asked)
        assert again.exit_code == 0
        assert f"up to {DAY} is there already" in again.output
        assert "ready" not in again.output.replace("already", "")

    @pytest.mark.parametrize("asked", [("--until", "2026-11-19"), ("--seed", "2"), ("--until", DAY, "--seed", "2")])
    def test_another_one_is_refused_with_what_to_do(self, on_demo: Run, asked: tuple[str, ...]) -> None:
        refused = on_demo("demo", *asked)
        assert refused.exit_code == 1
        assert f"up to {DAY} (seed 1) is there already; nothing was changed" in refused.output
        assert "QUDAO_DATA_DIR" in refused.output


class TestIngest:
    def test_a_file_is_published_and_answers_at_once(self, on_demo: Run, tmp_path: Path) -> None:
        file = tmp_path / "coolers.md"
        file.write_text("# 冰柜\n\n冰柜押金每台八百元，退还冰柜后十天内退回。\n", "utf-8")
        done = on_demo("ingest", str(file), "--as", "trainer", "--audience", "dealers", "--valid-from", DAY)
        assert done.exit_code == 0, done.output
        assert "Indexed by meaning: 1 passages" in done.output
        reply = ask(on_demo, "冰柜押金每台多少元")
        assert reply["citations"] == [{"source": "coolers.md", "page": None}]

    def test_the_same_file_again_is_refused(self, on_demo: Run, tmp_path: Path) -> None:
        file = tmp_path / "coolers.md"
        file.write_text("# Coolers\n\nThe deposit is returned in ten days.\n", "utf-8")
        assert on_demo("ingest", str(file), "--valid-from", DAY).exit_code == 0
        assert on_demo("ingest", str(file), "--valid-from", DAY).exit_code == 1

    def test_a_broken_pdf_is_refused_in_a_sentence(self, on_demo: Run, tmp_path: Path) -> None:
        file = tmp_path / "broken.pdf"
        file.write_bytes(b"%PDF-1.7 and no more")
        done = on_demo("ingest", str(file))
        assert done.exit_code == 1
        assert "broken.pdf" in done.output
        assert "Traceback" not in done.output

    def test_who_may_not_publish_is_refused(self, on_demo: Run, tmp_path: Path) -> None:
        file = tmp_path / "note.md"
        file.write_text("# Note\n\nText.\n", "utf-8")
        assert on_demo("ingest", str(file), "--as", "D001-buyer").exit_code == 1
        assert on_demo("ingest", str(file), "--as", "nobody").exit_code == 2
        assert on_demo("ingest", str(tmp_path / "absent.md")).exit_code == 2


def marks(result: Result) -> dict[str, str]:
    """What each line says of its subject: ok or !!."""
    return {line.split()[1]: line.split()[0] for line in result.output.splitlines()}


class TestDoctor:
    def test_a_good_installation_is_all_ok(self, on_demo: Run) -> None:
        looked = on_demo("doctor")
        assert looked.exit_code == 0, looked.output
        whole = "settings data fonts tools embedder database migrations brand index copy"
        assert marks(looked) == dict.fromkeys(whole.split(), "ok")

    def test_a_missing_database_is_said_and_not_made(self, run: Run, tmp_path: Path) -> None:
        looked = run("doctor")
        assert looked.exit_code == 1
        assert marks(looked)["database"] == "!!"
        assert not list(tmp_path.iterdir())

    def test_an_empty_database_needs_init(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "qudao.db").touch()
        looked = run("doctor")
        assert marks(looked)["migrations"] == "!!"
        assert "qudao init" in looked.output

    @pytest.mark.parametrize(
        ("name", "value", "subject"),
        [
            ("DATABASE_URL", "postgresql+psycopg://nobody:wrong@127.0.0.1:1/none", "database"),
            ("DATABASE_URL", "gibberish", "database"),
            ("DATABASE_URL", "oracle://x", "database"),
            ("WORKERS", "many", "settings"),
            ("LLM_EXTRA", "{bad", "settings"),
            ("LLM_CURRENCY", "XQQ", "settings"),
            ("PUBLIC_URL", "desk.example.com", "settings"),
            ("TELEGRAM_WEBHOOK_URL", "http://desk.example.com", "settings"),
            ("LLM_BASE_URL", "http://127.0.0.1:1/v1", "settings"),
            ("TELEGRAM_TOKEN", "a wrong token", "telegram"),
        ],
    )
    def test_a_wrong_setting_is_named(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, subject: str
    ) -> None:
        monkeypatch.setenv(f"QUDAO_{name}", value)
        looked = run("doctor")
        assert looked.exit_code == 1
        assert marks(looked)[subject] == "!!"
        assert "wrong" not in looked.output

    def test_an_unknown_kind_of_database_is_told_which_work(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QUDAO_DATABASE_URL", "oracle://x")
        looked = run("doctor").output
        assert "PostgreSQL" in looked
        assert "error.database_unknown" not in looked

    def test_an_endpoint_without_a_model_is_said_once(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QUDAO_LLM_BASE_URL", "http://127.0.0.1:1/v1")
        looked = marks(run("doctor"))
        assert looked["settings"] == "!!"
        assert "model" not in looked

    def test_a_variable_that_is_no_setting_is_named_as_a_warning(
        self, on_demo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("QUDAO_EMBEDER", "e5")
        (tmp_path / ".env").write_text("QUDAO_WORKRES=3\n")
        looked = on_demo("doctor")
        assert looked.exit_code == 0
        assert "QUDAO_EMBEDER is no setting and does nothing; is QUDAO_EMBEDDER meant?" in looked.output
        assert "QUDAO_WORKRES" in looked.output
        assert looked.output.count("??") == 2

    def test_traces_that_nothing_sends_are_said(self, on_demo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QUDAO_OTLP_ENDPOINT", "http://127.0.0.1:4318")
        monkeypatch.setattr(settings_findings, "EXPORTER", "opentelemetry.no_such.exporter")
        looked = on_demo("doctor")
        assert marks(looked)["traces"] == "!!"
        assert "qudao[otel]" in looked.output

    def test_a_font_that_is_missing_is_said(self, on_demo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(doctor, "FONT", ("no_such_package", "none.otf"))
        assert marks(on_demo("doctor"))["fonts"] == "!!"

    def test_a_folder_that_can_not_be_written_is_said(
        self, on_demo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "taken").touch()
        monkeypatch.setenv("QUDAO_DATA_DIR", str(tmp_path / "taken" / "data"))
        assert marks(on_demo("doctor"))["data"] == "!!"


class TestSettings:
    @pytest.mark.parametrize("command", [("costs",), ("init", "--name", "Spring"), ("run",), ("nlu", "retrain")])
    @pytest.mark.parametrize(("name", "value"), [("LLM_EXTRA", "{bad"), ("WORKERS", "many")])
    def test_a_wrong_one_is_said_by_every_command(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], name: str, value: str
    ) -> None:
        monkeypatch.setenv(f"QUDAO_{name}", value)
        refused = run(*command)
        assert refused.exit_code == 1
        assert f"Error: QUDAO_{name}: " in refused.output

    @pytest.mark.parametrize("url", ["mysql+pymysql://root@127.0.0.1/none", "sqlite+pysqlite:///taken.db"])
    def test_a_driver_that_can_not_be_used_is_said(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
    ) -> None:
        (tmp_path / "taken.db").touch()
        monkeypatch.setenv("QUDAO_DATABASE_URL", url)
        refused = run("invite", "admin")
        assert refused.exit_code == 1
        assert "mysql+asyncmy" in refused.output


class TestCosts:
    def test_nothing_was_used_yet(self, on_demo: Run) -> None:
        assert "No model was called yet." in on_demo("costs").output
        assert json.loads(on_demo("costs", "--by", "person", "--json").stdout) == []

    def test_an_unknown_sum_is_wrong_usage(self, on_demo: Run) -> None:
        assert on_demo("costs", "--by", "moon").exit_code == 2
