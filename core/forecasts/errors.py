"""Why a history can't be forecast, in words that whoever made it can act on.

ForecastInput (core.errors.BadInput)
├── MissingColumns      ``columns``, a list of names
├── EmptyHistory        no row with a series, a date and a number
├── UnreadableDates     ``column`` and an ``example``
├── UnreadableNumbers   ``column`` and an ``example``: words, or infinite
├── UnknownFrequency    ``freq``
├── WrongFrequency      ``freq`` is what was asked, ``series`` is spaced otherwise
├── UnknownCountry      ``country``: no holidays are known of it
├── BadHorizon          ``horizon`` and the ``limit``
├── BadLevel            ``level``: between 1 and 99
├── IncompletePlan      ``series``, ``column``: the plan lacks a value within the horizon
├── UnknownFile         ``name``: neither Parquet nor CSV
└── HistoryTooShort     ``needed`` periods, the longest series has ``found``
EngineMissing (core.errors.NotSetUp): ``engine`` and the ``extra`` that brings it
"""

from core.errors import BadInput, NotSetUp


class ForecastInput(BadInput):
    """The history or the plan can't be used as it is."""

    key = "forecasting.bad_input"


class MissingColumns(ForecastInput):
    """A column that every history has isn't there."""

    key = "forecasting.missing_columns"


class EmptyHistory(ForecastInput):
    """No row with a series, a date and a number."""

    key = "forecasting.empty_history"


class UnreadableDates(ForecastInput):
    """A date that is none."""

    key = "forecasting.unreadable_dates"


class UnreadableNumbers(ForecastInput):
    """A figure that is none, or infinite."""

    key = "forecasting.unreadable_numbers"


class UnknownFrequency(ForecastInput):
    """No such rhythm of periods."""

    key = "forecasting.unknown_frequency"


class WrongFrequency(ForecastInput):
    """The dates are spaced otherwise than was said."""

    key = "forecasting.wrong_frequency"


class UnknownCountry(ForecastInput):
    """No holidays are known of it."""

    key = "forecasting.unknown_country"


class UnknownFile(ForecastInput):
    """A file of another kind than those that are read and written."""

    key = "forecasting.unknown_file"


class BadHorizon(ForecastInput):
    """No whole number of periods within reason."""

    key = "forecasting.bad_horizon"


class BadLevel(ForecastInput):
    """No percentage that an interval can have."""

    key = "forecasting.bad_level"


class IncompletePlan(ForecastInput):
    """The plan lacks a value within the horizon."""

    key = "forecasting.incomplete_plan"


class HistoryTooShort(ForecastInput):
    """Too few periods to look back so far."""

    key = "forecasting.history_too_short"


class EngineMissing(NotSetUp):
    """The engine's libraries aren't installed."""

    key = "forecasting.engine_missing"
