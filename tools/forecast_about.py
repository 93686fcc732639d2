"""What forecasts have in common when they are told: of whom and what, in cases, as a chart, with their error."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.actor import Actor
from core.forecasts.paths import Point
from core.forecasts.questions import Subject
from core.forecasts.service import Outlook
from core.forecasts.trials import Accuracy
from core.money import HUNDRED
from core.replies import Band, Chart, Figure, Series, Shown
from core.sales.rules import add_months
from core.words import Words
from tools.account_replies import dealer_name
from tools.product_replies import called
from tools.spans import month_words, span_words

HISTORY = 18


def about(subject: Subject, actor: Actor, words: Words) -> str:
    """``D001 …，T-500 绿茶 500ml``; a dealer's person isn't told who they are."""
    parts = [who for who in (whom(subject, actor, words),) if who]
    if subject.product is not None:
        parts.append(called(subject.product, words))
    elif subject.category:
        parts.append(words(f"category.{subject.category}"))
    else:
        parts.append(words("forecast.all_products"))
    return words("forecast.of").join(parts)


def whom(subject: Subject, actor: Actor, words: Words) -> str:
    """The dealer, region or brand meant; empty for a dealer's own person."""
    if subject.dealer is not None:
        return "" if actor.dealer_id is not None else dealer_name(subject.dealer, words)
    return named(subject.region_names, words) or words("forecast.all_dealers")


def named(names: Mapping[str, str], words: Words) -> str:
    """In the reader's language, else in any."""
    return names.get(words.language) or next(iter(names.values()), "")


def whole(cases: Decimal) -> Decimal:
    """Cases as people speak of them: none are halved."""
    return cases.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def cases_words(cases: Decimal, words: Words) -> str:
    """``320箱``."""
    return words.quantity(whole(cases), "case")


def months_words(months: Iterable[date], words: Words) -> str:
    """Months in a row as one span."""
    listed = sorted(months)
    return span_words(listed[0], add_months(listed[-1], 1), words)


def error_words(accuracy: Accuracy | None, words: Words) -> str:
    """How wrong such forecasts were, beside what plain methods would have been; or that nobody can say yet."""
    if accuracy is None or accuracy.wape is None:
        return words("forecast.no_error_yet")
    line = words("forecast.error", count=accuracy.trials, wape=words.percent(accuracy.wape, 0))
    if accuracy.last_year is None:
        return line
    return line + words("forecast.error_last_year", wape=words.percent(accuracy.last_year, 0))


def error_figures(accuracy: Accuracy | None) -> tuple[Figure, ...]:
    """Every error that a reply may state."""
    if accuracy is None:
        return ()
    named_values = (
        ("error", accuracy.wape),
        ("error last year", accuracy.last_year),
        ("error mean of three months", accuracy.mean3),
        ("bias", abs(accuracy.bias) if accuracy.bias is not None else None),
        ("within 80%", accuracy.inside80),
        ("within 95%", accuracy.inside95),
    )
    shares = tuple(percent_figure(value, label) for label, value in named_values if value is not None)
    return (*shares, Figure("quantity", str(accuracy.trials), "", "forecasts compared"))


def percent_figure(share: Decimal, label: str) -> Figure:
    """A share of one as per cent."""
    return Figure("percent", f"{(share * HUNDRED).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP):f}", "%", label)


def point_figures(point: Point, label: str) -> tuple[Figure, ...]:
    """A month's cases, and the bounds around them."""
    values = (("forecast", point.mean), ("low", point.low80), ("high", point.high80))
    return (
        *(Figure("quantity", str(whole(value)), "case", f"{label} {name}") for name, value in values),
        Figure("date", point.month.isoformat(), "", label),
    )


def shown(subject: Subject) -> tuple[Shown, ...]:
    """The product and dealer put before the reader."""
    product = (Shown("product", subject.product.sku),) if subject.product else ()
    dealer = (Shown("dealer", subject.dealer.code),) if subject.dealer else ()
    return (*product, *dealer)


def chart(found: Outlook, points: tuple[Point, ...], title: str, words: Words) -> Chart:
    """The last year and a half, then what is expected up to the last month asked for, within its intervals."""
    history = sorted(found.history.items())[-HISTORY:]
    until = points[-1].month
    changed = {point.month: point for point in points}
    ahead = [changed.get(point.month, point) for point in found.path if point.month <= until]
    gap: tuple[None, ...] = (None,) * len(history)
    labels = tuple(month_words(month, words, year=True) for month in [*dict(history), *(one.month for one in ahead)])
    past = tuple(float(cases) for _, cases in history)
    bands = (
        Band(words("forecast.band80"), (*gap, *_floats(ahead, "low80")), (*gap, *_floats(ahead, "high80"))),
        Band(words("forecast.band95"), (*gap, *_floats(ahead, "low95")), (*gap, *_floats(ahead, "high95"))),
    )
    line = Series(words("forecast.line"), (*past, *_floats(ahead, "mean")), dashed_from=len(history))
    return Chart("line", title, labels, (line,), words("sales.unit.case"), bands)


def _floats(points: Iterable[Point], name: str) -> tuple[float, ...]:
    """Whole cases, as the words beside the chart say them."""
    return tuple(float(whole(getattr(point, name))) for point in points)
