"""「大同云冈的额度、欠款、返利一起报给我」: an account and a rebate, which two tools tell, named in one breath."""

import re
from dataclasses import replace

from agents.offline.requests import Request

ACCOUNT, REBATE = "show_account", "explain_rebate"
WORDS_OF_ONE = (
    r"(?:额度|授信|欠款|账期|余额|应付|逾期|账户"
    r"|(?<![a-z])(?:credit(?: limit| line)?|balance|limit|account|overdue)(?![a-z]))"
)
WORDS_OF_OTHER = r"(?:返利|返点|回馈|(?<![a-z])rebates?(?![a-z]))"
AND = r"[^,，。?？]{0,4}(?:[、/&+]|和|跟|及|与|还有|都|一起|(?<![a-z])(?:and|plus)(?![a-z]))[^,，。?？]{0,8}"
BESIDE_EACH_OTHER = re.compile(f"{WORDS_OF_ONE}{AND}{WORDS_OF_OTHER}|{WORDS_OF_OTHER}{AND}{WORDS_OF_ONE}")


def of_both_figures(request: Request) -> list[Request]:
    """The one request, or one for each tool where it is taken for either and names both."""
    if request.intent not in {ACCOUNT, REBATE} or not BESIDE_EACH_OTHER.search(request.reading.text):
        return [request]
    return [replace(request, intent=ACCOUNT), replace(request, intent=REBATE)]
