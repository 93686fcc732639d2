"""Words that change an amount or a line of an order, and what the line is then."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from agents.offline.orders.lines import Line
from agents.offline.reading.understanding import Reading

REMOVE = re.compile(
    r"scrap|ditch|lose the|划掉|砍掉|免了"
    r"|不要(?![那这]么)|去掉|删掉|删了|拿掉|取消|减掉|不用(?![那这]么)|撤[了掉]|就?算了"
    r"|[不别](?:来|拿|订|买|上)了?"
    r"|(?<![a-z])no (?=[a-z])(?!(?:wait|hang|hold|sorry|make|actually|just|only"
    r"|i|it|its|that|the|not|we|let|lets|please|but|ok|instead|then"
    r"|one|can|do|you|more|need|problem|worries|thanks|idea|change|rush|hurry|longer|way)(?![a-z]))"
    r"|remove|drop|take off|take (?:the |that |those )?[a-z -]{3,24} (?:off|out)(?![a-z])|without|no more|delete"
    r"|skip|cancel the|leave (?:it |that |the )?(?:\w+ ){0,3}?(?:out|off)"
    r"|(?<![a-z])(?:take|leave|pull|strip|cut) (?:\w+ ){0,4}?out(?![a-z])|take (?:\w+ ){1,4}?off(?![a-z])"
    r"|knock off|get rid of|forget (?:about )?the|lose that"
    r"|never ?mind (?:about )?the(?! (?:\w+ )*(?:discount|price|delay|deal|promo\w*|offer|credit|deliver\w*"
    r"|date|remark|note)(?![a-z]))"
)


ADD = re.compile(
    r"再加|加上|加|再来|另外|还要|(?<![太很不么样])多(?![了少])|[塞添]|[再里面]面?[补搭放凑拼]|也?搭上"
    r"|also|add|plus|another|more|as well|extra|squeeze|tack on|throw in|chuck in|(?:stick|put|throw|pop|bung) .* on "
)


LESS = re.compile(r"(?<!满)减|(?<![写下记算订报多])少(?![写下记])|less|fewer|reduce|minus")


SWAP = re.compile(
    r"改(?=[\u4e00-\u9fff]{1,6}吧)|改[要拿订来]|换成|改做|换做|转做|改成|改为|换"
    r"|instead|change .* to|swap|switch|replace"
    r"|make it|rather"
)


MAKE = re.compile(
    r"(?<![a-z])(?:make|bring|put|set|take) (?:the|my|our|that)(?![a-z])|(?<![a-z])(?:down|up) to(?![a-z])|改"
)


FACTORS = (
    (re.compile(r"(?<![a-z])(?:double|doubled|twice)(?![a-z])|翻[倍番]|加倍|双倍|两倍"), Decimal(2)),
    (re.compile(r"(?<![a-z])(?:triple|tripled|three times)(?![a-z])|三倍"), Decimal(3)),
    (re.compile(r"(?<![a-z])(?:halve|halved|half(?: of)?(?: as (?:much|many))?)(?![a-z])|减半|一半"), Decimal("0.5")),
)


def factor_in(text: str) -> Decimal | None:
    """What an amount is multiplied with: 「翻倍」, "half of it"."""
    return next((value for pattern, value in FACTORS if pattern.search(text)), None)


def without_factors(text: str) -> str:
    """The words but for what an amount is multiplied with."""
    for pattern, _ in FACTORS:
        text = pattern.sub(" ", text)
    return text


def adds(text: str) -> bool:
    """Whether an amount comes on top, and nothing in its place."""
    return bool(ADD.search(text)) and not SWAP.search(text)


def quantity_after(old: Line, new: Line, said: Decimal, text: str) -> Decimal:
    """「再加10箱」 on top of what stands, 「减10箱」 off it, 「改成10箱」 instead."""
    if old.quantity is None or (new.unit or old.unit) != old.unit:
        return said
    if BY_HOW_MUCH_AFTER.search(text) or (MORE_AFTER.search(text) and said > old.quantity):
        return said
    if LESS.search(text) and not SWAP.search(text) and not re.search(r"减到|少到|to \d", text):
        return old.quantity - said
    if adds(text) and not re.search(r"加到|to \d", text):
        return old.quantity + said
    return said


MORE_AFTER = re.compile(r"多[要来拿订进备]?一?[点些][ ,，]*\D{0,3}\d")  # 「那就多订点 100箱」 where there were 50
BY_HOW_MUCH_AFTER = re.compile(  # 「少点，300箱就行」: less, and so many are left
    r"[少减][要来拿订]?一?[点些][^\d一二两三四五六七八九十百]{0,4}[,，。 ]+\D{0,3}\d"
    r"|(?<![a-z])(?:less|fewer)(?![a-z])[^\d]{0,24}[,.;-] ?\D{0,12}\d"
)


def line_changed(lines: Sequence[Line], place: int, reading: Reading) -> list[Line] | None:
    """The lines with one of them left out, or in the amount that is said."""
    if REMOVE.search(reading.text) and not reading.quantities:
        return [line for at, line in enumerate(lines) if at != place]
    if len(reading.quantities) != 1:
        return None
    wanted = reading.quantities[0]
    changed = replace(
        lines[place],
        quantity=wanted.value,
        unit=str(wanted.unit) if wanted.unit else lines[place].unit,
        approximate=wanted.approximate,
    )
    return [changed if at == place else line for at, line in enumerate(lines)]
