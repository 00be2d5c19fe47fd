"""Credit that the user takes with plain words: "put together", "was mine", "my planner", where the résumé only says "helped"."""

from __future__ import annotations

import re

from ingot.domain.claims import Text
from ingot.domain.words import Word, words

# Seeing, using or trying a thing is not making it.
_LIGHT_VERBS = frozenset(
    "used tested attended reported reviewed observed documented monitored followed watched read discussed visited checked "
    "evaluated researched explored".split()
)
# The families of `VERB_FAMILIES` that bring something about.
_MAKING = frozenset(
    f"~{family}"
    for family in "build design rebuild migrate found invent introduce lead own automate drive transform scale hire".split()
)
_MADE = re.compile(
    r"\b(?:set(?:ting)? up|put(?:ting)? together|[Cc]ame up with|took over|stood up|(?:was|am|been) behind|got off the ground|"
    r"brought to life|brought about|called the shots)\b"
)
_DONE = re.compile(
    r"\bI (?:\w+ly |alone |also |then )?(?:did|have done|gave|put|brought|got|made)\b|\bit was me\b|\b(?:is|was|were|are) mine\b"
)
_MY = re.compile(r"\b[Mm]y (?:own )?([^\W\d]\w*)")
_WORK = re.compile(r"\b(?:is|was|were|are) my (?:own )?(?:work|project|idea|doing|job|responsibility|baby)\b")
_DETERMINERS = frozenset(
    "a an the each every this that its their our his her per any another new some of for in".split()
)


def undue_credit(claim: Text, source: Text) -> str:
    """The words by which a claim takes more credit than a line of the résumé gives, or ""."""
    made = _MADE.search(claim.plain)
    if claim.is_weak and not (made and made.group() == "took over"):
        return ""
    if made and made.group() not in source.plain and not _MAKING & {deed.meaning for deed in source.deeds}:
        return made.group()
    if not (source.is_weak or _is_light(source)):
        return ""
    done = made or _DONE.search(claim.plain) or _WORK.search(claim.plain)
    if done and done.group() not in source.plain:
        return done.group()
    return next((match.group() for match in _MY.finditer(claim.plain) if not words(match[1])[0].is_neutral), "")


def is_only_named(meaning: str, source: Text) -> bool:
    """Whether a line holds a verb as a noun only: "before each release" does not say that anybody released anything."""
    listed = source.words
    places = [index for index, word in enumerate(listed) if word.meaning == meaning]
    return bool(places) and all(_is_noun(listed, index) for index in places)


def _is_noun(listed: list[Word], index: int) -> bool:
    word, before = listed[index].text.lower(), listed[index - 1].text.lower() if index else ""
    return not word.endswith(("ed", "ing")) and before in _DETERMINERS


def _is_light(source: Text) -> bool:
    first = source.words[:1]
    return bool(first) and first[0].text.lower() in _LIGHT_VERBS
