"""「买一百能到手多少」, "how many do I end up with": how much comes of an amount, with what is free."""

import re

COMES_TO = re.compile(
    r"[送搭赠]几|能送|[送搭赠]多少|到手|实[得拿收](?:几|多少)|(?:能|一共|总共|共)[^,，。]{0,2}(?:拿到?|收到?|得到?|提)(?:多少|几)(?!钱)"
    r"|(?<![a-z])(?:free|(?:end up|come out|walk away) with|how many .{0,16}(?:get|receive) (?:in all|in total"
    r"|altogether))(?![a-z])"
)
