"""What is free is of the product that results name: a case of any drink, of one's own choice, is in no result."""

import re
from collections.abc import Iterator

from core.checks.view import View
from core.checks.wrong import Wrong

GOODS = r"(?:drinks?|products?|items?|flavou?rs?|skus?|teas?|beverages?|goods|kinds?|sorts?|ones?)"
CHOSEN = re.compile(
    r"(?:送|赠|搭|得)(?:您|你)?[^,，。;；\d]{0,4}\d*[箱瓶件]?"
    r"(?:任意|任选|任何|自选|随便|随意|不限|(?:其他|别的)(?:产品|饮料|口味|品种|[款种品]))"
    r"|(?:任意|任选|任何|自选|随便(?:选|挑|哪)|随意)[^,，。;；]{0,10}(?:免费|白送|赠送|相送|送[给您你一1]|搭赠)"
    r"|(?:赠品|送的|免费的)[^,，。;；]{0,8}(?:任意|任选|任何|自选|自己(?:选|挑)|随便|随意|不限|您定|由您)"
    r"|(?:口味|产品|品种|品类|款式|饮料)(?:可以?|都能|能|都可)?(?:任选|自选|任意选|随便选|随意选|不限)"
    rf"|(?<![a-z])(?:free|bonus|complimentary|gift|get|receive)(?![a-z])[^.;]{{0,28}}(?<![a-z])"
    rf"(?:any (?:other |one )?{GOODS}"
    r"|of your (?:own )?choice|(?:whatever|whichever|anything)(?: [a-z]+)? you (?:like|want|choose|pick|fancy)"
    rf"|(?:{GOODS}|case) (?:that )?you (?:like|want|choose|pick|fancy))(?![a-z])"
    rf"|(?<![a-z])(?:any (?:other |one )?{GOODS}|(?:pick|choose|select) (?:any|whichever|whatever)"
    rf"|(?:whichever|whatever)"
    rf" {GOODS})(?![a-z])[^.;]{{0,30}}(?<![a-z])(?:free|on the house|at no charge|on us)(?![a-z])"
)
CHOICE = re.compile(
    r"任|自选|自己|随便|随意|不限|您定|由您|其他|别的"
    r"|any|choice|what|which|you (?:like|want|choose|pick|fancy)|choose|select"
)
KNOWN = re.compile(r"任意|任选|任何产品|自选|(?<![a-z])(?:any (?:drink|product|item|flavou?r)|of your choice)(?![a-z])")
DENIED = re.compile(
    r"(?:不能|不可以?|不是|并非|无法|没法|不|未)[^,，。;；]{0,8}$"
    r"|(?<![a-z])(?:not|n't|cannot|never|rather than|instead of)"
    r"(?![a-z])[^,.;]{0,24}$"
)


def wrong_choices(text: str, view: View) -> Iterator[Wrong]:
    """A free case of whatever product one likes, where results name the product."""
    if not CHOICE.search(text) or view.matches(KNOWN):
        return
    for found in CHOSEN.finditer(text):
        if not (DENIED.search(text[: found.start()]) or DENIED.search(found.group()) or view.holds(found.group())):
            yield Wrong(f"{found.group()} is free in no result")
