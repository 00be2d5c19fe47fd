"""Which industries a company works in, and a résumé comes from, with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ingot.domain.industry_table import INDUSTRY_TABLE, RELATED_TABLE

# A venue's label is somebody's judgement; a word of prose may stand there in passing.
_LABEL = 3
# What is named less than this part as often as the industry named most is only mentioned.
_IN_PASSING = 0.4
_WORD = re.compile(r"(?<![\w-])\w+")


@dataclass(frozen=True)
class Naming:
    """How strongly an industry is named (1 a word of prose, 3 a label), and the words that name it."""

    weight: int
    words: tuple[str, ...]


@cache
def _terms() -> dict[str, tuple[str, bool]]:
    """Each word with its industry and whether it counts in prose."""
    rows = (line.strip().partition(": ") for line in INDUSTRY_TABLE.strip().splitlines())
    found: dict[str, tuple[str, bool]] = {name: (name, True) for name in industry_names()}
    for name, _, words in rows:
        for word in words.split(", "):
            found[word.removesuffix("*")] = (name, not word.endswith("*"))
    return found


@cache
def industry_names() -> tuple[str, ...]:
    """The industries, in the table's order."""
    return tuple(line.strip().partition(": ")[0] for line in INDUSTRY_TABLE.strip().splitlines())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """By its first word, singular or plural, the pattern of all words of prose that begin with it."""
    groups: dict[str, list[str]] = {}
    for term in (term for term, (_, in_prose) in _terms().items() if in_prose):
        first = re.split(r"\W", term, maxsplit=1)[0]
        for form in (first, f"{first}s", f"{first}es"):
            groups.setdefault(form, []).append(term)
    return {
        first: re.compile(
            rf"(?:{'|'.join(re.escape(term) for term in sorted(terms, key=len, reverse=True))})(?:e?s)?(?![\w-])"
        )
        for first, terms in groups.items()
    }


def _in_prose(text: str) -> Iterator[str]:
    """The words of industries in a text, as they are spelled there, in order."""
    lower, done, patterns = text.lower(), 0, _patterns()
    if len(lower) != len(text):  # a letter whose small form is two, such as a dotted capital I
        text = lower
    for word in _WORD.finditer(lower):
        pattern = patterns.get(word[0])
        match = pattern.match(lower, word.start()) if pattern and word.start() >= done else None
        if match:
            done = match.end()
            yield text[match.start() : done]


@cache
def _related() -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for line in RELATED_TABLE.strip().splitlines():
        pair, _, value = line.strip().partition(": ")
        one, _, other = pair.partition(", ")
        found[one, other] = found[other, one] = float(value)
    return found


def industry_of(name: str) -> str | None:
    """The industry that a word names ("health tech", "Payments"), or None if it is not known."""
    word, terms = " ".join(name.replace(",", "").lower().split()), _terms()
    singular = (word, word.removesuffix("s"), word.removesuffix("es"))
    return next((terms[form][0] for form in singular if form in terms), None)


def named_industries(labels: Iterable[str], text: str = "") -> dict[str, Naming]:
    """The industries that labels and prose name, the strongest first. Each word of prose counts once."""
    weights: dict[str, int] = {}
    words: dict[str, dict[str, None]] = {}
    for label in labels:
        if industry := industry_of(label):
            weights[industry] = weights.get(industry, 0) + _LABEL
            words.setdefault(industry, {})[label] = None
    seen: set[str] = set()
    for spelled in _in_prose(text):
        industry, form = industry_of(spelled), spelled.lower().removesuffix("s")
        if industry and form not in seen:
            seen.add(form)
            weights[industry] = weights.get(industry, 0) + 1
            words.setdefault(industry, {})[spelled] = None
    order = sorted(weights, key=lambda industry: -weights[industry])
    return {industry: Naming(weights[industry], tuple(words[industry])) for industry in order}


def main_industries(named: Mapping[str, Naming]) -> dict[str, Naming]:
    """Those that are not only mentioned in passing."""
    most = max((naming.weight for naming in named.values()), default=0)
    return {name: naming for name, naming in named.items() if naming.weight >= _IN_PASSING * most}


def relatedness(one: str, other: str) -> float:
    """How much of what is learned in the one industry is of use in the other: 1 the same, 0 nothing."""
    return 1.0 if one == other else _related().get((one, other), 0.0)
