"""Arithmetic that is written out: signs and words between two numbers."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.checks.said import Step
from core.language.numerals import Kind, Number

SIGN = re.compile(r" ?[\u4e00-\u9fffa-z]{0,8} ?([×x*÷=+−]|(?<= )-(?= )) ?(?:cn|us)?")
TIMES_WORD = re.compile(r" ?(?:元|块)?(?:乘以?|times|multiplied by) ?(?:cn|us)?")
SHARE_OF = re.compile(r" ?(?:元|块)?的 ?")
SEVERAL = 2
PLUS = re.compile(r" ?(?:元|块|箱)?(?:加上?|plus) ?(?:cn|us)?")
COMES_TO = re.compile(
    r"(?: ?元| ?箱)?,? ?(?:一共|总共|共|合计|是|得|等于|就是|is|makes?|comes to|gives|equals|"
    r"a total of) ?(?:cn|us|rmb)? ?"
)
OF = re.compile(r" of (?:the |your )?(?:cn|us)?")


def steps_in(text: str, numbers: Sequence[Number]) -> Iterator[Step]:
    """Signs between numbers, and words for them: 3% of 600, 285.10加207.85一共492.95."""
    added, worked, products = False, False, 0
    for one, other in pairwise(numbers):
        between = text[one.span[1] : other.span[0]]
        sign = SIGN.fullmatch(between)
        products += bool(sign and sign[1] in "×x*")
        if TIMES_WORD.fullmatch(between) or (other.kind is Kind.PERCENT and SHARE_OF.fullmatch(between)):
            yield one.value, "×", other.value
        elif (sign and (sign[1] != "=" or worked)) or PLUS.fullmatch(between):
            yield one.value, sign[1] if sign else "+", other.value
        elif one.kind is Kind.PERCENT and OF.fullmatch(between):
            yield other.value, "×", one.value
        elif added and products < SEVERAL and COMES_TO.fullmatch(between):
            yield one.value, "=", other.value
        times = TIMES_WORD.fullmatch(between) or PLUS.fullmatch(between)
        added = bool(times) or bool(sign and sign[1] in "+×x*-−÷")
        worked = added or (other.kind is Kind.PERCENT and bool(SHARE_OF.fullmatch(between) or OF.fullmatch(between)))
