"""Whether somebody asks not to be written to again. To miss that is far worse than to hear it where it was not said."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Collection

from ingot.mail.opt_out_phrases import ALONE, HARMLESS, PERSONAL, RULES

_RULES = {name: re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) for name, patterns in RULES.items()}
_HARMLESS = re.compile("|".join(f"(?:{pattern})" for pattern in HARMLESS))
_ALONE = re.compile(ALONE)
_PARTS = re.compile(r"[.!?\n]")
_PARAGRAPH = re.compile(r"\n\s*\n")
_EDGES = re.compile(r"^\W+|\W+$")

_REPLY = re.compile(
    r"^\s*(?:(?:re|aw|antw|sv|vs|rv|odp|fwd?|wg|tr|rif|res|ref|ynt|vá)\s*(?:\[\d+\])?\s*[:\uff1a]\s*)+", re.IGNORECASE
)
_MOST_WORDS = 5  # of an answer's subject that was typed for this answer

_TAG = re.compile(r"<[^<>]{0,200}>")
_APOSTROPHE = re.compile(r"[’‘ʼ`´]")
_SPELLED = re.compile(r"\b(?:\w[ .*_-]){4,}\w\b")
_UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "—": "-", "–": "-", "\u2010": "-", "\u2011": "-"})  # fmt: skip
_LONGEST = 100_000
_LONGEST_ALONE = 80  # characters of a sentence that says nothing else


def asks_to_stop(words: str, subject: str = "") -> str:
    """The name of the rule by which the writer asks not to be written to again, or "".

    `words` are the writer's own (see `own_words`), `subject` is that of the answer: behind "Re:" it is mostly ours, and
    counts only where it says nothing else.
    """
    return _rule(words) or _in_subject(subject)


def asks_in_person(text: str) -> str:
    """The same by those rules that no footer, disclaimer or quoted newsletter meets: for text that may be another's."""
    return _first(_fold(text), PERSONAL)


def _rule(text: str) -> str:
    folded = _fold(text)
    return _alone(folded) or _first(folded, RULES)


def _first(text: str, names: Collection[str]) -> str:
    # Programs break lines anywhere; an empty one ends a sentence that has no full stop.
    joined = " ".join(_PARAGRAPH.sub(" . ", text).split())
    sentences = _HARMLESS.sub(" … ", joined)
    return next((name for name, pattern in _RULES.items() if name in names and pattern.search(sentences)), "")


def _alone(folded: str) -> str:
    parts = (_EDGES.sub("", part) for part in _PARTS.split(folded) if len(part) <= _LONGEST_ALONE)
    return "alone" if any(_ALONE.fullmatch(part) for part in parts) else ""


def _in_subject(subject: str) -> str:
    own = _REPLY.sub("", subject)
    if own == subject or len(own.split()) <= _MOST_WORDS:
        return f"subject_{rule}" if (rule := _rule(own)) else ""
    return ""


def _fold(text: str) -> str:
    """Lower case without accents, tags, invisible signs and "u n s u b" spelling; the lines stay."""
    text = _TAG.sub(" ", html.unescape(text[:_LONGEST]))
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(sign for sign in decomposed if unicodedata.category(sign) not in {"Mn", "Cf"})
    plain = _APOSTROPHE.sub("'", unicodedata.normalize("NFC", plain)).translate(_UNDECOMPOSED)
    plain = _SPELLED.sub(lambda found: re.sub(r"[ .*_-]", "", found.group()), plain)
    return "\n".join(" ".join(line.split()) for line in plain.splitlines())
