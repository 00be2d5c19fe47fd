"""Whom a letter speaks to, and how long it may be."""

from __future__ import annotations

import re

from ingot.domain.email import Tone

# The first that fits decides: a co-founder who is CTO reads as an engineer.
_TONES: tuple[tuple[re.Pattern[str], Tone], ...] = (
    (
        re.compile(
            r"\b(?:hr|human resources|talent|recruit\w*|people (?:ops|operations|partner|lead)|head of people|hiring manager)\b",
            re.IGNORECASE,
        ),
        Tone.hr,
    ),
    (
        re.compile(
            r"\b(?:cto|technology|technical|engineer\w*|architect|developer|platform|infrastructure|research|data|science|scientist)\b",
            re.IGNORECASE,
        ),
        Tone.engineering,
    ),
    (
        re.compile(
            r"\b(?:ceo|founder|co-?founder|managing director|president|owner|chief executive|gesch[äa]ftsf[üu]hr\w*)\b",
            re.IGNORECASE,
        ),
        Tone.founder,
    ),
)

_MAX_WORDS = {Tone.hr: 150, Tone.engineering: 140, Tone.founder: 110, Tone.general: 130}


def tone_for(role: str) -> Tone:
    """The tone for a recipient's role; `general` where the role is not known."""
    return next((tone for pattern, tone in _TONES if pattern.search(role)), Tone.general)


def max_words(tone: Tone) -> int:
    """How many words the body may have, greeting and name not counted."""
    return _MAX_WORDS[tone]
