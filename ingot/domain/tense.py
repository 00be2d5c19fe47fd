"""What a user says of the present, which a job that has ended does not back."""

from __future__ import annotations

import re
from datetime import date

from ingot.domain.experience import read_period

_ADVERB = r"(?:\w+ly|also|still|now|even|often|mostly|too)\s"
_VERBS = (
    "work|use|run|build|lead|head|manage|maintain|develop|write|design|operate|own|ship|direct|teach|train|support|test|deploy|"
    "serve|administer|automate|program|code|lecture|oversee|coach|mentor|supervise|coordinate|implement|architect|do"
)
_PRESENT = re.compile(
    rf"\bI\s(?:{_ADVERB})*(?:{_VERBS})\b|\bI(?:'m|\sam)\s(?:{_ADVERB})*(?:\w+ing|an?|the|in charge|responsible|at|with)\b"
)
_NOW = re.compile(
    r"\b(?:currently|nowadays|these days|at present|at the moment|right now|today|to this day)\b", re.IGNORECASE
)


def says_present(text: str) -> bool:
    """Whether a clause of the user's says what is so now ("I work with Go", "I am building"), not what was or has been."""
    return bool(_PRESENT.search(text) or (_NOW.search(text) and re.search(r"\bI\b", text)))


def has_ended(heading: str, today: date | None) -> bool:
    """Whether the heading of a job (see `experience.headings`) is dated, and its last month is over.

    Without `today` every job with an end has ended.
    """
    period = read_period(heading)
    if period is None or period.end is None:
        return False
    return today is None or period.end < 12 * today.year + today.month
