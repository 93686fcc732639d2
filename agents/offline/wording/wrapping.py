"""What stands around the words that matter: politeness, an opener, spaces that a keyboard left between characters."""

import re

OPENER = (
    r"哦?对了|话说|顺带问|by the way|btw|oh and|just (?:a )?(?:few|couple of|two|three) (?:things|questions)"
    r"|(?:我想|我要|帮我|给我)?(?:查|问|看|咨询|办)(?:一下|下)?[几两三四五\d][个件](?:事情?|问题|东西)"
)
GREETING = r"您好|你好|(?:hi|hello|hey)(?: there)?|good (?:morning|afternoon|evening)"
TROUBLE = r"麻烦(?:您|你)?了?|打扰(?:您|你)?了?|不好意思|劳驾|excuse me"
THANKS = (
    r"谢谢(?:啦|了|您|你|哈)*|多谢|辛苦了?"
    r"|(?:many )?thanks(?: a lot| so much)?|thank you(?: so much| very much)?|cheers"
)
MARK = r"[ ,，、.。!！~～:：;；]"
BEFORE = re.compile(rf"^(?:(?:{GREETING}|{TROUBLE}|{OPENER}){MARK}+)+")
BEHIND = re.compile(rf"(?:{MARK}+(?:{THANKS}))+{MARK}*$")
LEFT = 3  # characters that have to be left for the rest to be a message of its own
HAN = "\u3400-\u9fff"
SINGLE = re.compile(rf"(?<![{HAN}])[{HAN}](?![{HAN}])")
GAP = re.compile(rf"(?<=[{HAN}]) +(?=[{HAN}])")
OFTEN = 2


def unwrapped(text: str) -> str:
    """A folded message without greetings, excuses and thanks around it, where more than those is left."""
    for wrapping in (BEFORE, BEHIND):
        rest = wrapping.sub("", text)
        text = rest if len(rest.strip()) >= LEFT else text
    return text


def closed_up(text: str) -> str:
    """「矿 泉水 来 十箱」 without its spaces, where single characters stand alone again and again."""
    return GAP.sub("", text) if len(SINGLE.findall(text)) >= OFTEN and GAP.search(text) else text
