"""What a deployment sets, from the environment, once. What a brand sets lives in the database (core.brand)."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Frozen; each field is ``QUDAO_`` plus its name in capitals. Secrets have no default."""

    model_config = SettingsConfigDict(env_prefix="QUDAO_", frozen=True, env_file=".env", extra="ignore")

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
    llm_base_url: str = ""
    llm_model: str = ""
    llm_api_key: SecretStr | None = None

    @property
    def sealing_key(self) -> str:
        """What seals secrets in the database; empty where none is set."""
        return self.secret_key.get_secret_value() if self.secret_key else ""

    @property
    def url(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite+aiosqlite:///{(self.data_dir / 'qudao.db').as_posix()}"
