"""An order where a question was open about one product: 「550的来40箱吧，绿茶就按刚才120」."""

import re

from agents.offline.cues import ASKS, PRICE, WANTS
from agents.offline.mind import Mind
from agents.offline.understanding import Reading


def orders_instead(reading: Reading, mind: Mind) -> bool:
    """Whether an order is placed where one product was asked for: 「550的来40箱吧，绿茶就按刚才120」 to 「哪种水」."""
    if not reading.has_lines or not WANTS.search(reading.text):
        return False
    settled = len(reading.of_kind("product")) > 1 or SETTLES.search(reading.text)
    asks = PRICE.search(reading.text) or ASKS.search(reading.text)
    return mind.state.draft is not None or bool(settled and not asks)


SETTLES = re.compile(r"吧[ ,，。!！]*$|下单|(?<![a-z])(?:please|pls)(?![a-z])")
