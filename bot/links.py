"""Addresses of this desk as the outside writes them."""

from core.settings import Settings

DEFAULT = "http://127.0.0.1:8000"


def telegram_link(username: str, token: str) -> str:
    """Where the holder of an invite begins to talk on Telegram."""
    return f"https://t.me/{username}?start={token}"


def sign_in_link(settings: Settings, token: str, base: str = DEFAULT) -> str:
    """Where the holder of an invite signs in on the web page."""
    return f"{(settings.public_url or base).rstrip('/')}/sign-in/{token}"
