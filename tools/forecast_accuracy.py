"""How accuracy reads: the error, the same of plain methods, how often the interval held, the worst months."""

from collections.abc import Iterable

from core.actor import Actor
from core.forecasts.service import Outlook
from core.forecasts.trials import Accuracy
from core.replies import Block, Column, Figure, Reply, Table, Text
from core.words import Words
from tools.forecast_about import about, cases_words, error_figures, shown, whole
from tools.spans import month_words


def measured(found: Outlook, words: Words, actor: Actor) -> Reply:
    """Plainly: the plain methods stand beside it whether they lost or won."""
    accuracy, who = found.accuracy, about(found.subject, actor, words)
    if accuracy is None or accuracy.wape is None:
        return Reply((Text(words("forecast.no_error_for", about=who)),), (), shown(found.subject))
    lines = [
        words(
            "forecast.accuracy",
            about=who,
            count=accuracy.trials,
            wape=words.percent(accuracy.wape, 0),
        ),
        _against(accuracy, words),
        *_habits(accuracy, words),
    ]
    blocks: list[Block] = [Text("\n".join(lines)), *_worst(accuracy, words)]
    figures = (*error_figures(accuracy), *_figures(accuracy))
    return Reply(tuple(blocks), figures, shown(found.subject))


def _against(accuracy: Accuracy, words: Words) -> str:
    parts = []
    if accuracy.last_year is not None:
        parts.append(words("forecast.by_last_year", wape=words.percent(accuracy.last_year, 0)))
    if accuracy.mean3 is not None:
        parts.append(words("forecast.by_mean3", wape=words.percent(accuracy.mean3, 0)))
    verdict = words("forecast.better" if accuracy.better else "forecast.not_better")
    return words("list.comma").join(parts) + verdict


def _habits(accuracy: Accuracy, words: Words) -> Iterable[str]:
    """How often it came within the interval, and which way it tends to err."""
    if accuracy.inside80 is not None:
        yield words("forecast.within", share=words.percent(accuracy.inside80, 0))
    if accuracy.bias:
        key = "forecast.too_much" if accuracy.bias > 0 else "forecast.too_little_said"
        yield words(key, share=words.percent(abs(accuracy.bias), 0))


def _worst(accuracy: Accuracy, words: Words) -> Iterable[Block]:
    if accuracy.worst:
        columns = (
            Column(words("sales.by.month")),
            Column(words("forecast.column_said"), "end"),
            Column(words("forecast.column_came"), "end"),
        )
        rows = tuple(
            (
                month_words(trial.month, words, year=True),
                cases_words(trial.forecast, words),
                cases_words(trial.actual, words),
            )
            for trial in accuracy.worst
        )
        yield Table(columns, rows, words("forecast.worst"))


def _figures(accuracy: Accuracy) -> Iterable[Figure]:
    for trial in accuracy.worst:
        month = trial.month.isoformat()[:7]
        yield Figure("quantity", str(whole(trial.forecast)), "case", f"{month} forecast")
        yield Figure("quantity", str(whole(trial.actual)), "case", f"{month} came")
        yield Figure("date", trial.month.isoformat(), "", "worst month")
