"""Whether one line or quote says what a clause claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise, takewhile

from ingot.domain.claim_words import TITLE_WORDS, UNIVERSAL
from ingot.domain.claims import Subject, Text
from ingot.domain.credit import is_only_named, undue_credit
from ingot.domain.experience import is_projects
from ingot.domain.figures import Figure
from ingot.domain.words import Word

_MOST_UNCOVERED = 0.2
_FEW_WORDS = 5
_CONTEXT_WORDS = 5
_UNIT_WORDS = 3
_PASSIVE = re.compile(r"\b(?:was|were|been|being|got|get) (?:\w+ )?(acquired|bought)\b|\b(\w+) by (?=[A-Z])")
_RATE = re.compile(
    r"(?:\s+[\w-]+){0,2}?\s+(?:(?:per|an?|each|every) (second|minute|hour|day|night|week|month|quarter|year)|(daily|weekly|monthly|yearly))\b",
    re.IGNORECASE,
)
_EMPLOYED_AT = re.compile(r"\b(?:at|for|with|from) ([A-Z]\w+)")
_WIDER: dict[str, frozenset[str]] = {
    narrow: frozenset(wide.split(", "))
    for narrow, wide in {
        "AWS Lambda": "AWS, Serverless",
        "Amazon S3": "AWS",
        "Amazon EC2": "AWS",
        "Amazon ECS": "AWS",
        "Amazon EKS": "AWS, Kubernetes",
        "Google Kubernetes Engine": "Google Cloud, Kubernetes",
        "SwiftUI": "Swift",
        "Next.js": "React",
        "Ruby on Rails": "Ruby",
        "Deep learning": "Machine learning",
        "Large language models": "Machine learning",
        "GitHub Actions": "CI/CD",
        "GitLab CI": "CI/CD",
    }.items()
}


@dataclass(frozen=True)
class Problem:
    """Something a source does not say: its kind (see `grounding.reason`) and the words of the claim."""

    kind: str
    words: str


@dataclass(frozen=True)
class Source:
    """A sentence of a quote, or a line of the résumé with the heading of its job; `whole` is what is shown."""

    text: Text
    whole: str
    heading: Text = field(default_factory=lambda: Text(""))
    evidence_id: int | None = None
    resume_line: int | None = None

    @property
    def meanings(self) -> frozenset[str]:
        return self.text.meanings | self.heading.meanings


@dataclass(frozen=True)
class Claim:
    """A clause that has to be backed. `known` are the small-letter words that need no backing here (the names of the addressees)."""

    text: Text
    subject: Subject
    known: frozenset[str] = frozenset()
    ignored: frozenset[Figure] = frozenset()

    def without(self, figure: Figure) -> Claim:
        """The claim with one of its numbers taken out."""
        return replace(self, ignored=self.ignored | {figure})

    @property
    def _tells_feelings(self) -> bool:
        """Whether feelings in the clause are somebody else's ("doctors love it"), and so a claim."""
        return self.subject is not Subject.user and not re.search(
            r"\b(?:I|me|my)\b|^(?:it|this|that)\b", self.text.plain
        )

    @property
    def figures(self) -> list[Figure]:
        return [figure for figure in self.text.figures if figure not in self.ignored]

    @property
    def content(self) -> list[Word]:
        return [
            word
            for word in self.text.carrying(feelings=self._tells_feelings)
            if word.text.lower().removesuffix("'s") not in self.known
        ]


def problems(claim: Claim, source: Source) -> list[Problem]:
    """Everything that the claim says and the source does not; empty if the source backs the claim."""
    checks = (_skills, _figures, _names, _hard_words, _events, _roles, _rates, _deeds, _negations, _coverage)
    return [problem for check in checks for problem in check(claim, source)]


def covered_share(claim: Claim, source: Source) -> float:
    """The share (0-1) of the claim's content words that the source holds; 1.0 if it has none."""
    content = claim.content
    return 1 - len(_uncovered(claim, source)) / len(content) if content else 1.0


def _skills(claim: Claim, source: Source) -> Iterator[Problem]:
    held = set(source.text.skills) | set(source.heading.skills)
    held |= {wide for skill in held for wide in _WIDER.get(skill, ())}
    for skill, as_written in claim.text.skills.items():
        if skill not in held:
            yield Problem("skill", as_written)


def _figures(claim: Claim, source: Source) -> Iterator[Problem]:
    texts = (source.text, source.heading)
    for figure in claim.figures:
        is_there = any(same_figure(claim, figure, text, other) for text in texts for other in text.figures)
        if not is_there and not _is_ratio(figure, source.text.figures):
            yield Problem("year" if figure.kind == "year" else "number", figure.text)


def same_figure(claim: Claim, figure: Figure, text: Text, other: Figure) -> bool:
    """Whether a number of the claim is this number of the text, and counts the same thing."""
    if not other.backs(figure):
        return False
    if figure.kind == "year" or other.kind == "year":
        return figure.kind == other.kind
    units = _following(claim.text, figure, 1)
    taken = [rival for rival in text.figures if units & _following(text, rival, _UNIT_WORDS)]
    if taken and other not in taken:
        return False
    counted = {w.meaning for w in takewhile(lambda w: not w.is_neutral, _after(claim.text, figure)[:2])}
    if counted and not figure.kind and not counted & _following(text, other, _CONTEXT_WORDS):
        return False
    here, there = _around(claim.text, figure), _around(text, other)
    return bool(here & there) or (not claim.content and bool(claim.text.skills))


def _is_ratio(figure: Figure, others: list[Figure]) -> bool:
    """Whether "tripled" is borne out by two plain numbers in order, such as "from 7 to 21"."""
    pairs = pairwise(others)
    return figure.kind == "x" and any(
        a.kind == b.kind != "year" and a.value and Decimal(b.value / a.value) == figure.value for a, b in pairs
    )


def _following(text: Text, figure: Figure, count: int) -> set[str]:
    return {word.meaning for word in _after(text, figure)[:count]}


def _after(text: Text, figure: Figure) -> list[Word]:
    """The words after a number, up to a mark of punctuation."""
    after = [word for word in text.words if figure.end <= word.start]
    return [word for word in after if not re.search(r"[.;,:()]", text.plain[figure.end : word.start])]


def _around(text: Text, figure: Figure) -> set[str]:
    content = [
        w
        for w in text.words
        if not w.is_neutral or w.stem in {"people", "year", "month", "week", "day", "hour", "minut"}
    ]
    before = [w for w in content if w.end <= figure.start][-_CONTEXT_WORDS:]
    after = [w for w in content if w.start >= figure.end][:_CONTEXT_WORDS]
    return {w.meaning for w in before + after}


def _names(claim: Claim, source: Source) -> Iterator[Problem]:
    held = source.meanings | source.text.lower_words | source.heading.lower_words
    for name in claim.text.names:
        if name.lower() not in held and name.lower().rstrip("s") not in held and name.lower() not in claim.known:
            yield Problem("name", name)


def _hard_words(claim: Claim, source: Source) -> Iterator[Problem]:
    held = f"{source.text.plain}\n{source.heading.plain}".lower()
    for word in claim.text.hard_words:
        is_whole = word in UNIVERSAL and re.search(r"\b100\s?%", held)
        if (
            not is_whole
            and word not in claim.known
            and not re.search(rf"(?<![\w]){re.escape(word.lower())}(?!\w)", held)
        ):
            yield Problem("title" if word in TITLE_WORDS else "scope", word)


def _events(claim: Claim, source: Source) -> Iterator[Problem]:
    if claim.subject is not Subject.user:
        for event, as_written in claim.text.events.items():
            if event not in source.text.events:
                yield Problem("event", as_written)


def _roles(claim: Claim, source: Source) -> Iterator[Problem]:
    """Who did it to whom: "led by X" does not back "led X"; and "at X" does not back "at Y"."""
    said, there = _passive_verbs(claim.text), _passive_verbs(source.text)
    for word in claim.text.words:
        if (
            (word.meaning in there) is not (word.meaning in said)
            and word.meaning in source.text.meanings
            and not word.is_neutral
        ):
            yield Problem("event", word.text)
    places = {place.lower() for place in _EMPLOYED_AT.findall(source.text.plain)}
    for place in _EMPLOYED_AT.findall(claim.text.plain):
        if places and place.lower() in claim.known and place.lower() not in source.text.lower_words:
            yield Problem("name", place)


def _passive_verbs(text: Text) -> set[str]:
    found = {first or second for first, second in _PASSIVE.findall(text.plain)}
    return {word.meaning for word in text.words if word.text in found}


def _rates(claim: Claim, source: Source) -> Iterator[Problem]:
    """A number per minute is not backed by the same number per second."""
    there = {_per(match) for match in _RATE.finditer(source.text.plain)}
    for figure in claim.figures if there else ():
        match = _RATE.match(claim.text.plain, figure.end)
        if match and _per(match) not in there:
            yield Problem("number", f"{figure.text}{match.group()}")


def _per(match: re.Match[str]) -> str:
    unit = (match[1] or match[2]).lower()
    return {"daily": "day", "night": "day"}.get(unit, unit.removesuffix("ly"))


def _deeds(claim: Claim, source: Source) -> Iterator[Problem]:
    if claim.subject is not Subject.user:
        return
    for deed in claim.text.deeds:
        if deed.meaning == "~build" and _is_project(source):
            continue
        is_said = deed.meaning in source.text.meanings and not is_only_named(deed.meaning, source.text)
        if not is_said or (source.text.is_weak and not claim.text.is_weak):
            yield Problem("verb", deed.text)
    if not _is_project(source) and (words := undue_credit(claim.text, source.text)):
        yield Problem("verb", words)


def _is_project(source: Source) -> bool:
    """Whether a line only names a project: that the user built it goes without saying."""
    return is_projects(source.heading.plain) and not source.text.deeds


def _negations(claim: Claim, source: Source) -> Iterator[Problem]:
    here = {word.meaning for word in claim.content}
    there = {word.meaning for word in source.text.content}
    flipped = (claim.text.negated & there) - source.text.negated | (source.text.negated & here) - claim.text.negated
    if "never" in claim.text.lower_words and "never" not in source.text.lower_words:
        yield Problem("negation", "never")
    elif flipped:
        yield Problem("negation", next(w.text for w in (*claim.content, *source.text.content) if w.meaning in flipped))


def _coverage(claim: Claim, source: Source) -> Iterator[Problem]:
    missing, total = _uncovered(claim, source), len(claim.content)
    allowed = _MOST_UNCOVERED * total if total >= _FEW_WORDS else 0
    if len(missing) > allowed:
        yield Problem("statement", " ".join(word.text for word in missing))


def _uncovered(claim: Claim, source: Source) -> list[Word]:
    shared_events = set(claim.text.events) & set(source.text.events)
    held = source.meanings | {word for event in shared_events for word in claim.text.events[event].lower().split()}
    held |= {"~build"} if _is_project(source) else set()
    return [word for word in claim.content if word.meaning not in held and word.text.lower() not in held]
