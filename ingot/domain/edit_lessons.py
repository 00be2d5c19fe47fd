"""Lessons from pairs of texts, before and after the user's hand, and from what became of drafts. Nothing is applied here.

A phrase counts as unwanted where it was taken out of two letters at least, and stands in fewer of those that were approved.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from statistics import median

from ingot.domain.email import EmailEdit, Tie
from ingot.domain.intel import TalkingPoint
from ingot.domain.learned import Lesson, LessonKind, holds, words_of
from ingot.domain.sentences import split_sentences
from ingot.domain.style_phrases import GREETING
from ingot.domain.vocabulary import content_stems

FEWEST_LETTERS = 2
# The middle of two letters says nothing about the next.
_FEWEST_LENGTHS = 3
_FEWEST_KEPT, _FEWEST_REFUSED, _CLEARER = 3, 2, 1 / 3
_SHORTER = 0.9
_FEWEST_WORDS, _STEP = 40, 5
_PHRASE_WORDS, _OPENING_WORDS, _CLOSING_WORDS = 3, 6, 4

# Batch mode: of the last letters that were approved.
_LATEST, _FEWEST_APPROVALS, _LIGHT_EDIT, _SHARE_EDITED = 10, 3, 0.1, 0.25

_GREETING_LINE = re.compile(rf"^{GREETING}$", re.IGNORECASE)
_GREETING_WORDS = re.compile(r"^(?:good \w+|\w+)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class EditedLetter:
    """The body of a letter as it was drafted, and as the user left it."""

    letter_id: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A draft that the user kept or refused (rejected, or had written anew), and the kind of point it started from."""

    letter_id: int
    angle: str
    kept: bool


@dataclass(frozen=True)
class _Frame:
    """A body's parts; greeting and closing are "" where there is none."""

    greeting: str
    core: str
    closing: str


def edited_letters(edits: Iterable[EmailEdit]) -> list[EditedLetter]:
    """The edits of bodies, oldest first; one edit upon the other is one edit, from the first text to the last."""
    found: list[EditedLetter] = []
    for edit in edits:
        before, after, letter_id = edit.before.get("body", ""), edit.after.get("body", ""), edit.email_id or 0
        if before == after:
            continue
        latest = next((n for n in reversed(range(len(found))) if found[n].letter_id == letter_id), None)
        if latest is not None and found[latest].after == before:
            before = found.pop(latest).before
        found.append(EditedLetter(letter_id=letter_id, before=before, after=after))
    return [letter for letter in found if letter.before != letter.after]


def lessons_from(
    edited: Sequence[EditedLetter], *, approved: Mapping[int, str], judged: Sequence[Judged] = ()
) -> list[Lesson]:
    """What there is to learn. `approved` are the bodies of approved and sent letters, as they stand."""
    frames = [(letter.letter_id, _frame(letter.before), _frame(letter.after)) for letter in edited]
    return [
        *phrases_removed(edited, approved=approved),
        *_length(frames),
        *_replaced(LessonKind.greeting, [(n, _greeted(a.greeting), _greeted(b.greeting)) for n, a, b in frames]),
        *_replaced(LessonKind.closing, [(n, a.closing, b.closing) for n, a, b in frames]),
        *_angle(judged),
    ]


def phrases_removed(edited: Sequence[EditedLetter], *, approved: Mapping[int, str]) -> list[Lesson]:
    """The phrases taken out of two letters or more, those first that tell most; none lies within another."""
    taken: dict[tuple[str, ...], dict[int, bool]] = defaultdict(dict)
    for letter in edited:
        for phrase, opens in _taken_out(letter.before, letter.after):
            taken[phrase][letter.letter_id] = opens and taken[phrase].get(letter.letter_id, True)
    shared = {phrase: found for phrase, found in taken.items() if len(found) >= FEWEST_LETTERS}
    standing = [words_of(body) for body in approved.values()]
    lessons: dict[tuple[str, ...], Lesson] = {}
    for phrase, found in sorted(shared.items(), key=lambda item: (-len(item[0]) * len(item[1]), item[0])):
        if any(holds(phrase, known) or holds(known, phrase) for known in lessons):
            continue
        if sum(holds(body, phrase) for body in standing) < len(found):
            opens = all(found.values()) and 1 < len(phrase) <= _OPENING_WORDS
            kind = LessonKind.opening if opens else LessonKind.never
            lessons[phrase] = Lesson(kind=kind, value=" ".join(phrase), letters=tuple(sorted(found)))
    return list(lessons.values())


@lru_cache(maxsize=512)  # a review looks at the same pairs with every draft
def _taken_out(before: str, after: str) -> frozenset[tuple[tuple[str, ...], bool]]:
    """The phrases that stood in the text and no longer do, and whether each began a sentence.

    A phrase is any three words or more of what was cut out at one place of a sentence, or all that was cut out there.
    """
    sentences = [words_of(sentence) for sentence in split_sentences(_frame(before).core)]
    old, new = [word for sentence in sentences for word in sentence], words_of(_frame(after).core)
    place = [(number, index) for number, sentence in enumerate(sentences) for index in range(len(sentence))]
    found = set[tuple[tuple[str, ...], bool]]()
    for change, first, last, _, _ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change in {"equal", "insert"}:
            continue
        for number in {place[n][0] for n in range(first, last)}:
            run = [n for n in range(first, last) if place[n][0] == number]
            for start, end in _spans(len(run)):
                phrase = tuple(old[n] for n in run[start:end])
                if _is_telling(phrase) and not holds(new, phrase):
                    found.add((phrase, place[run[start]][1] == 0))
    return frozenset(found)


def _is_telling(phrase: Sequence[str]) -> bool:
    """Whether a phrase can be missed: one of two words, such as "I built", is common where either is."""
    content = [word for word in phrase if content_stems(word)]
    return bool(content) if len(phrase) >= _PHRASE_WORDS else len(content) == len(phrase)


def _spans(length: int) -> list[tuple[int, int]]:
    parts = [(start, end) for start in range(length) for end in range(start + _PHRASE_WORDS, length + 1)]
    return list({*parts, (0, length)})


def _frame(body: str) -> _Frame:
    lines = [line.strip() for line in body.strip().splitlines()]
    greeting = lines.pop(0) if lines and _GREETING_LINE.match(lines[0]) else ""
    last = next((n + 1 for n in reversed(range(len(lines))) if not lines[n]), 0)
    block = lines[last:]
    signed = len(block) > 1 and len(block[0].split()) <= _CLOSING_WORDS and block[0][-1] not in ".?!"
    return _Frame(greeting, "\n".join(lines[:last] if signed else lines), block[0] if signed else "")


def _greeted(line: str) -> str:
    match = _GREETING_WORDS.match(line)
    return match.group() if match else ""


def _replaced(kind: LessonKind, changes: Iterable[tuple[int, str, str]]) -> list[Lesson]:
    """What was put in the place of something else in two letters or more, and more often than anything else."""
    put: dict[str, list[int]] = defaultdict(list)
    for letter_id, before, after in changes:
        if before and after and before.casefold() != after.casefold():
            put[after].append(letter_id)
    most = max(put, key=lambda value: (len(put[value]), value), default="")
    letters = sorted(set(put.get(most, [])))
    return [Lesson(kind=kind, value=most, letters=tuple(letters))] if len(letters) >= FEWEST_LETTERS else []


def _length(frames: Sequence[tuple[int, _Frame, _Frame]]) -> list[Lesson]:
    """The middle length after the edits, where they make letters shorter. Longer ones are not learned: nobody reads them."""
    pairs = [(n, len(words_of(a.core)), len(words_of(b.core))) for n, a, b in frames if a.core != b.core]
    letters = sorted({n for n, _, _ in pairs})
    if len(letters) < _FEWEST_LENGTHS or median(b for _, _, b in pairs) > _SHORTER * median(a for _, a, _ in pairs):
        return []
    words = max(_FEWEST_WORDS, -(-round(median(b for _, _, b in pairs)) // _STEP) * _STEP)
    return [Lesson(kind=LessonKind.length, value=str(words), letters=tuple(letters))]


def angle_of(ties: Iterable[Tie], points: Iterable[TalkingPoint]) -> str:
    """The kind of talking point that a body starts from: the first whose evidence backs a sentence; "" where none does."""
    kinds = {point.evidence_id: point.kind.value for point in points}
    cited = (kinds.get(tie.evidence_id or 0) for tie in ties if tie.part == "body" and tie.source == "evidence")
    return next(filter(None, cited), "")


def _angle(judged: Sequence[Judged]) -> list[Lesson]:
    """The kind of point whose letters were kept clearly more often than the others'."""
    kept = Counter(item.angle for item in judged if item.angle and item.kept)
    refused = Counter(item.angle for item in judged if item.angle and not item.kept)
    for angle, count in kept.most_common(1):
        others = kept.total() - count, refused.total() - refused[angle]
        share, theirs = count / (count + refused[angle]), others[0] / max(1, sum(others))
        if count >= _FEWEST_KEPT and others[1] >= _FEWEST_REFUSED and share - theirs >= _CLEARER:
            letters = sorted({item.letter_id for item in judged if item.kept and item.angle == angle})
            return [Lesson(kind=LessonKind.angle, value=angle, letters=tuple(letters))]
    return []


@dataclass(frozen=True, kw_only=True)
class Track:
    """Of the letters approved last: how many there are, and how many of them the user changed by more than a few words."""

    approved: int
    edited: int

    @property
    def is_steady(self) -> bool:
        """Whether so little was changed that the user may want to be asked less."""
        return self.approved >= _FEWEST_APPROVALS and self.edited <= _SHARE_EDITED * self.approved


def track_of(approved: Iterable[int], edited: Sequence[EditedLetter]) -> Track:
    """How the letters with these ids, the latest first, came to be approved."""
    latest = list(approved)[:_LATEST]
    changed = {letter.letter_id for letter in edited if _changed_share(letter) > _LIGHT_EDIT}
    return Track(approved=len(latest), edited=len(changed & set(latest)))


def _changed_share(letter: EditedLetter) -> float:
    return 1 - SequenceMatcher(None, words_of(letter.before), words_of(letter.after), autojunk=False).ratio()
