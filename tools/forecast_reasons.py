"""How a forecast is explained: last year, the trend, the season, what is on offer, and by which method."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.actor import Actor
from core.forecasts.explaining import Reasons
from core.forecasts.service import Outlook
from core.replies import Figure, Reply, Text
from core.words import Words
from tools.forecast_about import (
    about,
    cases_words,
    chart,
    error_figures,
    named,
    percent_figure,
    point_figures,
    shown,
    whole,
)
from tools.spans import month_words

PROMOTIONS = 2


def explained(found: Outlook, why: Reasons, words: Words, actor: Actor) -> Reply:
    """The number, then what speaks for it, at most six lines."""
    point = next(one for one in found.path if one.month == why.month)
    who = about(found.subject, actor, words)
    month = month_words(why.month, words, year=True)
    headline = words(
        "forecast.headline",
        span=month,
        about=who,
        cases=cases_words(point.mean, words),
        low=words.number(whole(point.low80)),
        high=words.number(whole(point.high80)),
    )
    lines = [headline, _levels(why, words), *_shape(why, words), *_offers(why, words), _method(found, words)]
    figures = (*point_figures(point, "total"), *_figures(why), *error_figures(found.accuracy))
    picture = chart(found, (point,), words("forecast.chart", about=who), words)
    return Reply((Text("\n".join(lines)), picture), figures, shown(found.subject))


def _levels(why: Reasons, words: Words) -> str:
    recent = words("forecast.recent", cases=cases_words(why.recent, words))
    if why.last_year is None:
        return recent
    return words("forecast.last_year", cases=cases_words(why.last_year, words)) + words("list.semicolon") + recent


def _shape(why: Reasons, words: Words) -> Iterable[str]:
    """Trend and season, each where the history is long enough to tell."""
    parts = []
    if why.trend is not None:
        sign = "+" if why.trend > 0 else ""
        parts.append(words("forecast.trend", change=f"{sign}{words.percent(why.trend, 0)}"))
    if why.season is not None:
        parts.append(words("forecast.season", month=month_words(why.month, words), share=words.percent(why.season, 0)))
    if parts:
        yield words("list.semicolon").join(parts)


def _offers(why: Reasons, words: Words) -> Iterable[str]:
    if why.promotions:
        yield words("forecast.promotions", offers=_listed(why.promotions, words))
    else:
        yield words("forecast.no_promotion")
    if why.promotions_before and why.promotions_before != why.promotions:
        yield words("forecast.promotions_before", offers=_listed(why.promotions_before, words))


def _listed(offers: tuple[Mapping[str, str], ...], words: Words) -> str:
    return words("list.comma").join(named(offer, words) for offer in offers[:PROMOTIONS])


def _method(found: Outlook, words: Words) -> str:
    key = f"forecast.confidence.{found.confidence}"
    sure = words(key) if key in words else words("forecast.confidence.other")
    return words("forecast.method", method=method_words(found.method, words), sure=sure)


def method_words(method: str, words: Words) -> str:
    """What a method is called; one that has no words yet goes by its own name."""
    whole, _, mended = method.partition(":")
    route, _, network = whole.partition("+")
    key = f"forecast.method.{route}"
    said = words(key) if key in words else route
    return said + (words("forecast.with_network") if network else "") + (words("forecast.mended") if mended else "")


def _figures(why: Reasons) -> Iterable[Figure]:
    yield Figure("quantity", str(whole(why.recent)), "case", "mean of three months")
    if why.last_year is not None:
        yield Figure("quantity", str(whole(why.last_year)), "case", "last year")
    shares: tuple[tuple[str, Decimal | None], ...] = (("trend", why.trend), ("season", why.season))
    for label, share in shares:
        if share is not None:
            yield percent_figure(abs(share), label)
