"""Acts of conversation, answered in a line, with a way on."""

from dataclasses import replace

from agents.offline.mind import Mind
from agents.offline.plans import Say, Step
from agents.offline.requests import Request
from agents.offline.state import DROPPED
from core.actor import not_permitted
from core.replies import Button, Reply, Shown, say


def talk(request: Request, mind: Mind) -> Step:
    """The answer to an act of conversation.

    An apology, what the desk doesn't do, and a greeting by name (of whom a model isn't told) are nobody's better words.
    """
    if request.intent == "anger":
        return Say(angry(mind))
    if request.intent == "out_of_scope":
        person = Button("person", mind.words("button.person"), mind.words("button.person.says"))
        return Say(say(mind.words(f"talk.{request.intent}"), person))
    if request.intent == "deny" and mind.state.draft is not None:
        return Say(replace(say(mind.words("talk.deny")), shown=(Shown(DROPPED, "draft"),)))
    if request.intent == "deny" and mind.state.asked is None:
        return Say(say(mind.words("talk.deny")), talk=True)
    if request.intent == "greet":
        return Say(say(mind.words("talk.greet", name=mind.briefing.actor.name), *_openers(mind)))
    key = f"talk.{request.intent}"
    reply = say(mind.words(key)) if key in mind.briefing.words else not_understood(mind)
    return Say(reply, talk=True)


def _openers(mind: Mind) -> list[Button]:
    group = "rep" if "sales_summary" in mind.schemas else ("dealer" if "propose_order" in mind.schemas else "staff")
    says = [mind.words(f"opener.{group}.{i}") for i in (1, 2, 3)]
    return [Button(f"choose:{i}", words, words) for i, words in enumerate(says, start=1)]


def not_understood(mind: Mind) -> Reply:
    """That the message was not understood, with things one may ask and a person."""
    person = Button("person", mind.words("button.person"), mind.words("button.person.says"))
    return say(mind.words("talk.not_understood"), *_openers(mind), person)


ANGRY_FACES = frozenset("😠😡🤬😤👎💢🖕")


def wordless(message: str, mind: Mind) -> Reply:
    """The answer to signs and faces."""
    return angry(mind) if not ANGRY_FACES.isdisjoint(message) else not_understood(mind)


def angry(mind: Mind) -> Reply:
    """An apology and a way on; the second time in a conversation, a person by a time."""
    again = "angry" in mind.state.shown.get("mood", ())
    person = Button("person", mind.words("button.person"), mind.words("button.person.says"))
    words = mind.words("talk.anger.again", by=mind.briefing.person_by) if again else mind.words("talk.anger")
    return replace(say(words, person), shown=(Shown("mood", "angry"),))


def out_of_reach(mind: Mind) -> Say:
    """The tool isn't offered: in a group because it is private or not for dealers, else because the role lacks it."""
    actor = mind.briefing.actor
    staff_in_company = actor.heard_by is not None and actor.role not in actor.heard_by
    alone = mind.briefing.private and not staff_in_company
    return Say(say(mind.words(not_permitted(actor) if alone else "group.private")), refusal=True)
