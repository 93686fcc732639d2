"""What a program says on behalf of a person, as a message to the desk."""

from bot.answering import Answered
from bot.api.callers import Visit
from bot.api.completions.markdown import escaped, numbered
from bot.desk import API_CHANNEL
from bot.incoming import Incoming
from core.conversations import reading
from core.conversations import service as conversations
from core.replies import Button, Reply
from tools.context import Progress

LABEL = 80


def chat_of(visit: Visit, conversation: str) -> str:
    """A conversation of the person's own; nobody else's name for theirs leads here."""
    return f"{visit.caller.owner}/{conversation}" if conversation else visit.caller.owner


async def say(
    visit: Visit, text: str, conversation: str, request_key: str, progress: Progress = lambda _: None
) -> Answered:
    """Say words; the number or the label of a press that was offered last is that press."""
    chat = chat_of(visit, conversation)
    button = await _offered(visit, chat, text.strip())
    if button is None:
        incoming = Incoming(API_CHANNEL, chat, visit.caller.prefix, text)
    else:
        incoming = Incoming(API_CHANNEL, chat, visit.caller.prefix, "", button.id, button.proposal)
    return await visit.programs.answering.say(visit.caller, incoming, request_key, progress)


async def _offered(visit: Visit, chat: str, text: str) -> Button | None:
    """The press that a number or a label means; one label on two of them means neither.

    Confirming takes a word from the closed list, which the desk itself looks for; a number never confirms.
    """
    if len(text) > LABEL or visit.actor.person_id is None:
        return None
    async with visit.desk.database.reads() as session:
        thread = await reading.thread(session, API_CHANNEL, chat, visit.actor.person_id)
        last = await conversations.last_reply(session, thread.id, visit.caller.prefix) if thread else None
    buttons = numbered(Reply.from_json(last.reply or {}).buttons) if last else []
    for number, button in enumerate(buttons, start=1):
        if text in {str(number), f"{number}."}:
            return button
    called = [button for button in buttons if text in {button.label, escaped(button.label)}]
    return called[0] if len(called) == 1 else None
