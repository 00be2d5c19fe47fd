"""What a clause claims: about whom, in which mood, and the words that must stand in a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ingot.domain.claim_words import EVENTS, FEELINGS, HARD_WORDS, NEGATIONS, TITLE_WORDS, VERB_FAMILIES, WEAK_VERBS
from ingot.domain.figures import Figure, figures
from ingot.domain.skills import skill_spans
from ingot.domain.words import Word, words

_NEGATED_REACH = 4
_STAGE = re.compile(r"\b[Ss]eries [A-H]\b")
_NOT_ONLY = re.compile(
    r"\bnot (?:only|just|merely)\b|\bno (?:doubt|wonder|problem|longer than)\b|\bnot least\b", re.IGNORECASE
)
_EVENT_PATTERNS = {event: re.compile(rf"\b(?:{pattern})", re.IGNORECASE) for event, pattern in EVENTS.items()}
_JOB_POST = re.compile(r"\|.*\|")
_SPELLED_NEGATION = re.compile(r"n't\b", re.IGNORECASE)
_EVERY_DAY = re.compile(
    r"\b(?:every|each) (?:single )?(?:day|week|month|year|night|morning)\b|\bnight and day\b", re.IGNORECASE
)
_IDIOMS = re.compile(
    r"^(?:all the |with )?(?:very )?best(?: regards| wishes)?(?=,|$)|\bbest (?:regards|wishes|way|time|suited)\b|\bknow best\b|\bat (?:first|most|all)\b|\bonly as\b|\bmost recent(?:ly)?\b",
    re.IGNORECASE,
)
# Words of scope that only together are some.
_HARD_PHRASES = re.compile(
    r"\b(?:without|thanks to|because of) me\b|\b(?:(?:have|has|bring|with|over|for) )(?:years|a lifetime) of\b",
    re.IGNORECASE,
)
_LOWER_NAMES = frozenset(
    "api apis ui ux mvp pr prs poc cv faq ceo cto coo cfo vp hr it ok os pdf url html uk us eu pm am".split()
)
_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)


class Subject(StrEnum):
    """Of whom a clause speaks; `open` is a clause that names neither the user nor the company."""

    user = "user"
    company = "company"
    third = "third"
    open = "open"


class Mood(StrEnum):
    """Whether a clause states something, wishes or asks something, or admits a lack of the user's."""

    statement = "statement"
    wish = "wish"
    lack = "lack"


@dataclass(frozen=True)
class Text:
    """A text in normal form with everything that is compared: used for claims and for sources alike."""

    plain: str

    @cached_property
    def skills(self) -> dict[str, str]:
        """The canonical names of the skills -> the words as they stand."""
        return {name: self.plain[start:end] for start, end, name in skill_spans(self.plain)}

    @cached_property
    def masked(self) -> str:
        """The text with each skill blanked out, so that "ROS 2" or "C++11" is no number and no name."""
        characters = list(self.plain)
        for start, end, _ in skill_spans(self.plain):
            characters[start:end] = " " * (end - start)
        return "".join(characters)

    @cached_property
    def _without_figures(self) -> str:
        characters = list(self.masked)
        for figure in self.figures:
            characters[figure.start : figure.end] = " " * (figure.end - figure.start)
        return "".join(characters)

    @cached_property
    def words(self) -> list[Word]:
        """All words but skills and numbers."""
        return words(self._without_figures)

    @cached_property
    def content(self) -> list[Word]:
        """The words that carry a claim."""
        return [w for w in self.words if self._carries(w)]

    def carrying(self, *, feelings: bool) -> list[Word]:
        """The words that carry a claim, on demand those of liking and trusting among them."""
        return [w for w in self.words if self._carries(w) or (feelings and w.stem in FEELINGS)]

    @cached_property
    def meanings(self) -> frozenset[str]:
        """The meanings of all words, those that claim nothing included."""
        return frozenset(w.meaning for w in self.words) | frozenset(w.text.lower() for w in self.words)

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """Every word in small letters, skills and words with digits included."""
        return frozenset(re.findall(r"[^\W_]+", self.plain.lower()))

    @cached_property
    def figures(self) -> list[Figure]:
        """The numbers."""
        return figures(self.masked)

    @cached_property
    def events(self) -> dict[str, str]:
        """The company's events: their names (the keys of `EVENTS`) -> the words as they stand."""
        found = {event: m.group() for event, pattern in _EVENT_PATTERNS.items() if (m := pattern.search(self.plain))}
        return found | {"is hiring": ""} if _JOB_POST.search(self.plain) else found

    @cached_property
    def names(self) -> list[str]:
        """Proper names, word by word: capitals inside the sentence, a series of them at its start, words with digits."""
        return list(self._names())

    @cached_property
    def negated(self) -> frozenset[str]:
        """The meanings of the content words that stand under an odd number of negations."""
        odd: dict[str, bool] = {}
        for clause in re.split(r"[.;:!?()]|,|\bbut\b", _NOT_ONLY.sub("", _SPELLED_NEGATION.sub(" not", self.masked))):
            listed = words(clause)
            for index, word in enumerate(listed):
                if word.text.lower() in NEGATIONS:
                    reach = [w for w in listed[index + 1 :] if not w.is_neutral or w.text.lower() in NEGATIONS]
                    for other in reach[:_NEGATED_REACH]:
                        odd[other.meaning] = not odd.get(other.meaning, False)
        return frozenset(meaning for meaning, is_odd in odd.items() if is_odd)

    @cached_property
    def hard_words(self) -> list[str]:
        """Words of scope, rank and title, which the source must hold too."""
        text = _EVERY_DAY.sub(" ", _IDIOMS.sub(" ", self._without_figures)).lower()
        phrases = [m.group() for m in _STAGE.finditer(self.plain)]
        phrases += [m.group().lower() for m in _HARD_PHRASES.finditer(self.plain)]
        found = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
        return phrases + [w for w in found if w in HARD_WORDS or w in TITLE_WORDS]

    @cached_property
    def deeds(self) -> list[Word]:
        """Verbs of doing: past forms, and base forms right after "I"."""
        found = []
        for index, word in enumerate(self.words):
            lower = word.text.lower()
            is_past = lower.endswith("ed") or (
                lower != word.stem
                and lower not in {word.stem + "e", word.stem + "s"}
                and not lower.endswith(("ing", "s", "er", "ers", "ion"))
            )
            before = [w.text.lower() for w in self.words[max(0, index - 2) : index]]
            after_i = bool(before) and (
                before[-1] == "i"
                or (
                    (before[0] == "i" and before[-1].endswith("ly"))
                    or (before[-1] in {"also", "now", "still"} and "i" in before)
                )
            )
            if (
                word.meaning[1:] in VERB_FAMILIES
                and word.meaning[0] == "~"
                and (is_past or after_i or lower in {"cut", "led", "ran"})
            ):
                found.append(word)
        return [
            w for w in found if w.text.lower() not in {"write", "found", "rose", "present", "ship"} or w.stem == "ship"
        ]

    @property
    def is_weak(self) -> bool:
        """Whether the first words say that only a part was done ("helped", "took part", "assisted with")."""
        return any(w.stem in WEAK_VERBS for w in self.words if w.text.lower() not in {"work", "works", "working"})

    def _carries(self, word: Word) -> bool:
        is_group = self.plain.startswith("team of ", word.start)
        return is_group or not (word.is_neutral or word.text.lower() in NEGATIONS)

    def _names(self) -> Iterator[str]:
        tokens = [w for w in self.words if w.text.lower() not in {"i", "i'm", "i've", "i'd", "i'll"}]
        for index, word in enumerate(tokens):
            bare = re.sub(r"'s$", "", word.text)
            lower = bare.lower()
            is_start = not re.search(r"\w", self.masked[: word.start]) or bool(
                re.search(r"[.!?:\"]\s*$", self.masked[: word.start])
            )
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            in_series = (
                following is not None and following.text[0].isupper() and self.masked[word.end : following.start] == " "
            )
            has_digit, is_acronym = any(c.isdigit() for c in bare), len(bare) > 1 and bare.isupper()
            is_capital = bare[0].isupper() or any(c.isupper() for c in bare[1:])
            if lower in _LOWER_NAMES or lower in TITLE_WORDS or not (is_capital or has_digit):
                continue
            if lower in _MONTHS or has_digit or is_acronym or not is_start or (in_series and not word.is_neutral):
                yield bare
