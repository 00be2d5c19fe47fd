"""Why a comment of a thread is no job post."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingot.venues.hn_headline import Field, Kind, is_sentence

_SEEKER = re.compile(
    r"\bseeking (?:work|freelance)\b|\bwilling to relocate\s*:|\br[eé]sum[eé]\s*/\s*cv\s*:|\bwho wants to be hired\b|\b(?:i am|i'm|i’m) (?:currently )?(?:looking for|seeking) (?:a |an )?(?:new )?(?:job|work|role|position|internship)\b",
    re.IGNORECASE,
)
_ABOUT_THREAD = re.compile(
    r"^\W*(?:meta|psa|note|mods?|off[- ]?topic)\b(?!\s*\|)|\bjob ?seekers\b|\b(?:this|these|the|hiring) (?:thread|post|posts|threads|list)\b|\bwho(?:'s| is) hiring\b|\b(?:search|browse|filter|parse|scrape|aggregat\w+)\b.{0,60}\b(?:thread|posts|jobs|comments|postings)\b",
    re.IGNORECASE,
)
_HIRING = re.compile(
    r"\b(?:hiring|hire|looking for|seeking|search of|openings?|positions?|roles?|join (?:us|our)|apply|careers?|engineers?|developers?|jobs?|opportunit\w+|full[- ]?time|onsite|on-site)\b",
    re.IGNORECASE,
)
_SHORTEST = 25


def refusal_of(text: str, fields: Sequence[Field], *, company: str, has_roles: bool) -> str:
    """The reason in words that go on from "post 17 ...", or an empty text for a job post."""
    lines = text.splitlines()
    if len(text) < _SHORTEST:
        return "has no text to speak of"
    if _SEEKER.search(text):
        return "is by somebody who looks for work"
    has_headline = len(fields) > 1 and any(field.kind not in {Kind.other, Kind.url} for field in fields[1:])
    if not has_headline and _ABOUT_THREAD.search("\n".join(lines[:2])[:400]):
        return "is about the thread"
    if not has_headline and lines[0].rstrip().endswith("?") and not has_roles:
        return "is a question"
    if not has_headline and not has_roles and not _HIRING.search(text):
        return "offers no job"
    return "" if company and not is_sentence(company) else "names no company"
