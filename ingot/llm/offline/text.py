"""Choosing sentences and turning them: from their "we" to "you", from a résumé bullet to "I"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from ingot.domain.skills import find_skills
from ingot.domain.vocabulary import content_stems

_SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"”’)]))\s+(?=[\"“‘(]?[A-Z0-9€$£])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|Inc|Ltd|Dr|Mr|Ms|Mrs|St|No|approx|U\.S)\.|\b[A-Z]\.)$")

# "We" of a page becomes "you" in a letter. Longer forms first.
_TURNS = (
    (r"\bwe['’]re\b", "you are"), (r"\bwe['’]ve\b", "you have"), (r"\bwe['’]ll\b", "you will"), (r"\bwe['’]d\b", "you would"),
    (r"\bourselves\b", "yourselves"), (r"\bours\b", "yours"), (r"\bwe\b", "you"), (r"\bour\b", "your"), (r"\bus\b", "you"),
)  # fmt: skip
_SECOND_PERSON = re.compile(r"\b(?:you|yours?|yourself|yourselves)\b", re.IGNORECASE)
_FIRST_PERSON_PLURAL = re.compile(r"\b(?:we|our|ours|us|ourselves)\b", re.IGNORECASE)

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NEWS_DATE = re.compile(rf"(?:\d{{1,2}}\s+)?(?:{_MONTHS})\w*\s+(?:\d{{1,2}},\s+)?20\d\d\b|20\d\d\b")

# Words that open a sentence in capitals only because they open it.
_OPENERS = frozenset(
    "the a an we our you your it its in on at for with when while by every each all this that these those as since after before "
    "from most many some no one two three four five six seven eight nine ten eleven twelve teams customers companies engineers "
    "built find real-time short-lived mobile reading search events forecasts remote data software prior dispatch and to if there "
    "both using today now last next over more than their his her instead unlike people businesses".split()
)


# What says more about people than about the company: true, and an odd thing for a stranger to open with.
_ABOUT_PEOPLE = re.compile(
    r"\b(?:previously|founders?|co-?founders?|founded by|brothers|sisters|siblings|friends|roommates|met at|studied|graduated|Ph\.?D"
    r"|dropped out|ex-[A-Z]\w+|worked (?:at|for)|years at)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order, verbatim but for outer whitespace. Lines end sentences."""
    found: list[str] = []
    for line in text.splitlines():
        held = ""
        for part in _SENTENCE_END.split(line.strip()):
            held = f"{held} {part}".strip() if held else part.strip()
            if held and not _ABBREVIATION.search(held):
                found.append(held)
                held = ""
        if held:
            found.append(held)
    return found


def to_you(sentence: str) -> str:
    """The page's sentence as said to the company: we, our, us -> you, your, you."""
    for pattern, turned in _TURNS:
        sentence = re.sub(pattern, partial(_like, turned), sentence, flags=re.IGNORECASE)
    return sentence


def _like(turned: str, found: re.Match[str]) -> str:
    original = found.group()
    # "US" is a country, not "us".
    if original.isupper() and len(original) > 1:
        return original
    return turned[0].upper() + turned[1:] if original[0].isupper() else turned


def speaks_as_we(sentence: str) -> bool:
    """Whether the page speaks of itself as "we"."""
    return any(word != "US" for word in _FIRST_PERSON_PLURAL.findall(sentence))


def speaks_to_reader(sentence: str) -> bool:
    """Whether the page speaks to its reader as "you": in a letter to the company that "you" would be somebody else."""
    return _SECOND_PERSON.search(sentence) is not None


def lower_start(sentence: str) -> str | None:
    """The sentence as the continuation of another, or None where its first word may be a name."""
    first = re.match(r"[\w'’-]+", sentence)
    if first is None:
        return None
    word = first.group()
    is_initials = word.isupper() and (len(word) > 1 or sentence[1:2] == ".")
    if word.lower() in _OPENERS and not is_initials:
        return sentence[0].lower() + sentence[1:]
    return sentence if word[0].isdigit() else None


def is_about_people(sentence: str) -> bool:
    """Whether a sentence tells of the founders' lives rather than of the company."""
    return _ABOUT_PEOPLE.search(sentence) is not None


def starts_with_date(sentence: str) -> bool:
    """Whether a sentence is an entry of a news list (`March 2026: ...`): true, but no way to open a letter."""
    return _NEWS_DATE.match(sentence) is not None


def shorten(sentence: str, limit: int) -> str | None:
    """The sentence, or its first main clause where it is longer than `limit` characters; None where neither fits."""
    text = sentence.strip().rstrip(".!;:, ")
    if len(text) <= limit:
        return text
    for mark in ("; ", " — ", " – ", ": ", ", so that ", ", where ", ", which ", ", and ", ", but "):
        head = text.split(mark, 1)[0]
        if len(head) <= limit and len(head.split()) >= 6:
            return head
    return None


def capital(sentence: str) -> str:
    """The sentence with a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def joined(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def overlap(one: str, other: str) -> float:
    """How close two texts are: a shared skill counts three times a shared word."""
    skills = len(find_skills(one).keys() & find_skills(other).keys())
    return 3.0 * skills + len(content_stems(one) & content_stems(other))


def distinct(texts: Iterable[str]) -> list[str]:
    """The texts without those that repeat most of an earlier one."""
    kept: list[str] = []
    for text in texts:
        stems = content_stems(text)
        if stems and all(len(stems & content_stems(other)) / len(stems) < 0.7 for other in kept):
            kept.append(text)
    return kept


_TITLES = frozenset("dr prof professor mr mrs ms mx sir dame rev ing dipl".split())


def first_name(name: str) -> str:
    """The name that a greeting uses: the first one, or a title with the last where the name begins with one."""
    said = name.split()
    if said and said[0].rstrip(".").lower() in _TITLES:
        return f"{said[0]} {said[-1]}" if len(said) > 1 else ""
    return said[0] if said else ""
