"""A chart as a picture, for messengers that can't draw."""

from bot.charts.picture import png

__all__ = ["png"]
