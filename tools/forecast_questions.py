"""Questions about demand, from the public names of tools' arguments."""

from datetime import date
from typing import Annotated

from pydantic import Field

from core.forecasts.questions import Question
from tools.context import ToolContext
from tools.periods import days_of

# The formats tell the built-in brain what to listen for; see docs/tools.md.
Period = Annotated[str, Field(json_schema_extra={"format": "months-ahead"})]
Months = Annotated[int, Field(ge=1, le=6, json_schema_extra={"format": "count-of-months"})]


def question(
    ctx: ToolContext,
    *,
    dealer: str | None = None,
    region: str | None = None,
    sku: str | None = None,
    category: str | None = None,
    period: str | None = None,
    months: int | None = None,
) -> Question:
    """The question behind public names; BadInput for a period that is none."""
    start: date | None = None
    end: date | None = None
    if period and period.strip():
        start, end = days_of(period, ctx.brand.fiscal_year_start)
    return Question(dealer, region, sku, category, start, end, months)
