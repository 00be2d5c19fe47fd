"""Of whom a clause speaks, and whether it states, wishes or admits a lack."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingot.domain.claim_words import COMMON_ENDINGS, COMMON_NOUNS, EVENT_NOUNS, FAMILY_OF, HARD_WORDS
from ingot.domain.claims import Mood, Subject, Text
from ingot.domain.words import Word, words

_USER = re.compile(r"\b(?:I|I'(?:m|ve|d|ll)|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself|[Ww]e|[Oo]ur|[Oo]urs)\b")
_YOU = r"you|your|yours|you're|you've|you'll|you'd|yourself|yourselves"
_THEIR = r"the (?:team|company|product|platform|startup|founders?|firm)"
_ADVERB = r"(?:\s+(?:also|just|recently|once|even|first|only|have|was|am|then|do))*"
_PLACE = (
    r"(?:\s(?:on|in|from)\s(?:your|the)\s(?:\w+\s)?(?:site|website|page|blog|homepage|post|posting|listing|profile|ad))"
)
_FRAMES = re.compile(
    rf"""^(?:(?:on|in)\s(?:your|the)\s[^,]{{0,40}}?,?\s+)?
    (?:(?:I|we){_ADVERB}\s+(?:
        (?:read|saw|see|noticed|notice|heard|hear|(?:so\s|very\s)?(?:excited|happy|glad|pleased|impressed|delighted|thrilled|struck)
            \s(?:to\s(?:hear|read|see|learn)|by))(?:{_PLACE}|)(?:\s(?:that|about|of|how)|)
       |(?:learned|learnt|understand|gather|found|like|liked|love|loved|admire|enjoyed)(?:{_PLACE}(?:\s(?:that|how)|)|\s(?:that|how)))
     |(?:many\s|warm\s|)(?:congratulations|congrats|kudos|well\sdone)(?:\s(?:on|for|to)|)
     |you{_ADVERB}\s+(?:write|wrote|say|said|mention|mentioned|state|stated|note|noted)(?:\s(?:on|in)\s(?:your|the)\s\w+|)(?:\sthat|))
    (?:\s*[:,]|(?=\s))\s*["']?""",
    re.VERBOSE | re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:would(?! have)|could(?! have)|can|may|might(?! have)|will|shall|should|hope|want|wish|happy|glad|keen|eager|look(?:ing)? forward|let me|let us|let's|"
    r"feel free|please|if|whether|available)\b|\b(?:I|we)'(?:d|ll)\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(r"\b(?:would|could|might|should|if)\b", re.IGNORECASE)
_LACK = re.compile(
    r"\b(?:I|we)(?:'ve)?\s+(?:(?:have|do|did|am)(?:\s+not|n't)|never|have\s+never|have\s+no|have\s+yet\s+to|lack)\b"
    r".*?\b(?:work|worked|use|used|written|wrote|built|done|tried|touched|know|known|experience|familiar|deployed|programmed|lack|expert)\b",
    re.IGNORECASE,
)
_NO_LACK = re.compile(
    r"\b(?:only|just|merely|less|fewer|until|unless|without|but|except|other than|no one|nobody|single|more)\b",
    re.IGNORECASE,
)
_EVENT_NOUNS = re.compile(EVENT_NOUNS, re.IGNORECASE)


@dataclass(frozen=True)
class Addressees:
    """The names by which subjects are told apart, in normal form.

    `small_words` are the words that the sources write in small letters, `capital_words` those they write in capitals.
    """

    company: str
    person: str
    user: str
    small_words: frozenset[str] = frozenset()
    capital_words: frozenset[str] = frozenset()

    @property
    def company_words(self) -> frozenset[str]:
        return _small(self.company)

    @property
    def person_words(self) -> frozenset[str]:
        return _small(self.person)

    @property
    def user_words(self) -> frozenset[str]:
        return _small(self.user)

    def company_pattern(self) -> re.Pattern[str]:
        """Matches "you", the company's name or its first word, and "the team"."""
        tokens = [w for w in words(self.company) if not w.is_neutral]
        names = [re.escape(self.company), *(re.escape(w.text) for w in tokens[:1])] if self.company else []
        return re.compile(rf"\b(?:(?i:{_YOU}|{_THEIR}){''.join('|' + name for name in names)})\b")


def _small(name: str) -> frozenset[str]:
    return frozenset(word.text.lower() for word in words(name))


def strip_frame(clause: str) -> tuple[str, bool]:
    """The clause without "I read on your site that", "Congratulations on" and the like, and whether it had one."""
    match = _FRAMES.match(clause)
    rest = clause[match.end() :] if match else clause
    return (rest.rstrip('"'), True) if match and rest else (clause, False)


def strip_vocative(sentence: str, addressees: Addressees) -> str:
    """The sentence without a leading "Sam, "."""
    match = re.match(r"((?:[^\W\d_]+\s?){1,3}),\s+", sentence)
    return sentence[match.end() :] if match and _small(match[1]) <= addressees.person_words else sentence


def subject_of(clause: str, addressees: Addressees) -> Subject:
    """The subject: whoever of user and company is named first; another capitalised name at the start makes it `third`."""
    user, company = _USER.search(clause), addressees.company_pattern().search(clause)
    if company and (not user or company.start() < user.start()):
        first, subject = company.start(), Subject.company
    elif user:
        first, subject = user.start(), Subject.user
    else:
        first, subject = len(clause), Subject.open
    leading = leading_name(clause, addressees)
    if leading and first > len(leading):
        return Subject.company if _small(leading) & addressees.person_words else Subject.third
    if subject is Subject.open and Text(clause).deeds and words(clause)[0] in Text(clause).deeds:
        return Subject.user
    return subject


def leading_name(clause: str, addressees: Addressees) -> str:
    """The capitalised name with which a clause starts, if a word in small letters follows it ("Norfell Grid has ...")."""
    match = re.match(r"((?:[A-Z][\w&.'-]*\s+)+)(?=[a-z])", clause)
    listed = words(match[1]) if match else []
    if not match or not listed or listed[0].is_neutral or match[1].strip() in Text(clause).skills.values():
        return ""
    return match[1].strip() if len(listed) > 1 or _is_name(listed[0], addressees) else ""


def _is_name(word: Word, addressees: Addressees) -> bool:
    """Whether a single word at the start of a sentence is a name, and not plain English with its first capital."""
    lower = word.text.lower()
    if lower in addressees.company_words | addressees.person_words | addressees.capital_words - addressees.small_words:
        return True
    is_known = lower in addressees.small_words or word.stem in FAMILY_OF or word.stem in COMMON_NOUNS
    return not (is_known or lower.endswith(COMMON_ENDINGS) or lower in HARD_WORDS)


def mood_of(clause: Text, subject: Subject, *, is_question: bool) -> Mood:
    """Whether the clause states something. A clause about the user's past states it, whatever else stands in it."""
    if is_question:
        return Mood.wish
    if subject is Subject.user and _is_lack(clause):
        return Mood.lack
    pattern = _WISH if subject in {Subject.user, Subject.open} else _MAYBE
    return Mood.wish if pattern.search(clause.plain) and not clause.deeds else Mood.statement


def _is_lack(clause: Text) -> bool:
    plain = clause.plain
    doubtful = clause.figures or clause.hard_words or _NO_LACK.search(plain) or len(re.findall(r"\bI\b", plain)) > 1
    return bool(_LACK.search(plain)) and not doubtful


def presupposed_events(clause: Text) -> dict[str, str]:
    """The events that a question takes for granted ("your recent acquisition")."""
    return clause.events if _EVENT_NOUNS.search(clause.plain) else {}
