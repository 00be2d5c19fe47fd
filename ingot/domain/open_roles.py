"""A bare role as a subject line: "Platform Engineer at Tensorquay", "Senior Backend Engineer for Tensorquay"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingot.domain.backing import Source

_NOUNS = (
    r"Engineer|Developer|Programmer|Architect|Scientist|Researcher|Analyst|Designer|Manager|Lead|Administrator|SRE|Intern|Director|"
    r"Officer|Consultant|Specialist|CTO|CEO|COO|Founder"
)
_WORD = r"[A-Z][\w+#.-]*"
_BARE_ROLE = rf"(?:(?:[Tt]he|[Aa]n?|[Yy]our)\s)?(?P<role>(?:{_WORD}[\s/-]){{0,5}}(?:{_NOUNS}))(?:\s\((?P<with>[^)]*)\))?(?:\s(?:role|position|job|opening))?"
_GAP = r"(?:[\s/&-]+[\w+#.]+){0,2}?[\s/&-]+"
_NOT_OURS = re.compile(
    r"\b(?:previously|formerly|former|ex|past|once|was|were|used to be|hired|joined as)\b", re.IGNORECASE
)
_SEGMENTS = re.compile(r"\s+-\s+|[,|;()\n]|\sat\s|\s@\s")


@dataclass(frozen=True)
class BareRole:
    """A role, the words in brackets behind it, and whether it is said to be at the company (else it is for it)."""

    role: str
    details: str
    is_at: bool


def bare_role(text: str, company: re.Pattern[str]) -> BareRole | None:
    """The role that the text is, if it is no more than a role at the company."""
    match = re.fullmatch(rf"{_BARE_ROLE}\s(?P<link>at|for|with)\s(?:{company.pattern})[.?!]*", text.strip())
    return BareRole(match["role"], match["with"] or "", match["link"] == "at") if match else None


def backing_of(
    role: BareRole, *, quotes: Sequence[Source], lines: Sequence[Source], company: re.Pattern[str]
) -> Source | None:
    """The quote that names the role as one of the company's; for a role "for" the company also the user's own title."""
    held = next((quote for quote in quotes if _names(quote, role, company)), None)
    if held is None and not role.is_at and not role.details:
        held = next((line for line in lines if _is_title(line, role.role)), None)
    return held


def _names(quote: Source, role: BareRole, company: re.Pattern[str]) -> bool:
    """Whether the quote holds the words of the role together, not as somebody's past or at another company."""
    plain = quote.text.plain
    said = _GAP.join(re.escape(word) for word in re.split(r"[\s/-]+", role.role))
    details = {word.lower() for word in re.findall(r"[\w+#.]+", role.details)} - {"and", "or"}
    for found in re.finditer(rf"(?<!\w){said}(?!\w)", plain, re.IGNORECASE):
        elsewhere = re.match(r"[^.;,]{0,40}?\s(?:at|for|with)\s(?=[A-Z])", plain[found.end() :])
        is_ours = elsewhere is None or company.match(plain, found.end() + elsewhere.end())
        past = _NOT_OURS.search(plain[max(0, found.start() - 40) : found.start()])
        if is_ours and not past and details <= set(re.findall(r"[\w+#.]*[\w+#]", plain.lower())):
            return True
    return False


def _is_title(line: Source, role: str) -> bool:
    is_bullet = re.match(r"\s*[-*•·‣▪◦]\s", line.whole)
    parts = [part.strip().casefold() for part in _SEGMENTS.split(line.text.plain)]
    return not is_bullet and role.casefold() in parts
