"""Reads a documented set of English phrasings: which action a sentence asks for, and with which parameters."""

from __future__ import annotations

import re
from typing import Any

_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), start=1
    )
} | {"twenty": 20, "a dozen": 12}
_STATUSES = {
    "new": "discovered",
    "discovered": "discovered",
    "researched": "researching",
    "matched": "matched",
    "undecided": "matched",
    "approved": "approved",
    "rejected": "rejected",
    "deferred": "deferred",
    "drafted": "drafted",
    "sent": "sent",
    "answered": "replied",
    "replied": "replied",
    "closed": "closed",
    "failed": "failed",
}
_LIMITS = {"lead": 120, "name": 200, "words": 400, "reason": 200}
_NOTHING: dict[str, Any] = {"count": 0, "status": "", "lead": "", "name": "", "words": "", "reason": ""}

_POLITE = re.compile(
    r"^(?:(?:please|hey|hi|hello|ok|okay|so|now|ingot|could you|can you|would you|will you|i want (?:you )?to|"
    r"i'd like (?:you )?to|i would like (?:you )?to|let's)\b[,!]? *)+",
    re.IGNORECASE,
)
_SHORT = re.compile(r"^(what|how|who|when|where)'s\b", re.IGNORECASE)
_THANKS = re.compile(r"(?:[,.!? ]+(?:please|thanks|thank you|now))*[\s.!?]*$", re.IGNORECASE)
_QUOTED = re.compile("[\"\u201c\u201e\u00ab](.+?)[\"\u201d\u201c\u00bb]|(?:^|\\s)'(.+)'(?:\\s|$)")

_COUNT = rf"(?P<count>\d{{1,4}}|{'|'.join(_NUMBERS)})"
_STATUS = "|".join(_STATUSES)
_LEAD = r"(?:the )?(?:(?:leads?|compan(?:y|ies)) )?(?:number |no\.? |#)?(?P<lead>.+?)"
_BECAUSE = r"(?:,? (?:because|since|as)(?: of)? (?P<reason>.+))?"
_ADDRESS = r"(?P<name>[^\s,;<>]*@[^\s,;<>]+)"
_OF_CAMPAIGN = r"(?: (?:of|for|in) (?:(?:the |my )?campaign )?(?P<name>.+?))?"
_SHOW = r"(?:show|list|give|find|get|open|display)(?: me)? "
_MAILS = r"(?:the |all |my )*(?:sending|mailbox|mails?|letters|e-?mails|everything)"
_PAUSE, _RESUME = r"(?:pause|stop|hold|halt)", r"(?:resume|continue|restart|unpause|start|go on with|continue with)"

# The first that fits the whole sentence counts. What changes something begins with its verb.
_PHRASINGS: tuple[tuple[str, str], ...] = (
    ("help", r"help(?: me)?|what (?:can|could) (?:you|i) (?:do|ask|say)(?: here)?|commands|how does this work"),
    ("suppress", rf"(?:suppress|block|blacklist) (?:every(?:body|one) at |any(?:body|one) at )?{_ADDRESS}"),
    (
        "suppress",
        (
            rf"(?:never|don't ever|do not ever|don't|do not|stop) (?:write|writing|mail|mailing|e-?mail|e-?mailing|contact|"
            rf"contacting)(?: to)?(?: every(?:body|one) at| any(?:body|one) at)? {_ADDRESS}(?: (?:ever )?again| any ?more)?"
        ),
    ),
    ("pause_sending", rf"{_PAUSE} {_MAILS}(?: for now)?"),
    ("resume_sending", rf"(?:{_RESUME} {_MAILS}|go on sending)(?: again)?"),
    ("pause_campaign", rf"{_PAUSE} (?:(?:the|my|this) )?campaign(?: (?:called |named )?(?P<name>.+?))?(?: for now)?"),
    ("resume_campaign", rf"{_RESUME} (?:(?:the|my|this) )?campaign(?: (?:called |named )?(?P<name>.+?))?(?: again)?"),
    ("pause_campaign", rf"{_PAUSE} (?:the |my )?(?P<name>.+?) campaign"),
    ("resume_campaign", rf"{_RESUME} (?:the |my )?(?P<name>.+?) campaign(?: again)?"),
    ("pause_campaign", r"pause (?P<name>.+)"),
    ("resume_campaign", r"(?:resume|unpause) (?P<name>.+)"),
    ("approve_lead", rf"(?:approve|accept) {_LEAD}{_BECAUSE}"),
    ("reject_lead", rf"(?:reject|drop|decline) {_LEAD}{_BECAUSE}"),
    (
        "defer_lead",
        rf"(?:defer|postpone) {_LEAD}(?:,? (?:because|since|as) (?P<reason>.+)|,? (?P<until>(?:until|till) .+))?",
    ),
    (
        "why_sentence",
        (
            r"(?:why (?:did|do) (?:you|we) (?:write|say|claim|mention)|where (?:do|did) you (?:have|get|take) (?:it|that) from|"
            r"what (?:backs|supports|is behind)|(?:what is )?(?:the )?source (?:of|for))"
            r"(?: (?:this|that|the))?(?: (?:sentence|line|claim))?(?:[:,]? (?P<words>.+?))??"
            r"(?: in (?:the )?(?:letter|draft|mail) (?:to|for|of) (?:lead )?(?P<lead>.+))?"
        ),
    ),
    (
        "sending",
        (
            rf"(?:{_SHOW})?(?:the |my )?(?:queue|outbox|caps|holds|limits|next (?:sends?|letters?))|"
            r"when (?:does|do|will|is|are) (?:the )?next (?:letters?|mails?|one|sends?)(?: (?:go(?: out)?|leave|sent|be sent))?|"
            r"what (?:is|will be|gets) sent next|what (?:holds|keeps|is holding) (?:the |my )?(?:letters?|mails?)(?: back)?|"
            r"why (?:is|are|was|were|does|do) (?:nothing|no letters?|no mails?|the letters?|my letters?) (?:not )?"
            r"(?:being )?(?:sent|leaving|going out|leave|go out)|"
            r"how many (?:more )?(?:letters|mails) can (?:i|you|we) (?:still )?send(?: today| now| this hour)?"
        ),
    ),
    (
        "waiting",
        (
            r"what (?:waits|is (?:waiting|open|left))(?: for me| to do)?|"
            r"what (?:do|must) i (?:have to |need to )?do(?: now| next)?|what should i do(?: now| next)?|"
            r"what is next(?: for me)?|to-?dos?|(?:is there )?anything (?:waiting|to do)(?: for me)?|"
            r"what needs (?:me|my attention|a decision)"
        ),
    ),
    (
        "replies",
        (
            rf"(?:{_SHOW})?(?:the |all |any |my )?(?:new )?(?:replies|answers|responses)|"
            r"who (?:has )?(?:answered|replied|responded)|(?:did|has) (?:anyone|anybody|someone|somebody) "
            r"(?:answer(?:ed)?|repl(?:y|ied)|respond(?:ed)?|write back|written back)|what came back|"
            r"what did (?:people|they) (?:answer|reply|say|write(?: back)?)|(?:are there )?any (?:replies|answers|responses)"
        ),
    ),
    (
        "status",
        (
            rf"(?:{_SHOW})?(?:the |my )?(?:status|funnel|progress|overview){_OF_CAMPAIGN}|"
            r"how far (?:are we|is it|is the campaign|has it come|have we come)|"
            r"how (?:is|are) (?:it|things|we|(?:the |my )?campaign)(?: (?:going|doing))?|"
            r"how is (?:(?:the |my )?campaign )?(?P<named>.+?) (?:going|doing)"
        ),
    ),
    (
        "explain_lead",
        (
            rf"explain (?:why |(?:the |its )?(?:score|match) (?:of |for ))?{_LEAD}|"
            r"why (?:is|was|does|did|has) (?:the )?(?:(?:lead|company) )?(?:number |no\.? |#)?(?P<matched>.+?) "
            r"(?:a (?:good |bad )?match|so (?:good|high|low|bad)|have (?:its|this|that|such a) score|score .+|rejected|matched)|"
            r"why (?:the )?(?:(?:lead|company) )?(?:number |no\.? |#)?(?P<bare>(?!did |do |is |are |does |was |were |has |have |not ).+)"
        ),
    ),
    (
        "leads",
        (
            rf"(?:{_SHOW}|which (?:are )?|what are )?(?:all )?(?:of )?(?:the |my )?(?:(?:best|top|first) )?(?:{_COUNT} )?"
            rf"(?:(?:best|top) )?(?:(?P<status>{_STATUS}) )?(?:leads|companies)(?: (?:that |which )?are (?P<stand>{_STATUS}))?"
            r"(?: (?:in|about|with|from|on|around|using|that use) (?P<words>.+))?"
        ),
    ),
    ("show_lead", rf"(?:{_SHOW}|tell me (?:more )?about |who is |details (?:of|about) |more about ){_LEAD}"),
    ("show_lead", r"(?:lead|company) (?:number |no\.? |#)?(?P<lead>\d+)"),
)
_PATTERNS = tuple((action, re.compile(pattern, re.IGNORECASE)) for action, pattern in _PHRASINGS)


def choose_action(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer `choose_action`. What is in no phrasing is `unknown`."""
    sentence = " ".join(inputs["sentence"].replace("\u2019", "'").split())
    if sentence == "?":
        return {**_NOTHING, "action": "help"}
    sentence = _SHORT.sub(r"\1 is", _THANKS.sub("", _POLITE.sub("", sentence), count=1))
    for action, pattern in _PATTERNS:
        if found := pattern.fullmatch(sentence):
            return _answer(action, {name: value for name, value in found.groupdict().items() if value}, sentence)
    return {**_NOTHING, "action": "unknown"}


def _answer(action: str, said: dict[str, str], sentence: str) -> dict[str, Any]:
    texts = {
        "lead": said.get("lead") or said.get("matched") or said.get("bare") or "",
        "name": said.get("name") or said.get("named") or "",
        "words": said.get("words", ""),
        "reason": said.get("reason") or said.get("until") or "",
    }
    if action == "why_sentence" and (quoted := _QUOTED.search(sentence)):
        texts["words"] = quoted[1] or quoted[2]
    # Cut off it would be another argument.
    if any(len(text) > _LIMITS[name] for name, text in texts.items()):
        return {**_NOTHING, "action": "unknown"}
    status = _STATUSES.get((said.get("status") or said.get("stand") or "").lower(), "")
    return {"action": action, "count": _count(said.get("count", "")), "status": status, **texts}


def _count(said: str) -> int:
    number = _NUMBERS.get(said.lower(), 0) or int(said or 0)
    return min(number, 50)
