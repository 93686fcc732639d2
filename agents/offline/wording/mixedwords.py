"""「credit还够吗」「还有stock吗」: the trade's English words in a Chinese sentence, in Chinese."""

import re
from collections.abc import Mapping

from core.proposals.rules import confirms

CHINESE: Mapping[str, str] = {
    "credit limit": "授信额度",
    "credit line": "授信额度",
    "temporary credit": "临时额度",
    "temp credit": "临时额度",
    "temp line": "临时额度",
    "temp limit": "临时额度",
    "credit": "额度",
    "extend": "续期",
    "expire": "到期",
    "expires": "到期",
    "deadline": "期限",
    "contract": "合同",
    "contracts": "合同",
    "deposit": "保证金",
    "fine": "罚款",
    "penalty": "违约金",
    "stock": "库存",
    "order status": "订单状态",
    "rebate": "返利",
    "rebates": "返利",
    "overdue": "逾期",
    "reject": "拒",
    "rejected": "拒",
    "reason": "原因",
    "invoice": "发票",
    "promotion": "活动",
    "promo": "活动",
    "take out": "去掉",
    "drop掉": "去掉",
    "cancel掉": "取消掉",
}
WORD = re.compile(
    rf"(?<![a-z0-9'-])(?:{'|'.join(sorted(CHINESE, key=len, reverse=True))})(?![a-z0-9'-])(?! (?:card|note)s?(?![a-z]))"
)
HAN, ENGLISH = (
    re.compile(r"[\u3400-\u9fff]"),
    re.compile(r"(?<![a-z])(?:is|are|the|do|does|what|how|my|our|of|to)(?![a-z])"),
)


def in_chinese(text: str) -> str:
    """The folded text with these words in Chinese where the sentence is; it never becomes a yes by that."""
    if len(HAN.findall(text)) < 2 or ENGLISH.search(text):
        return text
    found = WORD.sub(lambda match: CHINESE[match.group()], text)
    return text if confirms(found) and not confirms(text) else found
