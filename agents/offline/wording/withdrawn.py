"""A question taken back in the same breath: 「没签字还能报吗 算了我先打客服电话」 asks for the number alone."""

import re

WITHDRAWN = re.compile(
    r"^[^\d]{2,48}?(?:[吗嗎么呢?？]"
    r"|[能行可以]不)[ ,，。?？!！~…]*(?:[哎唉嗯哦])?算了[吧啦]?[ ,，。]*(?=(?:我|还是|還是|先|直接|你|帮|幫"
    r"|给|給|就))"
    r"|^[^\d]{6,90}\?+ *(?:actually |oh |ah )?(?:never ?mind|forget (?:it|that)|scratch that"
    r"|no matter)[ ,.;-]+(?=\w{2})",
    re.IGNORECASE,
)


def without_withdrawn(message: str) -> str:
    """The message from where it goes on behind that question."""
    return WITHDRAWN.sub("", message, count=1)
