"""What a deployment sets, from the environment, once. What a brand sets lives in the database (core.brand)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from babel.numbers import list_currencies
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "QUDAO_"
OTHERS = (
    "QUDAO_TEST_", "QUDAO_CI_", "QUDAO_DB_PASSWORD", "QUDAO_ALL_DIALOGUES", "QUDAO_FUZZ_EXAMPLES", "QUDAO_CHROMIUM",
    "QUDAO_REQUIRE_BROWSER",
)  # fmt: skip
"""What tests, .ci/run and compose read."""
DRIVERS: Mapping[str, str] = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+asyncmy",
    "mariadb": "mariadb+asyncmy",
}
"""What a database's plain name stands for: the one driver of it that works here."""


class Settings(BaseSettings):
    """Frozen; each field is ``QUDAO_`` plus its name in capitals. Secrets have no default."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, env_file=".env", extra="ignore")

    data_dir: Path = Field(default=Path("data"), description="Where the embedded database and the Chroma copy live.")
    database_url: str = Field(default="", description="SQLAlchemy URL; empty means SQLite in the data directory.")
    turn_seconds: float = Field(
        default=30, gt=0, description="How long one turn may take before it is answered with an apology."
    )
    embedder: Literal["auto", "e5", "hash", "none"] = Field(
        default="auto", description="auto uses the shipped e5 where its wheel exists, else search is by words only."
    )
    chroma_url: str = Field(
        default="", description="A Chroma server; empty means the embedded copy in the data directory."
    )
    chroma_prefix: str = Field(
        default="qudao", pattern=r"^[A-Za-z0-9]{3,24}$", description="Names this brand's collections in Chroma."
    )
    public_url: str = Field(default="", description="How the outside reaches this desk; used in sign-in links.")
    workers: int = Field(
        default=4, ge=1, le=64, description="Conversations that this process answers at the same time."
    )
    lease_seconds: float = Field(
        default=60, gt=0, description="How long after a worker's death another takes its conversations over."
    )
    secret_key: SecretStr | None = Field(
        default=None, min_length=32, description="Seals secrets kept in the database, such as those of authenticators."
    )
    telegram_token: SecretStr | None = Field(
        default=None, description="The token of a Telegram bot; with it `qudao run` answers there too."
    )
    telegram_base_url: str = Field(
        default="https://api.telegram.org", description="Another Bot API server, such as one of your own."
    )
    telegram_webhook_url: str = Field(
        default="", description="How Telegram reaches this desk by https; empty means that the desk asks Telegram."
    )
    api_rate: int = Field(default=240, ge=1, le=100_000, description="Requests that one key may make in a minute.")
    metrics_token: SecretStr | None = Field(
        default=None, description="Bearer token that /metrics asks for; without one, only this machine may read it."
    )
    log: Literal["text", "json"] = Field(default="text", description="How the log is written.")
    otlp_endpoint: str = Field(
        default="", description="Where OpenTelemetry traces go (OTLP over HTTP); empty means nowhere."
    )
    webhooks_private: bool = Field(
        default=False, description="Whether webhooks may go to addresses of a private network."
    )
    llm_base_url: str = Field(default="", description="An OpenAI-compatible endpoint; empty: the built-in brain alone.")
    llm_model: str = Field(default="", description="The model's name, as the endpoint knows it.")
    llm_api_key: SecretStr | None = None
    llm_seconds: float = Field(default=12, gt=0, description="How long one call of the model may take.")
    llm_stream: bool = Field(default=True, description="Show each sentence as soon as it is checked.")
    llm_temperature: float | None = Field(default=0.2, description="null where a model refuses it.")
    llm_max_tokens: int = Field(default=700, gt=0, description="How long one answer of the model may be.")
    llm_window: int = Field(default=6000, gt=0, description="Tokens of conversation sent; older turns are summed up.")
    llm_extra: Annotated[dict[str, Any], NoDecode] = Field(default={}, description="JSON put into each call as it is.")
    llm_share: str = Field(
        default="", description="What may go to the endpoint unmasked: names, phones, tax, prices; comma-separated."
    )
    llm_price_in: Decimal = Field(default=Decimal(0), ge=0, description="Price of a million tokens sent.")
    llm_price_out: Decimal = Field(default=Decimal(0), ge=0, description="Price of a million tokens received.")
    llm_currency: str = Field(default="CNY", description="The currency of the prices.")
    llm_tokens_conversation: int = Field(default=0, ge=0, description="Most tokens a conversation; 0: no limit.")
    llm_tokens_person: int = Field(default=0, ge=0, description="Most tokens a person and day; 0: no limit.")
    llm_tokens_day: int = Field(default=0, ge=0, description="Most tokens a day; 0: no limit.")
    llm_cost_conversation: Decimal = Field(default=Decimal(0), ge=0, description="Most cost of one; 0: no limit.")
    llm_cost_person: Decimal = Field(default=Decimal(0), ge=0, description="Most cost a person and day; 0: no limit.")
    llm_cost_day: Decimal = Field(default=Decimal(0), ge=0, description="Most cost a day; 0: no limit.")

    @field_validator("llm_temperature", mode="before")
    @classmethod
    def _left_out(cls, value: Any) -> Any:
        """An environment has no null of its own."""
        return None if str(value).strip().lower() in {"", "null", "none"} else value

    @field_validator("llm_extra", mode="before")
    @classmethod
    def _from_json(cls, value: Any) -> Any:
        try:
            return json.loads(value or "{}") if isinstance(value, str) else value
        except ValueError as error:
            raise ValueError('this is no JSON such as {"enable_thinking": false}') from error

    @field_validator("public_url")
    @classmethod
    def _with_scheme(cls, value: str) -> str:
        if value and not _is_address(value, {"http", "https"}):
            raise ValueError("write the whole address, such as https://desk.example.com")
        return value

    @field_validator("telegram_webhook_url")
    @classmethod
    def _by_https(cls, value: str) -> str:
        if value and not _is_address(value, {"https"}):
            raise ValueError("Telegram calls by https alone: an address such as https://desk.example.com")
        return value

    @field_validator("llm_currency")
    @classmethod
    def _known_currency(cls, value: str) -> str:
        if value not in list_currencies():
            raise ValueError(f"{value!r} is no ISO 4217 currency such as CNY")
        return value

    @field_validator("llm_share")
    @classmethod
    def _known_kinds(cls, value: str) -> str:
        unknown = {word.strip() for word in value.split(",") if word.strip()} - {"names", "phones", "tax", "prices"}
        if unknown:
            raise ValueError(f"{', '.join(sorted(unknown))}: only names, phones, tax and prices can be shared")
        return value

    @property
    def sealing_key(self) -> str:
        """What seals secrets in the database; empty where none is set."""
        return self.secret_key.get_secret_value() if self.secret_key else ""

    @property
    def url(self) -> str:
        """The database URL in force; a database named without its driver has ours."""
        name, colon, rest = self.database_url.partition("://")
        embedded = f"sqlite+aiosqlite:///{(self.data_dir / 'qudao.db').as_posix()}"
        return f"{DRIVERS.get(name, name)}{colon}{rest}" or embedded


def wrong_settings(error: ValidationError) -> str:
    """Each wrong setting by its variable's name and what is wrong with it; never the value, which may be a secret."""
    return "; ".join(
        f"{PREFIX}{'_'.join(map(str, one['loc'])).upper()}: {one['msg'].removeprefix('Value error, ')}"
        for one in error.errors(include_input=False, include_url=False)
    )


def unknown_settings(names: Iterable[str]) -> Iterator[str]:
    """Which of these variables look like settings and are none."""
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    for name in names:
        upper = name.upper()
        if upper.startswith(PREFIX) and upper not in known and not upper.startswith(OTHERS):
            yield name


def _is_address(value: str, schemes: Iterable[str]) -> bool:
    parts = urlsplit(value)
    return parts.scheme in set(schemes) and bool(parts.hostname)
