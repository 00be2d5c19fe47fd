"""Who hires: the name in the first line, or in the first sentences of a post that has no such line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingot.venues.hn_headline import Field, Kind, has_only_terms, is_only_place, is_role, is_sentence
from ingot.venues.hn_site import host_of, is_named_like, is_shared, owner_of
from ingot.venues.hn_words import ROLE_NOUN

MAX_NAME = 80

_WORD = r"(?:[A-Z0-9][\w.&'’+-]*|[a-z]+[A-Z]\w*)"
_NAME = rf"(?P<name>{_WORD}(?:\s(?:{_WORD}|of|the|and|&|for)){{0,4}})"
_PROSE = (
    re.compile(
        rf"^{_NAME}(?:\s\([^)]*\))?,?\s(?:is|are|was|makes|builds|has|provides|helps|develops|seeks|wants|offers|creates|needs|runs)\b"
    ),
    re.compile(rf"^{_NAME}(?:\s\([^)]*\))?,\san?\s"),
    re.compile(
        rf"\b(?:[Aa]t|@|[Jj]oin|[Aa]bout|for|with)\s{_NAME}(?=,?\s(?:we|on|our|is|but|you|as|are|team)\b|[,.:!]|$|\s\()"
    ),
)
_NO_NAMES = frozenset(
    """
    we i i'm im our it this that the you they there these looking hiring currently if as here what who how why my he she
    at in on for hi hey hello location description careers jobs role position salary full remote onsite visa about us
    join senior software engineer new all contact email please stack tech python java javascript react series hn hacker
    """.split()
)
_LONGEST_AFTER_AT = 4
_ROLE_AT = re.compile(rf"^.*\b{ROLE_NOUN}\s(?:@|at)\s(?P<name>.+)$", re.IGNORECASE)
_ENDS_AS_ROLE = re.compile(rf"(?:^|.*[\s/-]){ROLE_NOUN}(?:\(s\))?$", re.IGNORECASE)


def company_of(fields: Sequence[Field], lines: Sequence[str], urls: Sequence[str]) -> str:
    """The company's name, or an empty text. `fields` are those of the first line, `lines` all lines of the post."""
    if not fields:
        return ""
    first, later = fields[0], list(fields[1:])
    if (at := _ROLE_AT.match(first.text)) and len(at["name"].split()) <= _LONGEST_AFTER_AT:
        return _without_place(_clean(at["name"]))
    if is_sentence(first.text) or len(first.text) > MAX_NAME:
        return _in_prose(lines, urls) or _from_site(lines, urls)
    if _is_name(first, later):
        return _clean(first.text)
    others = [_clean(field.text) for field in later if field.kind is Kind.other and _may_name(field.text)]
    named = [name for name in others if any(is_named_like(host_of(url), name) for url in urls)]
    from_site = _from_site(lines, urls) if first.kind is Kind.url else ""
    return (
        next(iter([*named, *filter(None, [from_site]), *reversed(others)]), "")
        or _in_prose(lines[1:], urls)
        or _from_site(lines, urls)
    )


def _is_name(first: Field, later: list[Field]) -> bool:
    text = re.sub(r"\([^)]*\)", "", first.text).strip()
    if re.search(r"[A-Za-z]", text) and has_only_terms(text):
        return False
    match first.kind:
        case Kind.url | Kind.vague:
            return False
        case Kind.terms:
            return False
        case Kind.place:
            return not (is_only_place(text) and all(field.kind is not Kind.place for field in later))
        case Kind.role:
            return not _ENDS_AS_ROLE.match(text) or any(_ENDS_AS_ROLE.match(field.text) for field in later)
        case _:
            return len(text) <= MAX_NAME and bool(re.search(r"\w", text))


def _may_name(text: str) -> bool:
    return len(text.split()) <= 5 and text[:1].isupper() and not is_sentence(text) and not is_role(text)


def _clean(text: str) -> str:
    """The name without brackets behind it, without a tagline and without what it does here."""
    text = re.split(r"\s+(?:is|are)\s+(?:hiring|looking|seeking)\b", text, maxsplit=1)[0]
    text = re.sub(r"\s*\([^)]*\)?\s*$|\s+\([^)]*\)(?=\s)|(?<=\s)\[[^\]]*\]", "", text)
    text = re.split(r",\s+(?=[a-z]|an?\s)|:\s", text, maxsplit=1)[0]
    text = re.sub(r"^(?:company|employer)\s*:\s*", "", text, flags=re.IGNORECASE)
    return " ".join(text.split()).strip(' ,;:-–—|*"“”()[]')[:MAX_NAME]


def _without_place(name: str) -> str:
    words = name.split()
    for count in range(1, len(words)):
        if is_only_place(" ".join(words[count:])):
            return " ".join(words[:count]).strip(" ,")
    return name


def _in_prose(lines: Sequence[str], urls: Sequence[str]) -> str:
    found = [
        name
        for line in lines[:6]
        for pattern in _PROSE
        for match in pattern.finditer(line[:400])
        if (name := _name(match["name"]))
    ]
    named = [name for name in found if any(is_named_like(host_of(url), name) for url in urls)]
    return next(iter([*named, *found]), "")


def _name(text: str) -> str:
    words = text.split()
    while words and (words[-1].lower() in {"of", "the", "and", "&", "for"}):
        words.pop()
    if not words or words[0].lower().rstrip(".,") in _NO_NAMES:
        return ""
    name = _without_place(" ".join(words)).rstrip(".,'’")
    return "" if is_only_place(name) or is_role(name) else name


def _from_site(lines: Sequence[str], urls: Sequence[str]) -> str:
    """The name of the company's host, as the post writes it: `acmelabs.example` and "Acme Labs" -> "Acme Labs"."""
    own = next((url for url in urls if host_of(url) and not is_shared(host_of(url))), "")
    if not own:
        return ""
    owner = owner_of(host_of(own))
    spelled = r"[\s.-]?".join(map(re.escape, owner))
    text = "\n".join(lines)
    prose = re.sub(r"(?:https?://|www\.)\S+", " ", text)
    written = re.search(rf"(?<![\w.@/-]){spelled}(?![\w@-]|\.\w)", prose, re.IGNORECASE)
    as_typed = re.search(re.escape(owner), own, re.IGNORECASE)
    return (written or as_typed or [""])[0]
