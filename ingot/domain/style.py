"""How a letter reads: what makes a busy person stop reading, told to the writer and to whoever reviews the draft.

Truth is the business of `grounding`; here a finding is a matter of taste, but for those that `loses_the_letter` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingot.domain.learned import Lesson, sentence_with
from ingot.domain.sentences import split_sentences
from ingot.domain.style_phrases import CLICHES, FLATTERY, GREETING, PLACEHOLDERS, REQUESTS, SIGN_OFF, WRONG_SIDE

SUBJECTS = frozenset({"subject_a", "subject_b"})
_SUBJECT_WORDS, _SUBJECT_CHARACTERS = 12, 90
_SENTENCE_WORDS = 40
# Flesch (1948): below 30 stand scientific papers. Fewer words than these say nothing about it.
_LEAST_EASE, _FEWEST_WORDS = 30.0, 25
_SHINGLE = 3

_QUOTED = re.compile(r"[“\"«][^”\"»\n]*[”\"»]")
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23fa\U0001f000-\U0001faff]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SELF = re.compile(r"I(?:['’]\w+)?$")
_VOWELS = re.compile(r"[aeiouy]+")
_GREETING = re.compile(rf"^{GREETING}$", re.IGNORECASE)
_SIGN_OFF = re.compile(rf"^{SIGN_OFF}$", re.IGNORECASE)
# Letter case tells COMPANY_NAME from a company's name.
_PLACEHOLDER = re.compile("|".join(PLACEHOLDERS))
_REQUEST = re.compile(rf"\b(?:{'|'.join(REQUESTS)})", re.IGNORECASE)
_PHRASES = (
    ("cliche", re.compile(rf"\b(?:{'|'.join(CLICHES)})", re.IGNORECASE), "It stands in every letter: leave it out."),
    ("flattery", re.compile(rf"\b(?:{'|'.join(FLATTERY)})", re.IGNORECASE), "No praise: say the fact alone."),
    (
        "side",
        re.compile(rf"\b(?:{'|'.join(WRONG_SIDE)})", re.IGNORECASE),
        "This is said by an employer: the user is the one who looks for work.",
    ),
)
_LOSING = frozenset({"placeholder", "side"})


@dataclass(frozen=True)
class StyleIssue:
    """A rule that a part of the letter breaks, the words that break it, and what to do."""

    rule: str
    words: str
    hint: str


def loses_the_letter(issue: StyleIssue) -> bool:
    """Whether a letter with this issue must not be read by anybody: a gap left open, or the wrong side speaking."""
    return issue.rule in _LOSING


def style_issues(parts: Mapping[str, str], *, max_words: int, unwanted: Sequence[Lesson] = ()) -> list[StyleIssue]:
    """What is wrong with the style of a letter, part by part.

    The keys are those of `ingot.actions.draft.PARTS`; parts that are not there are not judged. `max_words` is the length
    of body and follow-ups, greeting and name not counted; `unwanted` are the phrases that the user took out of letters.
    """
    found: list[StyleIssue] = []
    for name, text in parts.items():
        rules = _subject_issues(text) if name in SUBJECTS else _text_issues(text, max_words)
        found += [*_phrase_issues(text), *_unwanted_issues(text, unwanted), *rules]
    return list(dict.fromkeys(found))


def _phrase_issues(text: str) -> Iterator[StyleIssue]:
    # Words between quotation marks are somebody else's.
    own = _QUOTED.sub(lambda match: " " * len(match.group()), text).replace("’", "'")
    for rule, pattern, hint in _PHRASES:
        yield from (StyleIssue(rule, _sentence_with(text, match.start()), hint) for match in pattern.finditer(own))
    for match in _PLACEHOLDER.finditer(text):
        sentence = _sentence_with(text, match.start())
        yield StyleIssue("placeholder", sentence, "A gap is left open: fill it or leave the sentence out.")
    if "!" in own:
        yield StyleIssue("exclamation", _sentence_with(text, own.index("!")), "No exclamation mark.")
    if emoji := _EMOJI.search(text):
        yield StyleIssue("emoji", emoji.group(), "No emoji.")


def _unwanted_issues(text: str, unwanted: Sequence[Lesson]) -> Iterator[StyleIssue]:
    for lesson in unwanted:
        if sentence := sentence_with(text, lesson):
            yield StyleIssue("unwanted", sentence, f"The user does not want this ({lesson.rule}).")


def _subject_issues(text: str) -> Iterator[StyleIssue]:
    if len(text) > _SUBJECT_CHARACTERS or len(text.split()) > _SUBJECT_WORDS:
        yield StyleIssue("subject length", text, "A subject has 3 to 9 words.")
    letters = [character for character in text if character.isalpha()]
    if len(letters) > 3 and all(character.isupper() for character in letters):
        yield StyleIssue("subject capitals", text, "A subject is not written in capitals.")


def _text_issues(text: str, max_words: int) -> Iterator[StyleIssue]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    yield from _doubled(lines)
    core = _core(lines)
    words = _WORD.findall(core)
    if len(words) > max_words:
        yield StyleIssue("length", f"{len(words)} words", f"Use at most {max_words} words.")
    sentences = split_sentences(core)
    for sentence in sentences:
        if any(len(piece.split()) > _SENTENCE_WORDS for piece in re.split(r"[;:]\s", sentence)):
            yield StyleIssue("long sentence", sentence, "Make two sentences of it.")
    if len(words) >= _FEWEST_WORDS and (ease := _reading_ease(core)) < _LEAST_EASE:
        yield StyleIssue("reading ease", f"{ease:.0f} of 100", "Use shorter words and sentences.")
    asks = [sentence for sentence in sentences if _is_ask(sentence)]
    if len(asks) > 1:
        yield StyleIssue("asks", asks[-1], "Ask one thing only.")


def _doubled(lines: list[str]) -> Iterator[StyleIssue]:
    greetings = [line for line in lines if _GREETING.match(line)]
    if len(greetings) > 1:
        yield StyleIssue("greeting", greetings[-1], "Greet once.")
    closings = [line for line in lines if _SIGN_OFF.match(line)]
    if len(closings) > 1 or (lines and lines[-1] in lines[:-1]):
        yield StyleIssue("signature", lines[-1], "Sign once.")


def _core(lines: list[str]) -> str:
    """The text between the greeting and the sign-off or, where there is none, the name."""
    first = 1 if lines and _GREETING.match(lines[0]) else 0
    closings = [number for number, line in enumerate(lines) if _SIGN_OFF.match(line)]
    last = closings[0] if closings else len(lines) - (bool(lines) and lines[-1][-1] not in ".!?")
    return "\n\n".join(lines[first:last])


def _is_ask(sentence: str) -> bool:
    own = _QUOTED.sub(" ", sentence)
    return own.rstrip().endswith("?") or bool(_REQUEST.search(own))


def _reading_ease(text: str) -> float:
    """Flesch's reading ease; a colon or semicolon counts as the end of a sentence, names and figures as easy words."""
    sentences = [piece for piece in re.split(r"[.!?;:]+(?:\s|$)|\n{2,}", text) if _WORD.search(piece)]
    words = _WORD.findall(text)
    syllables = sum(_syllables(word) for word in words)
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    if not word.islower():
        return 1
    count = len(_VOWELS.findall(word)) - (word.endswith("e") and not word.endswith(("le", "ee")))
    return max(1, count)


def _sentence_with(text: str, position: int) -> str:
    """The sentence of a text that holds the character at a position."""
    start, held = 0, text
    for sentence in split_sentences(text):
        start = text.index(sentence, start)
        if start > position:
            break
        held, start = sentence, start + len(sentence)
    return held


def similarity(a: str, b: str) -> float:
    """How much two letters share word for word, from 0 (nothing) to 1 (the same but for names and numbers).

    It is the Jaccard index of their three-word shingles; a name counts as a gap, whichever it is.
    """
    ours, theirs = _shingles(a), _shingles(b)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _nameless(text)
    size = min(_SHINGLE, len(words))
    return frozenset(tuple(words[n : n + size]) for n in range(len(words) - size + 1)) if words else frozenset()


def _nameless(text: str) -> list[str]:
    """The words in small letters, with a gap for each name (one or more words) and each number."""
    tokens = [match.group() for match in _WORD.finditer(text)]
    names = {
        match.group()
        for match in _WORD.finditer(text)
        if match.group()[0].isupper() and not _SELF.match(match.group()) and not _starts_sentence(text, match.start())
    }
    words: list[str] = []
    for word in tokens:
        shown = "_" if word in names or word[0].isdigit() else word.lower()
        if shown != "_" or words[-1:] != ["_"]:
            words.append(shown)
    return words


def _starts_sentence(text: str, position: int) -> bool:
    before = text[:position].rstrip(" \"'“(")
    return not before or before[-1] in ".!?:\n"
