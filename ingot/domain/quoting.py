"""Sentences that repeat a quote word for word, with or without "I read on your site that" before it."""

from __future__ import annotations

import re
from itertools import pairwise

from ingot.domain.sentences import split_sentences

_WHERE = r"(?:on|in|from)\s(?:your|the)\s(?:[\w-]+\s){0,2}?(?:site|website|page|blog|homepage|post|posting|listing|profile|ad)"
_QUOTE_FRAME = re.compile(
    rf"""^(?:I\s(?:also\s)?read\s(?:this\s)?{_WHERE}(?:\sthat\b|:)
     |I\s(?:also\s)?read\sthis\sabout\syour\swork:
     |one\sthing\sI\sread\sis\sthe\sreason\sfor\sthis\s(?:letter|note|email|mail):
     |you\s(?:also\s)?write\s(?:this\s)?{_WHERE}(?:\sthat\b|:)
     |your\s(?:site|website|page|blog|homepage|post|posting|listing|profile|ad)\s(?:also\s)?says\s(?:that\b|this:)
     |one\s(?:more\s)?line\s{_WHERE}\sis\sthe\sreason\sfor\sthis\s(?:letter|note|email|mail):
     |I\sam\swriting\sbecause\sof\swhat\sstands\s{_WHERE}:)\s+(?P<rest>.+)$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SELF = re.compile(r"\b(?:I|I'(?:m|ve|d|ll)|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b")
# A page's "we" is the letter's "you". "US" is a country.
_TURNS = {
    "we're": "you are", "we've": "you have", "we'll": "you will", "we'd": "you would", "you're": "you are", "you've": "you have",
    "you'll": "you will", "you'd": "you would", "ourselves": "yourselves", "ours": "yours", "we": "you", "our": "your", "us": "you",
}  # fmt: skip
_TURNED = re.compile(rf"\b(?!US\b)(?:{'|'.join(_TURNS)})\b", re.IGNORECASE)
_CUT = re.compile(r"[.;:!?](?:\s|$)|,\s(?!\d)|\s?\(|\s-\s(?!\d)")


def quoted(text: str) -> str:
    """What a sentence in normal form gives as a quote of the company's own words, or "" if it does not speak so."""
    match = _QUOTE_FRAME.match(text)
    rest = match["rest"] if match else ""
    return "" if _SELF.search(rest) else rest


def spans(quote: str) -> list[str]:
    """Each sentence of a quote in normal form, each pair of neighbours, and the quote as a whole."""
    sentences = split_sentences(quote)
    return list(dict.fromkeys([*sentences, *(f"{a} {b}" for a, b in pairwise(sentences)), quote]))


def repeats(text: str, source: str) -> bool:
    """Whether a text is the source or its beginning up to the end of a clause; capitals and we/you do not count."""
    said, there = _normal(text), _normal(source)
    is_cut = there.startswith(said) and _CUT.match(there, len(said)) is not None
    return len(said.split()) >= 2 and (said == there or is_cut)


def _normal(text: str) -> str:
    turned = _TURNED.sub(lambda found: _TURNS[found.group().lower()], text)
    return " ".join(turned.split()).casefold().strip(" .!\"'")
