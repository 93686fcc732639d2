"""The tier that is told as reached: the one that results say is, not the next one and not one that was passed."""

import re
from collections.abc import Iterator

from core.checks.said import Said
from core.checks.spoken import tiers_in
from core.checks.view import View
from core.checks.wrong import Wrong

STANDS = re.compile(
    r"(?:已经?|现已|早已|目前|现在|当前|如今|眼下|现|刚刚?|成功|[您你们]|季度?|终于)[^,，。;；:：\d]{0,8}?"
    r"(?:达到?|到|进入?|冲到|升到|升至|升入|拿到|拿下|处于|处在|在|是|属于|落在|适用|享受|站上|跨入|够)(?:了|着)?"
    r"(?:返利|的)?$"
)
STANDS_EN = re.compile(
    r"(?<![a-z])(?:reached|hit|achieved|unlocked|earned|attained|cleared|(?:made|got) it (?:to|into)|qualified for|"
    r"qualify for|(?:are|'re|is|'s|puts? you|now|currently|sits?|stands?|been|already) "
    r"(?:(?:now|already|currently|firmly|standing|sitting|safely) )*(?:in|at|on|into))(?: the)? ?$"
)
REACHED_AFTER = re.compile(
    r"(?:返利)?(?:您|你|都|也)?(?:已经?|早就|早已)(?:经)?(?:达到?|达成|达标|到手|拿下|拿到|解锁|完成(?!了?(?:约|大约|近)?[\d一二三四五六七八九]|度|率|进度))"
    r"|(?:达成|达标|到手|拿下|解锁)了"
    r"| (?:(?:is|has been|was|is now|has now been) )?(?:already )?(?:reached|achieved|met|unlocked"
    r"|earned)(?! (?:once|when|at|from|if))"
)
AHEAD = re.compile(
    r"再|还差|还需|还要|差|离|距|若|如果|要是|只要|一旦|等|届时|就能|就会|将|可以?|能|未|没|不|尚|下一?|才"
    r"|快|即将|接近|需|想|"
    r"冲刺|努力|目标"
    r"|(?<![a-z])(?:if|once|when|until|unless|not|n't|yet|more|short|away|would|will|could|can|to (?:have|reach"
    r"|get|hit|be)|"
    r"next|before|almost|nearly|close|need|never|after|than|haven't|hasn't|isn't|aren't|how)(?![a-z])"
)
LATER = re.compile(r"(?:之|以)?[后时]|(?:的)?(?:门槛|条件|路上)|(?:还|之)?[差前间]| (?:threshold|would|will|needs|yet)")
CLAUSE = re.compile(r",(?!\d{3})|[，。;；!！?？()（）\n]|\.(?= |$)|(?<![a-z])(?:but|and|so|while)(?![a-z])")
LINE = re.compile(r"已达第(\d+)档|(?<![a-z])tier (\d+) reached")


def wrong_standings(said: Said, view: View) -> Iterator[Wrong]:
    """A tier told as the one that purchases are in, where results say that another is reached or still ahead."""
    reached = {f"tier:{found[1] or found[2]}" for line in view.lines for found in LINE.finditer(line.text)}
    if not any(name.startswith("tier") for name in view.belonging.rows):
        return
    for name, start, end in tiers_in(said.text):
        if name not in reached and _stands(said.text, start, end):
            yield Wrong(f"{said.text[start:end]} isn't the tier that is reached")


def _stands(text: str, start: int, end: int) -> bool:
    first = max([0, *(found.end() for found in CLAUSE.finditer(text, 0, start))])
    last = next((found.start() for found in CLAUSE.finditer(text, end)), len(text))
    before, after = text[first:start], text[end:last]
    if AHEAD.search(before) or LATER.match(after):
        return False
    if REACHED_AFTER.match(after):
        return True
    return bool(STANDS.search(before) or STANDS_EN.search(before))
