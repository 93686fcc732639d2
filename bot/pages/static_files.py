"""The pages' styles, scripts and pictures."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


class Stamped(StaticFiles):
    """Serves ``/<digest>/file``: for ever under its own digest, and under an older one for a tab opened before."""

    def __init__(self, digest: str) -> None:
        super().__init__(packages=[("bot.pages", "static")])
        self._digest = digest

    async def get_response(self, path: str, scope: Scope) -> Response:
        stamp, _, rest = path.replace("\\", "/").partition("/")
        response = await super().get_response(rest, scope)
        response.headers["cache-control"] = FOREVER if stamp == self._digest else ASK_AGAIN
        return response
