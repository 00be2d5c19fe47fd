"""Finding our own letters inside an answer: quoted or not, wrapped anew, with other dashes and quotation marks."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

# Stands on a line where words of ours were cut: what follows such a line is known not to be the old letter's beginning.
CUT = "\x1a"

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"^[\s>|:]*[>|]")
# What mail programs add to an address or a link when they make it clickable.
_LINK = re.compile(r"<(?:https?|mailto):[^>\s]*>|\[cid:[^\]\s]*\]", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")

_SEED = 3  # words that must agree before two places are compared
_LONGEST_GAP = 3  # words that may differ inside a run: a name spelled anew, a broken letter
_SHORTEST_RUN = 8  # shorter ones are words that anybody might use ("20 minutes next week work for me")


@dataclass(frozen=True)
class _Token:
    word: str
    line: int
    start: int
    end: int


def cut_sent(text: str, sent: Sequence[str]) -> str:
    """The text without the words that stand in one of the letters `sent`; `CUT` alone on a line marks where some stood.

    A run of at least eight words in our order goes, and beside it shorter lines of ours (greeting, name, address).
    Words that the writer put between, before or behind ours on the same line stay.
    """
    lines = text.split("\n")
    for letter in sent:
        lines = _cut_one(lines, letter)
    return "\n".join(lines)


def _cut_one(lines: list[str], letter: str) -> list[str]:
    ours = list(_tokens(letter.split("\n")))
    if len(ours) < _SHORTEST_RUN:
        return lines
    theirs = list(_tokens(lines))
    gone: dict[int, list[_Token]] = defaultdict(list)
    for begin, end in _runs([token.word for token in theirs], [token.word for token in ours]):
        for token in theirs[begin:end]:
            gone[token.line].append(token)
    if not gone:
        return lines
    kept = [_without(line, gone[number]) if number in gone else line for number, line in enumerate(lines)]
    return _without_rests(kept, {" ".join(words) for words in map(_words, letter.split("\n")) if words})


def _tokens(lines: Iterable[str]) -> Iterable[_Token]:
    for number, line in enumerate(lines):
        blanked = _LINK.sub(lambda found: " " * len(found.group()), _APOSTROPHES.sub("'", line))
        for match in re.finditer(r"[^\W_]+(?:'[^\W_]+)*", blanked):
            yield _Token(_plain(match.group()), number, match.start(), match.end())


def _words(line: str) -> list[str]:
    return [token.word for token in _tokens([line])]


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower().replace("'", "")
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    return "".join(_WORD.findall("".join(sign for sign in decomposed if not unicodedata.combining(sign))))


def _runs(theirs: list[str], ours: list[str]) -> Iterable[tuple[int, int]]:
    """Begin and end of every run in `theirs` that follows `ours`, at least `_SHORTEST_RUN` words long."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(ours) - _SEED + 1):
        places[tuple(ours[at : at + _SEED])].append(at)
    at = 0
    while at < len(theirs):
        seed = tuple(theirs[at : at + _SEED])
        end = max((_follow(theirs, ours, at, place) for place in places.get(seed, ())), default=at)
        if end - at >= _SHORTEST_RUN:
            yield at, end
            at = end
        else:
            at += 1


def _follow(theirs: list[str], ours: list[str], left: int, right: int) -> int:
    """Where the run that begins at these two places ends in `theirs`."""
    end = left
    while left < len(theirs) and right < len(ours):
        if theirs[left] == ours[right]:
            left, right = left + 1, right + 1
            end = left
            continue
        step = _step_over(theirs, ours, left, right)
        if step is None:
            break
        left, right = left + step[0], right + step[1]
    return end


def _step_over(theirs: list[str], ours: list[str], left: int, right: int) -> tuple[int, int] | None:
    """How many words to pass on both sides where a few are spelled otherwise; None where the run ends here."""
    for over in range(1, _LONGEST_GAP + 1):
        for back in range(1, _LONGEST_GAP + 1):
            after = theirs[left + over : left + over + _SEED]
            if len(after) == _SEED and after == ours[right + back : right + back + _SEED]:
                pair = "".join(theirs[left : left + over]), "".join(ours[right : right + back])
                # Other words in our place are an answer, not a misspelling.
                return (over, back) if SequenceMatcher(None, *pair, autojunk=False).ratio() >= 0.6 else None
    return None


def _without(line: str, gone: list[_Token]) -> str:
    """The line without these tokens and the signs between them; `CUT` where nothing of the writer's is left."""
    spans = [(gone[0].start, gone[0].end)]
    for token in gone[1:]:
        start, _ = spans[-1]
        if _WORD.search(_LINK.sub("", line[spans[-1][1] : token.start])):
            spans.append((token.start, token.end))
        else:
            spans[-1] = (start, token.end)
    for start, end in reversed(spans):
        line = f"{line[:start]} {line[end:]}"
    rest = _LINK.sub("", _MARKS.sub("", line))
    return " ".join(rest.split()).strip(" .,;:!?…\"'“”„«»()") if _WORD.search(rest) else CUT


def _without_rests(lines: list[str], ours: set[str]) -> list[str]:
    """The lines without what is left of ours beside a cut: whole short lines, rules, quotation marks."""
    kept = list(lines)
    for order in (range(len(kept)), range(len(kept) - 1, -1, -1)):
        for before, number in pairwise(filter(lambda at: kept[at].strip(), order)):
            words = _words(kept[number])
            if kept[before] == CUT and (" ".join(words) in ours if words else True):
                kept[number] = CUT
    return kept
