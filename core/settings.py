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
    llm_base_url: str = ""
    llm_model: str = ""
    llm_api_key: SecretStr | None = None

    @property
    def url(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite+aiosqlite:///{(self.data_dir / 'qudao.db').as_posix()}"
