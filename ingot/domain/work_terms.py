"""What a company says about the terms of work: remote or not, visas, pay. Each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Remote(StrEnum):
    """Where people work."""

    fully = "fully remote"
    partly = "partly remote"
    on_site = "on site"


# In prose, "remote" alone is as often a sensor, a control or a patient; in the field of a place it is not.
_FULLY = re.compile(
    r"\b(?:fully|100 ?%|all|entirely|completely)[ -]remote\b|\bremote[ -](?:only|first)\b|\bwork from anywhere\b|\bdistributed (?:team|company)\b"
    r"|\bREMOTE\b(?!\s*(?:no\b|:\s*no\b))(?=\s*(?:$|[|,;/)(\n]))",
    re.MULTILINE,
)
_PARTLY = re.compile(
    r"\bpartly remote\b|\bhybrid (?:work|role|position|office|team|schedule|in\b|\()|\bor remote\b|\bremote or\b|\bremote[ -]friendly\b"
    r"|\bremote (?:work|working|position|role|job|option|possible|ok|okay|welcome|allowed|team|engineers?|employees?)\b|\bwork(?:ing)? remotely\b"
    r"|\(remote[^)]{0,30}\)|\bdays? (?:a|per) week (?:remote|from home)\b|\bhybrid\b(?=\s*(?:$|[|,;/)(\n]))",
    re.IGNORECASE | re.MULTILINE,
)
_ON_SITE = re.compile(
    r"\b(?:no|not|non|isn['’]t|never)[ -](?:a )?remote\b(?![ -](?:sens|control|patient))|\bremote(?: work)?:? (?:is )?not (?:possible|available|an option|offered)\b|\bremote: ?no\b"
    r"|\b(?:fully|100 ?%|only) (?:on-?site|in[ -](?:person|office))\b|\b(?:on-?site|in[ -](?:person|office))[ -]only\b|\bmust (?:work|be) (?:on-?site|in[ -]person|in (?:the|our) office)\b"
    r"|\b(?:five|5|six|6) days (?:a|per) week in (?:the|our)?\s*office\b|\b(?:five|5|six|6) days (?:on-?site|in[ -](?:person|office))\b|\bwe (?:all )?work (?:together )?in[ -]person\b"
    r"|\bin[ -]person (?:role|position|team|culture)\b|\bon-?site (?:role|position)\b|\bONSITE\b(?!\s*(?:or|/|,)\s*remote)",
    re.IGNORECASE,
)
_PLACE_BOTH = re.compile(r"\bpartly remote\b", re.IGNORECASE)
_PLACE_FULLY = re.compile(
    r"\b(?:fully|100 ?%) remote\b|^[ \t]*remote[ \t]*(?:\([^)\n]*\)[ \t]*)?$|^[ \t]*remote[,; ]+(?:us|usa|eu|uk|europe|worldwide|global)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_PLACE_PARTLY = re.compile(r"\b(?:remote|hybrid)\b", re.IGNORECASE)

_NO_VISA = re.compile(
    r"\b(?:no|not|unable to|cannot|can['’]t|don['’]t|do not|won['’]t|will not|without)(?: \w+){0,4} (?:visa|sponsor\w*)(?: \w+)?"
    r"|\bmust (?:already )?(?:be|have) (?:legally )?(?:authori[sz]ed|(?:the )?right|(?:a )?(?:valid )?work permit|eligible) to work\b|\bmust (?:already )?be (?:legally )?authori[sz]ed\b"
    r"|\b(?:U\.?S\.? citizens?(?:hip)? (?:only|required|or)|US citizen/visa only)\b|\bmust be (?:a )?U\.?S\.? (?:citizen|person)s?\b|\b(?:security|secret) clearance (?:is )?(?:required|needed)\b",
    re.IGNORECASE,
)
_VISA = re.compile(
    r"\b(?:visa|immigration)(?: \w+){0,2} (?:sponsor\w*|support|assistance|help)\b|\b(?:we|will|can|do|also|happy to)(?: \w+){0,2} sponsor(?: \w+){0,3} visas?\b|\bsponsors? (?:\w+ )?visas?\b"
    r"|\bVISA\b(?=\s*(?:$|[|,;/)(\n]))|\brelocation and visa\b|\bwill sponsor\b",
    re.IGNORECASE | re.MULTILINE,
)

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}
_AMOUNT = r"\d{1,3}(?:[,.]\d{3})+|\d{2,3}(?:\.\d)?\s?[kK]\b|\d{5,6}\b"
_PAY = re.compile(
    rf"(?P<sign>[$€£]|\b(?:USD|EUR|GBP|CHF|CAD|AUD)\s?)\s?(?P<low>{_AMOUNT}|\d{{2,3}}(?=\s?(?:-|–|—|to)\s?[$€£]?\s?\d{{2,3}}\s?[kK]))"
    rf"(?:\s?(?:-|–|—|to|and)\s?[$€£]?\s?(?P<high>{_AMOUNT}))?(?P<after>[^.\n]{{0,40}})"
)
_PAY_WORDS = re.compile(
    r"salary|compensation|base|a year|per year|per annum|annual|/ ?y(?:ea)?r|\bp\.?a\.?\b|\bpay\b|gross|OTE",
    re.IGNORECASE,
)
_NO_PAY = re.compile(
    r"\b(?:sav\w+|rais\w+|revenue|costs?|ARR|MRR|funding|grants?|prizes?|contracts?|worth|sales)\b", re.IGNORECASE
)
_LOWEST_PAY, _HIGHEST_PAY = 15_000, 1_000_000


@dataclass(frozen=True)
class Pay:
    """Pay a year in whole units of a currency (ISO 4217), and the words that state it."""

    low: int
    high: int
    currency: str
    words: str


def remote_stance(places: str, text: str) -> tuple[Remote | None, str]:
    """Whether people work remotely, with the words that say so.

    `places` are the venue's location and regions, one a line; `text` is prose, which goes first where it rules remote work out.
    """
    for pattern, source, stance in (
        (_ON_SITE, text, Remote.on_site),
        (_PLACE_BOTH, places, Remote.partly),
        (_PLACE_FULLY, places, Remote.fully),
        (_FULLY, text, Remote.fully),
        (_PLACE_PARTLY, places, Remote.partly),
        (_PARTLY, text, Remote.partly),
    ):
        if found := pattern.search(source):
            return stance, " ".join(found[0].split())
    return None, ""


def visa_stance(text: str) -> tuple[bool | None, str]:
    """Whether the company sponsors a visa, with the words that say so; None where it does not say."""
    for pattern, sponsors in ((_NO_VISA, False), (_VISA, True)):
        if found := pattern.search(text):
            return sponsors, " ".join(found[0].split())
    return None, ""


def stated_pay(text: str) -> Iterator[Pay]:
    """The pay that a text states, year by year: a range, or an amount beside a word of pay. Money raised is none."""
    for found in _PAY.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        low_words, high_words = found["low"], found["high"] or found["low"]
        high = _amount(high_words, found["after"])
        low = _amount(low_words, "k" if "k" in high_words.lower() and "k" not in low_words.lower() else "")
        is_pay = (found["high"] or _PAY_WORDS.search(f"{before} {found['after']}")) and not _NO_PAY.search(before)
        is_more = re.match(r"\s?(?:[mM]\b|million|bn|billion)", found["after"])
        if is_pay and not is_more and _LOWEST_PAY <= low <= high <= _HIGHEST_PAY:
            sign = found["sign"].strip()
            stated = found[0].removesuffix(found["after"])
            yield Pay(low, high, _SIGNS.get(sign, sign), " ".join(stated.split()))


def _amount(words: str, after: str) -> int:
    number = re.sub(r"[kK\s]", "", words)
    is_thousands = "k" in words.lower() or (after == "k" and len(number) <= 3)
    if is_thousands:
        return round(float(number) * 1000)
    return int(re.sub(r"[,.]", "", number))
