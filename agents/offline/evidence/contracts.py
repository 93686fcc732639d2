"""What words about contracts say for an intent: which of them end, what one of them says, how risky it is."""

import re

from agents.offline.evidence.cues import CONTRACT_NUMBER, OUR_CONTRACT_ENDS, PRICE
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER

CONTRACTS = (
    "review_contract",
    "ask_contract",
    "check_contract_against_system",
    "compare_contracts",
    "propose_contract",
    "propose_signature",
    "verify_signature",
)
A_TERM = re.compile(
    r"最低|采购[额量]|進?进货额|保底|任务|违约|账期|付款|结算|续[约签]|通知|区域|地盘|独家|返利|保证金|法院|仲裁|条款|终止|解[约除]|到期|期限|有效期"
    r"|运费|保密|窜货|退货|验收|发票|管辖|赔偿|责任|转让"
    r"|(?<![a-z])(?:min(?:imum)?|target|penalt\w+|payment|pays?|terms?|renew\w*|notice|territor\w+|exclusiv\w+|rebates?"
    r"|deposit|court|law|arbitrat\w+|expir\w+|ends?|freight|deliver\w+|returns?|confidential\w*|invoic\w+|disputes?"
    r"|liabilit\w+|liable|terminat\w+|get out|cap|clauses?|assign\w*|price changes?|diver\w+)(?![a-z])"
)
LOOKS_OVER = re.compile(
    r"风险|审|体检|把关|毛病|问题|坑|陷阱|不利|看看|过一遍|比|对照|差异|不同|签|登记|核对|系统"
    r"|(?<![a-z])(?:risk\w*|red flags?|review|check\w*|look (?:at|over|through)|go through|compare\w*|against|differ\w*"
    r"|versus|vs|sign\w*|register\w*|verify|wrong|unusual|traps?|problems?|issues?)(?![a-z])"
)
ANY_CONTRACT = re.compile(r"合同|合约|协议|(?<![a-z])(?:contracts?|agreements?)(?![a-z])")
WHICH_ONES = re.compile(
    r"哪[些几份家个]|有没有|[有都]有?什么|谁的|谁家|几份|列|清单|名单|都有"
    r"|(?<![a-z])(?:which|whose|what|any|list|show|all|how many|who)(?![a-z])"
)
COMES_TO_AN_END = re.compile(
    r"到期|期满|到头|过期|结束|截止|续[约签期]|要续|快到|届满"
    r"|(?<![a-z])(?:expir\w+|end(?:s|ing)?|run(?:s|ning)? out|lapses?|lapsing|renew\w*|up(?: for| in| before| by"
    r"| soon)?"
    r"|due|finish\w*|terminat\w+|over|needs? notice)(?![a-z])"
)


def of_contracts(reading: Reading) -> dict[str, float]:
    """By intent, what speaks for it: the contracts that end, or one that is named by its number."""
    if CONTRACT_NUMBER.search(reading.text):
        return _of_one(reading)
    if PURCHASE_TARGET.search(reading.text) and (reading.of_kind("dealer") or WHICH_ONES.search(reading.text)):
        return {"list_contract_dates": 1.3, "explain_rebate": -0.4, "sales_summary": -0.4, "search_knowledge": -0.3}
    if HAVE_TO_BUY.search(reading.text) and not reading.of_kind("product") and not OF_A_REBATE.search(reading.text):
        return {"list_contract_dates": 1.2, "explain_rebate": -0.4, "sales_summary": -0.4, "propose_order": -0.5}
    if OUR_CONTRACT_ENDS.search(reading.text) or MAY_GO_ON.search(reading.text):
        return _of_ones_own(reading)
    if PRICE_IN_IT.search(reading.text) and reading.of_kind("product"):
        return {"ask_contract": 1.2, "quote": -0.9, "search_knowledge": -0.3}
    if ANY_CONTRACT.search(reading.text) and reading.of_kind("dealer") and not LOOKS_OVER.search(reading.text):
        return _of_a_dealers(reading)
    several = ANY_CONTRACT.search(reading.text) and WHICH_ONES.search(reading.text)
    if several and COMES_TO_AN_END.search(reading.text) and not LOOKS_OVER.search(reading.text):
        return {"list_contract_dates": 1.0, "sales_summary": -0.5}
    return {}


def _of_ones_own(reading: Reading) -> dict[str, float]:
    """When it ends, its days tell; whether it may go on, it says itself."""
    if MAY_GO_ON.search(reading.text) and not WHICH_ONES.search(reading.text) and not reading.of_kind("dealer"):
        return {"ask_contract": 1.2, "search_knowledge": -0.6, "list_contract_dates": -0.2}
    return {"list_contract_dates": 0.6}


def _of_a_dealers(reading: Reading) -> dict[str, float]:
    """「环贸的合同什么时候到期」: the days of that dealer's contract, or what it says of another term."""
    if COMES_TO_AN_END.search(reading.text) and WHEN.search(reading.text):
        return {"list_contract_dates": 1.2, "show_account": -0.7}
    return {"ask_contract": 0.9, "show_account": -0.7} if A_TERM.search(reading.text) else {}


PURCHASE_TARGET = re.compile(  # how far a contract's target is reached: its days tell that too
    r"(?:采购|合同|协议)(?:的)?(?:任务|目标|保底)[^,，。]{0,4}[,，]?[^,，。]{0,4}(?:还差|差|完成|进度|做到|到哪|怎么样|咋样|达成)"
    r"|(?<![a-z])(?:purchase|contract|volume) (?:target|minimum|commitment)s?(?![a-z]).{0,30}"
    r"(?:gap|short|far|progress|track|reached|met|left|so far)(?![a-z])"
    r"|(?<![a-z])(?:how far|gap|short|progress|on track)(?![a-z]).{0,30}(?:purchase|contract) (?:target"
    r"|minimum)(?![a-z])"
)
HAVE_TO_BUY = re.compile(  # "how much were we supposed to buy this year", 「合同上今年要进多少」
    r"(?:今年|全年|一年)(?:我们|咱们?)?(?:最少|至少|最低)(?:要|得|该|须)?(?:进|买|拿|采购)[^,，。]{0,4}多少"
    r"|(?:合同|协议)[^,，。]{0,6}(?:要|得|该|须|答应|承诺)[^,，。]{0,4}(?:进|买|拿|采购|完成)[^,，。]{0,4}多少"
    r"|(?:今年|全年|一年)(?:我们|咱们?)?(?:该|得|须|应该|答应|承诺)[^,，。]{0,3}(?:进|买|拿|采购)[^,，。]{0,4}多少"
    r"|(?<![a-z])(?:supposed|meant|required|committed|obliged|bound) to (?:buy|purchase|take|order)(?![a-z])"
    r".{0,24}(?:year|yr|annum|contract|agreement)"
)
OF_A_REBATE = re.compile(r"返利|返点|回馈|(?<![a-z])(?:rebates?|tier|bonus)(?![a-z])")
PRICE_IN_IT = re.compile(  # 「合同里绿茶什么价」
    r"(?:合同|协议)[里上中内][^,，。]{0,12}价|价[^,，。]{0,8}(?:合同|协议)[里上中内]?[^,，。]{0,4}(?:写|定|约)"
    r"|(?<![a-z])(?:contract|agreement)(?:'s)? .{0,24}prices?(?![a-z])"
    r"|(?<![a-z])prices? .{0,30}(?:in|under|by|does|did) (?:the|our|my|this|that)? ?(?:contract|agreement)(?![a-z])"
)
MAY_GO_ON = re.compile(  # 「合同能续吗」
    r"(?:合同|协议)[^,，。]{0,6}(?:能不能|可不可以|能|可以|还能|还可以)续(?!签费)|(?:合同|协议)[^,，。]{0,4}续不续"
    r"|(?<![a-z])can (?:we|i|you) (?:renew|extend) (?:the|our|my|this) (?:contract|agreement)(?![a-z])"
    r"|(?<![a-z])can (?:the|our|my|this) (?:contract|agreement) be (?:renewed|extended)(?![a-z])"
)
WHEN = re.compile(
    r"什么时候|啥时候|几[号时月]|哪[天日年月]|多久|何时|还有几|[快要]到|到没|了没|[吗么不没]\W*$"
    r"|(?<![a-z])(?:when|how (?:long|soon)|what (?:day|date)|until|till|is|are|does|do)(?![a-z])"
)


CHECKED = re.compile(  # 「签名验一下」
    r"(?:签名|签章|签字|电子签)[^,，。]{0,6}(?:验|核|查|有效|真|改过|对不对)|(?:验|核验|查验|验证)[^,，。]{0,6}(?:签名|签章|签字|电子签)|验签"
    r"|(?<![a-z])(?:verify|check|validate)(?![a-z]).{0,24}(?<![a-z])signatures?(?![a-z])"
    r"|(?<![a-z])signatures?(?![a-z]).{0,24}(?<![a-z])(?:valid|genuine|intact|ok|good)(?![a-z])"
)
SET_TO = re.compile(  # 「改成已终止」
    r"(?:改[成为]?|标[成为记]+|设[成为]|登记[成为])(?:已|为|成)*(?:终止|到期|失效|生效|作废|结束)"
    r"|(?<![a-z])(?:mark|set|change|register)(?![a-z]).{0,24}"
    r"(?<![a-z])(?:as|to) (?:terminated|ended|expired|in force|active)(?![a-z])"
)


def of_another_matter(reading: Reading) -> bool:
    """Whether the words are about several contracts or what is recorded of one, and no term of the one in view."""
    several = ANY_CONTRACT.search(reading.text) and WHICH_ONES.search(reading.text)
    recorded = CONTRACT_NUMBER.search(reading.text) and (SET_TO.search(reading.text) or CHECKED.search(reading.text))
    return bool(recorded or (several and COMES_TO_AN_END.search(reading.text)))


def of_the_same_contract(before: Reading, clause: Reading) -> bool:
    """「HT-2026-001什么时候到期，要提前多久通知」: a further term of the contract that was named."""
    named = CONTRACT_NUMBER.search(before.text) and not LOOKS_OVER.search(before.text)
    alone = not clause.mentions and not clause.orders and not ANY_CONTRACT.search(clause.text)
    return bool(named and alone and A_TERM.search(clause.text) and not LOOKS_OVER.search(clause.text))


def _of_one(reading: Reading) -> dict[str, float]:
    """A contract's number: what it says of a term that is named, else it is looked over, or as other words say."""
    rest = CONTRACT_NUMBER.sub("", reading.text)
    if not FILLER.sub("", rest):
        return {}
    if CHECKED.search(rest):
        return {"verify_signature": 1.3, "review_contract": -0.3, "propose_signature": -0.3}
    if SET_TO.search(rest):
        return {"propose_contract": 1.3, "ask_contract": -0.3}
    priced = reading.of_kind("product") and PRICE.search(rest)
    of_a_term = (A_TERM.search(rest) or priced) and not LOOKS_OVER.search(rest)
    return {
        **dict.fromkeys(CONTRACTS, 0.7),
        ("ask_contract" if of_a_term else "review_contract"): 1.1 if of_a_term else 0.75,
    }
