"""Sentences that speak to a program instead of a reader: no letter is made of them."""

from __future__ import annotations

import re

_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:instructions?|prompts?|rules?|above|previous|prior|earlier|guidelines|safety)\b"
    r"|\b(?:system|developer|assistant|hidden) (?:prompt|message|instructions?|note)s?\b|\bprompt injection\b|\bjailbreak\b"
    r"|\b(?:as|if you are|you are|note to|attention|dear|hey|hello|instructions? (?:to|for)) (?:an? |any |all |the )?"
    r"(?:ai|a\.i\.|llms?|language models?|large language models?|(?:ai |virtual )?assistants?|chat ?bots?|gpt\w*|chatgpt|claude|bots?|agents?)\b"
    r"|\b(?:the|your) (?:e-?mail|letter|reply|answer|message|draft|output|response) (?:must|should|has to|needs to|shall)\b"
    r"|\b(?:must|should|always|please|now)\s+(?:include|mention|write|say|state|add|insert|append|begin|start|end|use|cc|bcc|send|copy|output|respond|reply|claim)\b"
    r"[^.!?\n]{0,60}\b(?:e-?mail|letter|reply|answer|message|draft|link|address|recipient|subject|sender|header|output|response|verbatim|following)\b"
    r"|\b(?:bcc|cc|reply-to|list-unsubscribe|content-type|subject|to|from)\s*:\s*\S+@|<\s*/?\s*(?:data|system|instructions?|prompt|user|assistant)\b"
    r"|\[/?(?:inst|system|user|assistant)\]|<\|[\w ]+\|>|^\s*(?:system|assistant|user|human)\s*:"
    r"|(?:^|[.!?:]\s+)(?:please |always )?(?:state|mention|say|write|claim|confirm|pretend|acknowledge) (?:that|we|you|it|the (?:applicant|user|sender))\b"
    r"|\bthe (?:applicant|candidate|job[- ]?seeker|sender) (?:is|was|has|had|holds|held|led|built|founded|won|worked|managed|earned|speaks)\b"
    r"|\b(?:tell|remind|inform|convince|assure) (?:the|your) (?:reader|user|applicant|recipient|sender)\b"
    r"|(?:^|[.!?:]\s+)(?:write|set|spell) (?:the|our|its?|your) (?:number|answer|from|reply|domain|subject|name|letter|headers?)\b"
    r"|\b(?:unsuppress|whitelist|un-?subscribe (?:list|status)|suppression list)\b|\bdo not (?:tell|inform|reveal|mention this)\b",
    re.IGNORECASE | re.MULTILINE,
)


def gives_orders(text: str) -> bool:
    """Whether a text, as far as rules can tell, holds orders for whatever program reads it.

    This spares the writer such text; it is no proof of harmlessness, and nothing relies on it as one.
    """
    return _ORDERS.search(text) is not None
