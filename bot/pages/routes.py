"""The page itself, and the way in and out of it."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.api.problems import TooManyTries, reading_language, status_of, words_for
from bot.api.same_site import from_own_page
from bot.channels.web import messages, sessions
from bot.channels.web.sessions import SignedIn, Who
from bot.channels.web.state import Web, WebState
from bot.incoming import MESSAGE_LIMIT
from core.actor import Permission
from core.brand import service as brands
from core.brand.models import Brand
from core.errors import NotPermitted, NotSetUp, QudaoError
from core.words import LOCALES, Words

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(request: Request, web: WebState) -> Response:
    """The chat, or how to get in."""
    try:
        who = await sessions.who_of(request, web)
        if who is None:
            await _brand(web)
            return await _notice(request, web, "web.sign_in.heading", "web.sign_in.how", 401)
    except (NotPermitted, NotSetUp) as error:
        return await _refused(request, web, error)
    words = words_for(request)
    return HTMLResponse(web.pages.shell(words, _name(who.brand, words), _start(web, who, words.tag)))


@router.get("/sign-in/{token}")
async def ask_to_sign_in(token: str, request: Request, web: WebState) -> Response:
    """A button: whatever only looks at the link, such as a messenger's preview, doesn't use it up."""
    return await _notice(request, web, "web.sign_in.heading", "web.sign_in.press", 200, f"/sign-in/{token}")


@router.post("/sign-in/{token}")
async def sign_in(token: str, request: Request, web: WebState) -> Response:
    """Use the invite up and go to the chat."""
    try:
        from_own_page(request)
        if wait := web.sign_ins.take(request.client.host if request.client else ""):
            raise TooManyTries(seconds=round(wait) + 1)
        response = RedirectResponse("/", 303)
        await sessions.sign_in(web, response, token)
    except QudaoError as error:
        return await _refused(request, web, error)
    return response


@router.post("/sign-out", dependencies=[Depends(from_own_page)])
async def sign_out(who: Who, web: WebState) -> Response:
    """End this session."""
    response = RedirectResponse("/", 303)
    await sessions.sign_out(web, response, who)
    return response


async def _refused(request: Request, web: Web, error: QudaoError) -> Response:
    response = await _notice(request, web, "web.sign_in.failed", error.message_key, status_of(error), **error.params)
    if isinstance(error, TooManyTries):
        response.headers["retry-after"] = str(error.params["seconds"])
    return response


async def _notice(
    request: Request, web: Web, heading: str, text: str, status: int, action: str = "", **params: Any
) -> Response:
    words = web.desk.catalogues.words(reading_language(request))
    name = await _public_name(web, words)
    html = web.pages.notice(words, name, words(heading), words(text, **params), action, words("web.sign_in.button"))
    return HTMLResponse(html, status)


async def _public_name(web: Web, words: Words) -> str:
    """The brand's name, as it stands on its shop sign; ours where there is no brand yet."""
    try:
        return _name(await _brand(web), words)
    except NotSetUp:
        return "Qudao"


async def _brand(web: Web) -> Brand:
    async with web.desk.database.reads() as session:
        brand, _ = await brands.current_at(session, web.desk.clock())
    return brand


def _name(brand: Brand, words: Words) -> str:
    return brand.name if words.language == "zh" else brand.name_en


def _start(web: Web, who: SignedIn, language: str) -> dict[str, Any]:
    """What the page's scripts have to know to begin."""
    all_words = {one: web.desk.catalogues.words(one) for one in LOCALES}
    group = openers(who)
    return {
        "language": language,
        "locales": {one: words.web_locale for one, words in all_words.items()},
        "words": {one: words.under("web.") for one, words in all_words.items()},
        "openers": {one: [words(f"opener.{group}.{i}") for i in (1, 2, 3)] for one, words in all_words.items()},
        "brand": {one: _name(who.brand, words) for one, words in all_words.items()},
        "zone": who.brand.zone,
        "person": {
            "handle": who.actor.handle,
            "name": who.actor.name,
            "role": str(who.actor.role),
            "dealer": who.actor.dealer_code,
        },
        "limits": {"files": messages.FILES, "fileBytes": messages.FILE_BYTES, "text": MESSAGE_LIMIT},
        "group": group,
        "publishes": who.actor.may(Permission.DOCUMENTS_PUBLISH),
    }


def openers(who: SignedIn) -> str:
    """Which of the suggestions fit the person."""
    if who.actor.dealer_id is not None:
        return "dealer"
    return "rep" if who.actor.may(Permission.SALES_READ) else "staff"
