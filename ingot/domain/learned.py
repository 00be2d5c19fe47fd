"""What letters of this user are to be like: taught by edits and decisions or said outright, used only after the user's yes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from ingot.domain.intel import TalkingPointKind
from ingot.domain.sentences import split_sentences
from ingot.errors import ValidationError

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_LONGEST = 120
_FEWEST_WORDS, _MOST_WORDS = 40, 150


class LessonKind(StrEnum):
    """What a lesson is about."""

    never = "never write"
    opening = "never begin with"
    length = "at most"
    greeting = "greeting"
    closing = "closing"
    angle = "angle"


# Of the others there may be as many as the user likes.
_ONE_OF_A_KIND = frozenset({LessonKind.length, LessonKind.greeting, LessonKind.closing, LessonKind.angle})
PHRASES = frozenset({LessonKind.never, LessonKind.opening})


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One preference about letters. `letters` are the ids of those that taught it; none where the user said it outright.

    `value` is a phrase, a number of words, a greeting without the name, a closing line, or a `TalkingPointKind`.
    """

    kind: LessonKind
    value: str
    letters: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """The same for the same lesson, whenever it is learned: `never-3fa9`, `length-90`, `greeting-hello`."""
        said = words_of(self.value)
        short = said[0] if len(said) == 1 and said[0].isascii() else sha256(" ".join(said).encode()).hexdigest()[:6]
        return f"{self.kind.name}-{short}"

    @property
    def rule(self) -> str:
        """The lesson as a sentence for the user, in the form that `read_lesson` reads."""
        return f"{self.kind.value}: {self.value}{' words' if self.kind is LessonKind.length else ''}"

    @property
    def reason(self) -> str:
        """Why it is proposed or used."""
        if not self.letters:
            return "you said so"
        count = f"{len(self.letters)} letter{'s' if len(self.letters) > 1 else ''}"
        return f"{_REASONS[self.kind].format(count=count)} ({', '.join(map(str, self.letters))})"

    def forbids(self, other: Lesson) -> bool:
        """Whether the user's no to this lesson is a no to the other one: a length one word longer is the same question."""
        return self.id == other.id or self.kind is other.kind is LessonKind.length


_REASONS = {
    LessonKind.never: "you took it out of {count}",
    LessonKind.opening: "you changed it at the beginning of a sentence in {count}",
    LessonKind.length: "so long were {count} after your edits, in the middle",
    LessonKind.greeting: "you put it into {count}",
    LessonKind.closing: "you put it into {count}",
    LessonKind.angle: "you kept {count} that start there, and refused more of the others",
}


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without punctuation: by these, phrases are compared."""
    return tuple(_WORD.findall(text.casefold().replace("’", "'")))


def holds(text: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether words stand in a text one after the other, both as `words_of` gives them."""
    size, wanted = len(phrase), tuple(phrase)
    return any(tuple(text[n : n + size]) == wanted for n in range(len(text) - size + 1))


def sentence_with(text: str, lesson: Lesson) -> str:
    """The sentence of a text that says what the lesson forbids, or ""."""
    phrase = words_of(lesson.value)
    for sentence in split_sentences(text):
        said = words_of(sentence)
        if holds(said[: len(phrase)] if lesson.kind is LessonKind.opening else said, phrase):
            return sentence
    return ""


@dataclass(frozen=True, kw_only=True)
class Learned:
    """The lessons in use, and those that the user does not want to be asked about again."""

    used: tuple[Lesson, ...] = ()
    forgotten: tuple[Lesson, ...] = ()

    @property
    def phrases(self) -> tuple[Lesson, ...]:
        """The lessons in use that forbid words."""
        return tuple(lesson for lesson in self.used if lesson.kind in PHRASES)

    def undecided(self, proposed: Iterable[Lesson]) -> list[Lesson]:
        """Of the lessons proposed those that the user has not answered."""
        return [
            lesson
            for lesson in proposed
            if lesson.id not in {known.id for known in self.used}
            and not any(no.forbids(lesson) for no in self.forgotten)
        ]

    def accept(self, lesson_id: str, proposed: Iterable[Lesson]) -> Learned:
        """Use a lesson that was proposed, or forgotten. `ValidationError` where there is none of this id."""
        return self.use(_of_id(lesson_id, [*proposed, *self.forgotten, *self.used]))

    def use(self, lesson: Lesson) -> Learned:
        """Use a lesson; of a greeting, closing, length or angle it takes the place of the one before."""
        replaced = {lesson.id} | {one.id for one in self.used if one.kind is lesson.kind and one.kind in _ONE_OF_A_KIND}
        return Learned(
            used=(*(one for one in self.used if one.id not in replaced), lesson),
            forgotten=tuple(one for one in self.forgotten if not one.forbids(lesson)),
        )

    def forget(self, lesson_id: str, proposed: Iterable[Lesson]) -> Learned:
        """Stop using a lesson, and do not propose it again. `ValidationError` where there is none of this id."""
        lesson = _of_id(lesson_id, [*self.used, *proposed, *self.forgotten])
        kept = tuple(one for one in self.forgotten if one.id != lesson.id)
        return Learned(used=tuple(one for one in self.used if one.id != lesson.id), forgotten=(*kept, lesson))

    def max_words(self, longest: int) -> int:
        """How many words a letter may have whose tone allows `longest`."""
        return min([longest, *(int(lesson.value) for lesson in self.used if lesson.kind is LessonKind.length)])

    def for_writer(self) -> dict[str, Any]:
        """The prompt's input `preferences`: `never` and `openings` are phrases, the others texts, "" where nothing is set."""
        one = {lesson.kind: lesson.value for lesson in self.used}
        return {
            "never": [lesson.value for lesson in self.used if lesson.kind is LessonKind.never],
            "openings": [lesson.value for lesson in self.used if lesson.kind is LessonKind.opening],
            **{kind.name: one.get(kind, "") for kind in (LessonKind.greeting, LessonKind.closing, LessonKind.angle)},
        }

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {"used": list(map(_plain, self.used)), "forgotten": list(map(_plain, self.forgotten))}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Learned:
        """What `to_json` wrote; kinds of a later version are passed over."""
        return cls(used=_lessons(stored.get("used", [])), forgotten=_lessons(stored.get("forgotten", [])))


NOTHING_LEARNED = Learned()


def read_lesson(given: str) -> Lesson:
    """A lesson as the user writes it: `never write: in a nutshell`, `at most: 90 words`. Raises `ValidationError`."""
    name, colon, said = given.partition(":")
    value = " ".join(said.split())
    kind = next((one for one in LessonKind if one.value == " ".join(name.split()).casefold()), None)
    if not colon or kind is None:
        raise ValidationError(
            "That is no preference that is known.",
            hint=f"Write one of: {', '.join(f'{one.value}: ...' for one in LessonKind)}",
        )
    if kind is LessonKind.length:
        value = value.removesuffix("words").strip()
        if not re.fullmatch(r"\d{1,3}", value, re.ASCII) or not _FEWEST_WORDS <= int(value) <= _MOST_WORDS:
            raise ValidationError(
                "That is no length.", hint=f"Give {_FEWEST_WORDS} to {_MOST_WORDS} words: at most: 90"
            )
    if kind is LessonKind.angle and value not in set(TalkingPointKind):
        raise ValidationError(f"{value!r} is no angle.", hint=f"Give one of: {', '.join(TalkingPointKind)}.")
    if not words_of(value) or len(value) > _LONGEST or not value.isprintable():
        raise ValidationError("A preference is a few plain words.", hint=f"Give 1 to {_LONGEST} characters.")
    if kind is LessonKind.greeting:
        value = value.rstrip(",")
    return Lesson(kind=kind, value=value)


def _of_id(lesson_id: str, lessons: Iterable[Lesson]) -> Lesson:
    for lesson in lessons:
        if lesson.id == lesson_id:
            return lesson
    raise ValidationError("There is no preference with this id.", hint="See them: ingot profile learned")


def _plain(lesson: Lesson) -> dict[str, Any]:
    return {"kind": lesson.kind.name, "value": lesson.value, "letters": list(lesson.letters)}


def _lessons(stored: Iterable[Mapping[str, Any]]) -> tuple[Lesson, ...]:
    kinds = LessonKind.__members__
    return tuple(
        Lesson(kind=kinds[item["kind"]], value=item["value"], letters=tuple(item["letters"]))
        for item in stored
        if item["kind"] in kinds
    )
