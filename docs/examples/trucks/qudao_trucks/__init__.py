"""On which days the brand's truck goes to a city."""

from collections.abc import Mapping
from enum import StrEnum
from importlib.resources import files
from typing import Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool

from core.actor import Permission
from core.replies import Reply, say
from tools.context import ToolContext
from tools.registry import ToolPackage, ToolSpec


class City(StrEnum):
    """Where trucks go."""

    HANGZHOU = "hangzhou"
    SUZHOU = "suzhou"


DAYS: Mapping[City, tuple[int, ...]] = {City.HANGZHOU: (2, 5), City.SUZHOU: (3,)}


@tool(parse_docstring=True, response_format="content_and_artifact")
async def truck_days(city: City, runtime: ToolRuntime[ToolContext, Any]) -> tuple[str, Reply]:
    """On which weekdays the brand's own truck goes to a city.

    Args:
        city: Where the truck goes.
    """
    words = runtime.context.words
    days = words("trucks.and").join(words(f"trucks.day.{day}") for day in DAYS[city])
    reply = say(words("trucks.days", city=words(f"trucks.city.{city}"), days=days))
    return reply.plain(), reply


PACKAGE = ToolPackage(tools=(ToolSpec(truck_days, Permission.PRODUCTS_READ),), prompts=files(__name__) / "prompts")
