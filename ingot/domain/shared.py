"""Clauses that speak of both sides at once: "so do I", "we both use Go", "Go is where your work and my résumé meet"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingot.domain.claims import Subject

_MINE = r"my\s(?:own\s)?(?:r[ée]sum[ée]|cv|work|experience|background|past|stack|projects?|side|skills)"
_ROW = r"(?:is|are|stand|stands|appear|appears)"
_PARTS = (
    r"work|stack|team|product|page|site|profile|posting|post|ad|job|role|listing|backend|platform|code|systems?|needs"
)
_AUX = r"(?:do|does|did|have|has|am|are|is|was|were|can|would)"
_WAS = re.compile(r"\b(?:did|has|have|had|was|were|used|knew|wrote|ran|worked|known|written|'ve)\b", re.IGNORECASE)
_ECHO = rf"(?:so|as|neither|nor)\s{_AUX}"
_TOO = r"(?:too|as well|likewise|so too|the same)"
_THE_SAME = (
    r"(?:(?:have|has|had|'ve)\s)?(?:also\s)?(?:uses?d?|know|knows|known|write|writes|wrote|written|run|runs|ran|have|has|worked|work|works)"
    r"(?:\s(?:with|in|on))?\s(?:it|them|both|these|those|that|the same)\b(?:\s(?:too|as well|myself|daily|well|every day|at \w+))*"
)
_SHARED = re.compile(
    r"\b(?:meet|meets|in common|overlap\w*|shares?|shared|both|as well as|likewise|alike)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Side:
    """A clause as said of one side."""

    text: str
    subject: Subject


_THEM = r"\byou\b"
_THEIRS = rf"(?:(?:the|your)\s(?:[\w-]+\s){{0,2}}?(?:{_PARTS})\b(?:\s(?:at|of)\s[^,;:]+?)?|{_THEM}(?:'s\s\w+)?)"
_PAIR = rf"(?:{_THEIRS}\sand\s(?:{_MINE}|i)|(?:{_MINE}|i)\sand\s{_THEIRS})"
_ECHOES = (
    (re.compile(rf"{_ECHO}\s(?:i|mine|{_MINE})|i\s{_AUX},?\s{_TOO}|i\salso\s{_AUX}|(?:me|mine),?\s{_TOO}|same\shere|like\sme"
                rf"|(?:i|{_MINE})\s{_THE_SAME}", re.IGNORECASE), Subject.user),
    (re.compile(rf"{_ECHO}\s{_THEIRS}|{_THEIRS}(?:\s{_AUX})?,?\s{_TOO}|like\s{_THEIRS}|{_THEIRS}\s{_THE_SAME}",
                re.IGNORECASE), Subject.company),
)  # fmt: skip
# What is said of the company and of the user. "On my résumé" does not say when: what is past is on it too.
_WORK = ("You work with {what}", "I have worked with {what}")
_DEED = ("You {what}", "I {what}")
_FRAMES = tuple(
    (re.compile(pattern, re.IGNORECASE), forms)
    for pattern, forms in (
        (rf"(?P<what>.+?)\s(?:is|are)\swhere\s{_PAIR}\s(?:meet|overlap|cross|touch|come together)", _WORK),
        (rf"(?P<what>.+?)\s{_ROW}\s(?:both\s)?(?:on|in)\s{_MINE}\s(?:and|as well as)\s(?:on|in|at)\s{_THEIRS}", _WORK),
        (rf"(?P<what>.+?)\s{_ROW}\s(?:both\s)?(?:on|in|at)\s{_THEIRS}\s(?:and|as well as)\s(?:on|in)\s{_MINE}", _WORK),
        (rf"what\s{_PAIR}\s(?:have\sin\scommon|share)(?:\s(?:is|are)|:)\s(?P<what>.+)", _WORK),
        (rf"{_PAIR}\shave\s(?P<what>.+?)\sin\scommon", _WORK),
        (rf"{_PAIR}\s(?:both\s)?share\s(?P<what>.+)", _WORK),
        (rf"(?:where\s)?{_PAIR}\s(?:meet|overlap)(?:\s(?:in|at|on)|:)\s(?P<what>.+)", _WORK),
        (rf"(?:we\sboth|both\sof\sus|{_THEM}\sand\si(?:\sboth)?)\s(?P<what>.+)", _DEED),
        (rf"like\s{_THEIRS},\si\s(?P<what>.+)", _DEED),
        (rf"like\sme,\s{_THEM}\s(?P<what>.+)", _DEED),
        (rf"i\s(?P<what>.+?),?\s(?:just\s)?(?:like\s{_THEIRS}|as\s{_THEM}\sdo)", _DEED),
        (rf"{_THEM}\s(?P<what>.+?),?\s(?:just\s)?(?:like\sme|as\si\sdo)", _DEED),
    )
)  # fmt: skip


class BothSides:
    """Tells a clause about both sides apart into one about each. `company` matches the company and "you"."""

    def __init__(self, company: re.Pattern[str]) -> None:
        self._company = company
        self._place = re.compile(rf",?\s*\b(?:at|for|in|of|by)\s(?:{company.pattern}),?\s*", re.IGNORECASE)

    def _spoken_to(self, text: str) -> str:
        """The text with "you" for the company's name, so that one set of patterns serves every company."""
        return self._company.sub(lambda found: found[0] if found[0].lower().startswith("you") else "you", text)

    def split(self, sentence: str) -> list[Side]:
        """What the sentence says of the company and what of the user, or nothing if it has none of the known forms."""
        text = self._spoken_to(sentence.strip(" .!"))
        for pattern, forms in _FRAMES:
            if match := pattern.fullmatch(text):
                sides = zip(forms, (Subject.company, Subject.user), strict=True)
                return [Side(form.format(what=match["what"]), subject) for form, subject in sides]
        return []

    def echo(self, clause: str, before: str) -> Side | None:
        """The clause before as said of the other side, if the clause is no more than "so do I"."""
        text = re.sub(r"^(?:and|but|just)\s+", "", clause.strip(" .!"), flags=re.IGNORECASE)
        for pattern, subject in _ECHOES:
            if before and pattern.fullmatch(self._spoken_to(text)):
                own = "I have" if _WAS.search(text) else "I"
                return Side(self._turned(before, subject, own), subject)
        return None

    def mentions_both(self, sentence: str) -> bool:
        """Whether a sentence names both sides and says that something is common to them."""
        is_mine = re.search(r"\b(?:I|me|my|mine|we|us)\b", sentence, re.IGNORECASE)
        return bool(is_mine and self._company.search(sentence) and _SHARED.search(sentence))

    def _turned(self, before: str, subject: Subject, own: str) -> str:
        if subject is Subject.user:
            text = self._place.sub(" ", before)
            found, own_of = self._company.search(text), "my"
        else:
            text = before
            found, own, own_of = re.search(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b", text), "You", "your"
        if found is None:
            return f"{own} {text}"
        word = own_of if found.group().lower() in {"your", "my", "our"} else own
        return f"{text[: found.start()]}{word}{text[found.end() :]}"
