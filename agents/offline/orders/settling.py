"""An order where a question was open about one product: 「550的来40箱吧，绿茶就按刚才120」."""

import re

from agents.offline.evidence.cues import ASKS, PRICE, WANTS
from agents.offline.mind import Mind
from agents.offline.reading.understanding import Reading


def orders_instead(reading: Reading, mind: Mind) -> bool:
    """Whether an order is placed where one product was asked for: 「550的来40箱吧，绿茶就按刚才120」 to 「哪种水」."""
    if not reading.has_lines or not WANTS.search(reading.text):
        return False
    placed = asked_for_the_dealer(mind) and PLACES.search(reading.text)  # and not a price of so many
    settled = len(reading.of_kind("product")) > 1 or SETTLES.search(reading.text) or placed
    asks = PRICE.search(reading.text) or ASKS.search(reading.text)
    return mind.state.draft is not None or bool(settled and not asks)


def asked_for_the_dealer(mind: Mind) -> bool:
    """Whether the open question is whose price it is."""
    return mind.state.asked is not None and mind.state.asked.slot == "dealer"


PLACES = re.compile(
    r"[给帮为].{2,14}[下订开拟]|下单|(?<![a-z])(?:order|book|draft|place)(?= (?:\d|an? |the |it|him|her|them))"
)
SETTLES = re.compile(r"吧[ ,，。!！]*$|下单|(?<![a-z])(?:please|pls)(?![a-z])")
