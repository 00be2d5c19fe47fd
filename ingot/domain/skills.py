"""Technical skills: what they are called, and where a text names them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from ingot.domain.skill_kin import KIN
from ingot.domain.skill_table import SKILL_TABLE

# What may not stand before or after a spelling that is also something else.
GUARDS: dict[str, tuple[str, str]] = {
    "C": (r"(?<![&.'’-])(?<!eries )(?<!itamin )", r"(?![+&'’]|#|-[a-z]|\.\w|[ -]suite)"),
    "R": (r"(?<![&.'’-])", r"(?![+&'’]|#|-[a-z]|\.\w)"),
    "CI": ("", r"(?!/CD)"),
    "Chef": (r"(?<!Head )(?<!Sous )", r"(?! de\b)"),
    "Excel": ("", r"(?! (?:at|in)\b)"),
    "Express": (r"(?<!American )", r"(?! (?:your|my|our|interest|delivery|shipping)\b)"),
    "Go": (r"(?<!To )", r"(?!-|[ -](?:to|ahead|for|back|through|beyond|big|live)\b)"),
    "JS": (r"(?<!\.)", ""),
    "Phoenix": ("", r"(?!, (?:AZ|Arizona)\b)"),
    "Ray": ("", r"(?!-| [A-Z][a-z])"),
    "React": ("", r"(?! to\b)"),
    "Spring": ("", r"(?!,? \d{4}| (?:of|is|break|batch)\b)"),
    "Swift": (r"(?<!Taylor )", ""),
}
# A text without these marks holds no address; looking for them is cheap, looking for addresses is not.
_ADDRESS_MARKS = re.compile(r"://|www\.|@|\.(?:com|org|net|dev)\b")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.\S+|\b[\w-]+\.(?:com|org|net|dev)\b\S*")
_WORD = re.compile(r"(?<![\w@])\w+")


def _literal(spelling: str) -> str:
    return re.escape(spelling).replace(r"\ ", r"[ \u00a0]")


def _read_table() -> tuple[dict[str, str], dict[str, str], dict[str, tuple[int, re.Pattern[str]]]]:
    """The families, the canonical name of each spelling in small letters, and the spellings by their first word.

    A first word has the pattern of all spellings that begin with it, and by how many characters they begin before it.
    """
    families: dict[str, str] = {}
    canonical_names: dict[str, str] = {}
    branches: dict[str, list[tuple[int, str]]] = defaultdict(list)
    leads: dict[str, int] = {}
    for skill_family, block in SKILL_TABLE.items():
        for line in filter(None, map(str.strip, block.splitlines())):
            name, _, aliases = line.partition(": ")
            canonical_name = name.removeprefix("=")
            families[canonical_name] = skill_family
            for spelling in [name, *filter(None, aliases.split(", "))]:
                plain = spelling.removeprefix("=")
                canonical_names[plain.casefold()] = canonical_name
                before, after = GUARDS.get(plain, ("", ""))
                literal = _literal(plain) if plain != spelling else f"(?i:{_literal(plain)})"
                first = re.search(r"\w+", plain)
                assert first is not None
                branches[first[0].lower()].append((-len(plain), before + literal + after))
                leads[first[0].lower()] = first.start()
    patterns = {
        word: (leads[word], re.compile(rf"(?<![\w@])(?:{'|'.join(branch for _, branch in sorted(group))})(?![\w@])"))
        for word, group in branches.items()
    }
    return families, canonical_names, patterns


_FAMILIES, _CANONICAL_NAMES, _PATTERNS = _read_table()
_KIN = {name: frozenset(group) - {name} for group in KIN for name in group}


def canonical(name: str) -> str | None:
    """The usual name of a skill given by any of its spellings (`k8s` is Kubernetes), or None if it is not known."""
    return _CANONICAL_NAMES.get(" ".join(unicodedata.normalize("NFKC", name).split()).casefold())


def skill_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a text names skills: start, end and canonical name of each, in order."""
    # Hidden behind a word character, so that no name can end or begin at the edge of an address.
    told = _ADDRESS.sub(lambda found: "_" * len(found[0]), text) if _ADDRESS_MARKS.search(text) else text
    done = 0
    for word in _WORD.finditer(told):
        entry = _PATTERNS.get(word[0].lower())
        start = word.start()
        if entry is None or start < done:
            continue
        lead, pattern = entry
        if match := pattern.match(told, start - lead):
            done = match.end()
            yield match.start(), done, _CANONICAL_NAMES[match[0].replace("\u00a0", " ").casefold()]


def find_skills(text: str) -> dict[str, str]:
    """The skills that a text names, in order: canonical name -> the words as they first stand in the text.

    Only whole words count; a word that is also plain English counts only with its capitals ("Go", "Rust"), and web
    and mail addresses are passed over.
    """
    found: dict[str, str] = {}
    for start, end, canonical_name in skill_spans(text):
        found.setdefault(canonical_name, text[start:end])
    return found


def family(canonical_name: str) -> str:
    """The family of a skill ("language", "data store", ...). Raises `KeyError` for a name that is not canonical."""
    return _FAMILIES[canonical_name]


def kin(canonical_name: str) -> frozenset[str]:
    """The skills that do much the same job as this one (MySQL for PostgreSQL); empty for most."""
    return _KIN.get(canonical_name, frozenset())


def skill_names() -> tuple[str, ...]:
    """The canonical names of all skills, in the table's order."""
    return tuple(_FAMILIES)
