"""The menu of commands, in both languages; a command says its words on the person's behalf."""

import re
from collections.abc import Mapping, Sequence

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from core.words import Catalogues, Words

PRIVATE: Sequence[str] = ("help", "order", "status", "rebate", "account", "waiting", "person")
GROUP: Sequence[str] = ("help", "bind", "unbind")
KEPT = frozenset({"start", "bind", "unbind"})
COMMAND = re.compile(r"/([a-z_]+)(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
LANGUAGES: Mapping[str, str] = {"": "zh", "zh": "zh", "en": "en"}


def said_by(text: str, words: Words, *, private: bool) -> str:
    """What a message says: a command of the menu its words, any other text itself."""
    found = COMMAND.fullmatch(text.strip())
    if found is None:
        return text.strip()
    name, rest = found[1].lower(), (found[2] or "").strip()
    if name == "start" and not rest:
        name = "help"
    if name in KEPT:
        return f"/{name} {rest}".strip()
    key = f"telegram.command.{name}.says"
    if key not in words:
        return text.strip()
    return f"{words(key)} {rest}".strip() if rest else words(key)


async def offer(bot: Bot, catalogues: Catalogues) -> None:
    """Set the menus: Chinese where the app speaks neither of our languages."""
    for code, language in LANGUAGES.items():
        words = catalogues.words(language)
        for names, scope in ((PRIVATE, BotCommandScopeAllPrivateChats()), (GROUP, BotCommandScopeAllGroupChats())):
            commands = [BotCommand(name, words(f"telegram.command.{name}")) for name in names]
            await bot.set_my_commands(commands, scope=scope, language_code=code or None)
