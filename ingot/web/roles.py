"""What looks like a person's name, and what like a role."""

from __future__ import annotations

import re

_ROLE = re.compile(
    r"\b(?:(?:co-?)?founders?|founding \w+|c[etopfm]o|chief \w+|president|owner|managing director|"
    r"geschäftsführer(?:in)?|(?:s|e)?vp|vice president|head of|director|(?:tech(?:nical)?|team|engineering|product) lead|"
    r"lead \w+|engineer(?:ing)?|developer|designer|scientist|researcher|architect|devops|recruiter|recruiting|talent|"
    r"people (?:ops|operations|partner|lead|team)|human resources|hr|product manager|manager|marketing|operations)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "de",
        "der",
        "den",
        "da",
        "di",
        "del",
        "della",
        "la",
        "le",
        "bin",
        "al",
        "el",
        "y",
        "dos",
        "das",
        "du",
        "ten",
        "ter",
    ]
)
_NOT_NAMES = frozenset(
    [
        "our",
        "the",
        "meet",
        "team",
        "about",
        "us",
        "we",
        "you",
        "your",
        "read",
        "more",
        "learn",
        "view",
        "all",
        "join",
        "contact",
        "company",
        "product",
        "products",
        "customer",
        "customers",
        "success",
        "story",
        "stories",
        "head",
        "lead",
        "chief",
        "officer",
        "founder",
        "cofounder",
        "co-founder",
        "engineer",
        "engineering",
        "manager",
        "director",
        "president",
        "senior",
        "software",
        "sales",
        "marketing",
        "open",
        "roles",
        "careers",
        "press",
        "blog",
        "get",
        "started",
        "book",
        "demo",
        "new",
        "how",
        "why",
        "what",
        "san",
        "francisco",
        "york",
        "london",
        "berlin",
        "platform",
        "solutions",
        "services",
        "privacy",
        "policy",
        "terms",
    ]
)
_NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]{0,25}")
_DEPARTMENTS = frozenset({"product", "design", "sales", "growth", "finance", "ai", "data"})
# A full stop behind at least three letters or figures: not the one of "Dr." or of an initial.
_SENTENCE_END = re.compile(r"(?<=[\w)]{3})\.(?:\s+(?=[A-ZÀ-Þ])|$)")


def is_name(text: str) -> bool:
    """Whether the words look like one person's name: two to four capitalised words, none of them a common one."""
    words = text.split()
    if not 2 <= len(words) <= 4 or any(word.casefold().strip(".,") in _NOT_NAMES for word in words):
        return False
    proper = [word for word in words if word not in _PARTICLES]
    return len(proper) >= 2 and all(_NAME_WORD.fullmatch(word) and not word[1:].isupper() for word in proper)


def is_role(text: str, *, own: str = "") -> bool:
    """Whether the words are a role at this company. "CTO at Other" and "CTO, Other" are roles somewhere else."""
    if not 2 <= len(text) <= 90 or text.endswith((".", "!", "?")) or _ROLE.search(text) is None:
        return False
    here, _, elsewhere = re.sub(r"\s+(?:at|@|bei|chez)\s+", "\x00", text, count=1).partition("\x00")
    places = [elsewhere] if elsewhere else [part for part in here.split(",")[1:] if not _is_department(part)]
    return all(own and own in re.sub(r"\W", "", place).casefold() for place in places)


def _is_department(words: str) -> bool:
    return bool(_ROLE.search(words)) or words.strip().casefold() in _DEPARTMENTS


def split_role(text: str, *, own: str = "") -> tuple[str, str]:
    """("CTO", "She built the press.") of "CTO. She built the press."; two empty texts where it starts with no role."""
    role, *rest = _SENTENCE_END.split(text, maxsplit=1)
    background = "".join(rest).strip()
    # In front of more text only words that begin with the role are one: "We thank our manager. She ..." is prose.
    if is_role(role, own=own) and (role == text or _ROLE.match(role)):
        return role, background
    return "", ""
