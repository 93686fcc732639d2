"""Of the contracts whose days were just listed: "which of those has a minimum?", 「环贸那份最低采购额多少」."""

import re

from agents.offline.arguments.completing import complete
from agents.offline.arguments.slots import fill
from agents.offline.evidence.contracts import A_TERM
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief

LISTED = "list_contract_dates"
WHICH_OF_THEM = re.compile(
    r"(?:(?:其中|里面|这里|这些|那些|上面)[^,，。]{0,6})?(?:哪|有没有)(?:一|几|些)?[份个家张]?[^,，。]{0,6}(?:最低"
    r"|采购|保底|续|通知|到期|到头|期满|任务)"
    r"|(?<![a-z])(?:which|any|do any|does any) (?:one |ones )?(?:of (?:those|these|them)|(?:one|ones)(?![a-z]))"
)
WHEN_DUE = re.compile(
    r"(?:什么时候|啥时候|几[号时]|哪天|最[晚迟]|多久)[^,，。]{0,10}(?:通知|提出|答复|续|到期|结束|截止|考核)"
    r"|(?:通知|续约|续签|到期|截止)[^,，。]{0,6}(?:什么时候|啥时候|几[号时]|哪天)"
    r"|(?<![a-z])(?:when|by when|until when|how long)(?![a-z]).{0,40}"
    r"(?:notice|renew\w*|expires?|ends?|decide|run out|due|up)(?![a-z])"
)

LAST_DAY = re.compile(
    r"最[晚迟后][^,，。]{0,4}(?:哪[天日]|几[号时月]|什么时候|啥时候|一天)|(?:哪[天日]|几[号时]|什么时候|啥时候)[^,，。]{0,4}(?:之?前|截止)"
    r"|(?<![a-z])(?:last (?:day|date)|latest (?:day|date)|deadline|by when|by what (?:day|date)|how late)(?![a-z])"
)
OF_NOTICE = re.compile(r"不?再?续|通知|(?<![a-z])(?:notice|notify|renew\w*|say no|opt out|tell (?:them|you))(?![a-z])")


def of_the_dates(reading: Reading, mind: Mind) -> Plan | None:
    """The days once more, which say of each what falls due; or what the one contract that is named says."""
    return _of_those_listed(reading, mind) or _when_due(reading, mind)


def _of_those_listed(reading: Reading, mind: Mind) -> Plan | None:
    seen = any(call.name == LISTED for call in mind.state.recent[-2:])
    if not seen or not is_brief(reading.text) or reading.quantities or reading.orders:
        return None
    last = next(call for call in reversed(mind.state.recent) if call.name == LISTED)
    whose = reading.code("dealer")
    if whose and LISTED in mind.schemas and LAST_DAY.search(reading.text) and OF_NOTICE.search(reading.text):
        return complete(LISTED, {"dealer": whose}, reading, mind)  # the days that are listed are reckoned
    if whose and "ask_contract" in mind.schemas and A_TERM.search(reading.text) and reading.period is None:
        return complete("ask_contract", {"dealer": whose}, reading, mind)
    if whose or LISTED not in mind.schemas or reading.mentions or reading.period:
        return None
    return Plan((Do(LISTED, last.args),)) if WHICH_OF_THEM.search(reading.text) else None


def _when_due(reading: Reading, mind: Mind) -> Plan | None:
    """ "And the hongqiao one, when do we have to give notice": the days of that dealer's."""
    last = mind.state.last
    if last is None or last.name != LISTED or LISTED not in mind.schemas or reading.orders or reading.quantities:
        return None
    if not WHEN_DUE.search(reading.text) or not (reading.code("dealer") or is_brief(reading.text)):
        return None
    return complete(LISTED, fill(mind.schemas[LISTED], reading, mind.briefing, mind.lexicon), reading, mind)
